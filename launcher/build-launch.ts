import { depsOf, memoryTransactions, type RehearsalParts } from './build-rehearsal.ts';
import { must, type Question, Unasked } from './conformance/run-checks.ts';
import { CorridorError } from './errors.ts';
import { startLaunch, type StartedLaunch } from './smart/authorise.ts';
import { callbackAddress } from './smart/deps.ts';
import { finishLaunch, type CallbackAnswer } from './smart/finish.ts';
import { createOutbound } from './smart/outbound.ts';
import type { LaunchMember } from './trust/community.ts';

const MOST_REDIRECTS = 5;

/**
 * A launch that the EPR has made for somebody of its test data, gone through with the launcher's own functions: it has to
 * open once, and nothing of it a second time. An EPR whose sign-in asks a person can't be gone through by a program.
 */
export function realLaunchQuestions(
  address: string,
  member: LaunchMember,
  parts: RehearsalParts,
): { readonly questions: readonly Question[]; close(): Promise<void> } {
  const { outbound, close } = createOutbound();
  const store = memoryTransactions();
  const deps = depsOf(parts, outbound, parts.now, store);
  const link = linkOf(address);
  const done: { answer?: CallbackAnswer } = {};
  const finish = (answer: CallbackAnswer, signal: AbortSignal): Promise<string> =>
    finishLaunch(answer, deps, signal).then(
      () => 'opened',
      (cause: unknown) => {
        if (cause instanceof CorridorError) return cause.code;
        throw cause;
      },
    );
  const refusedAgain = (id: string, title: string, before: () => void): Question => ({
    id: `real.${id}`,
    title,
    ask: async (signal) => {
      if (!done.answer) return Unasked.couldNot('the launch did not open');
      before();
      const ended = await finish(done.answer, signal);
      must(ended !== 'opened', 'it opens');
      return ended;
    },
  });
  const questions: readonly Question[] = [
    {
      id: 'real.opens',
      title: 'Given launch: opens',
      ask: async (signal) => {
        const started = await startLaunch(link, deps, signal);
        const answer = await signIn(started, member, parts.issuer, signal);
        if (!answer) return Unasked.couldNot('its sign-in asks a person');
        store.remember();
        const ended = await finish(answer, signal);
        must(ended === 'opened', ended);
        done.answer = answer;
        return ended;
      },
    },
    refusedAgain('state', 'Given launch: its answer opens nothing a second time', () => undefined),
    refusedAgain('code', 'Given launch: its sign-in takes the code once', () => store.bringBack()),
    {
      id: 'real.launch',
      title: 'Given launch: its sign-in gives one code for it',
      ask: async (signal) => {
        if (!done.answer) return Unasked.couldNot('the launch did not open');
        const again = await signIn(await startLaunch(link, deps, signal), member, parts.issuer, signal);
        must(again?.code === undefined, 'it gives another');
        return 'none';
      },
    },
  ];
  return { questions, close };
}

/** To the sign-in and back, as a browser without cookies goes; `undefined` where it stays to ask a person. */
async function signIn(
  { address, post, binding }: StartedLaunch,
  { ods, launch }: LaunchMember,
  issuer: string,
  signal: AbortSignal,
): Promise<CallbackAnswer | undefined> {
  const callback = callbackAddress(issuer, ods);
  let url = new URL(address);
  for (let count = 0; count < MOST_REDIRECTS; count++) {
    const form = post && count === 0 ? url.searchParams : undefined;
    const target = form ? `${url.origin}${url.pathname}` : url;
    const init = form ? { method: 'POST', body: form } : {};
    const answer = await fetch(target, { ...init, signal, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) return undefined;
    url = new URL(location, url);
    if (`${url.origin}${url.pathname}` === callback) return answerIn(url.searchParams, ods, binding);
    must(launch.allowedOrigins.includes(url.origin), 'its sign-in leads to an origin that is not registered');
  }
  return undefined;
}

function answerIn(given: URLSearchParams, ods: string, binding: string): CallbackAnswer {
  const [code, error, iss] = ['code', 'error', 'iss'].map((name) => given.get(name) ?? undefined);
  return {
    ods,
    binding,
    state: given.get('state') ?? '',
    ...(code !== undefined && { code }),
    ...(error !== undefined && { error }),
    ...(iss !== undefined && { iss }),
  };
}

function linkOf(address: string): { readonly iss: unknown; readonly launch: unknown } {
  const given = URL.canParse(address) ? new URL(address).searchParams : new URLSearchParams();
  return { iss: given.get('iss') ?? undefined, launch: given.get('launch') ?? undefined };
}
