import type { HostLook } from '../../../plugins/host-look.ts';
import { launchEnGB as words } from '../../words/launch-en-GB.ts';
import { takeBinding } from './binding.ts';
import { isOpenedTeam, type OpenedTeam } from './opened-team.ts';
import type { LaunchPageData } from './page-data.ts';
import { parseProblem, showProblem, type Problem } from './problem-page.ts';

/** What the launcher answers to a finished launch (`launcher/routes/callback.ts`). */
export type OpenedLaunch = {
  readonly session: string;
  readonly context: {
    readonly needPatientBanner: boolean;
    readonly intent?: string;
    readonly role?: string;
    readonly launchId: string;
    /** Who reads, in no name; the same for the same person at the same launcher. */
    readonly reader?: string;
    /** The organisation whose EPR opened it. */
    readonly ods: string;
    /** Whom the launcher's record is about. */
    readonly patient: { readonly nhsNumber: string; readonly birthDate: string; readonly family: string };
    /** The plugin by which the page speaks to the host; without one the launch is bound by time. */
    readonly host?: {
      readonly plugin: string;
      readonly settings: { readonly [name: string]: unknown };
      readonly origins: readonly string[];
    };
    /** The EPR's own look, as far as the page takes it over. */
    readonly look?: HostLook;
    /** How often the launcher is asked whether the EPR still vouches for its user. Left out: it can't be asked. */
    readonly keepMs?: number;
  };
};

export type CallbackDeps = {
  readonly window: Pick<Window, 'sessionStorage' | 'location' | 'history' | 'navigator'>;
  readonly fetch: typeof fetch;
  /** Hands the bearer, in memory only, to the record. */
  open(opened: OpenedLaunch): Promise<void>;
  /** The list of the user's teams, where nobody's chart was open. */
  openTeam(opened: OpenedTeam): Promise<void>;
};

const DEADLINE_MS = 40_000;

/**
 * /callback/<ods>: takes the answer out of the address before anything else, joins it with what this window kept, and
 * lets the launcher judge both. A reload finds a clean address and nothing kept: it asks to be opened again.
 */
export async function runCallbackPage(root: HTMLElement, data: LaunchPageData, deps: CallbackDeps): Promise<void> {
  const answer = new URLSearchParams(deps.window.location.search);
  deps.window.history.replaceState(null, '', deps.window.location.pathname);
  const state = answer.get('state');
  if (state === null || state === '') {
    showProblem(root, words.relaunch);
    return;
  }
  const body = bodyOf(answer, state, data, deps);
  let result = await post('/callback/complete', body, deps.fetch);
  if ('question' in result) {
    const asking = await import('./confirm-page.ts').catch(() => undefined);
    const question = asking?.readQuestion(result.question);
    if (!asking || !question) {
      showProblem(root, words.unreachable);
      return;
    }
    const choice = await asking.askWhoItIs(root, question, asking.wordsFor(deps.window.navigator.languages));
    const { ods, binding } = body;
    result = await post('/callback/confirm', { ods, binding, ticket: question.ticket, choice }, deps.fetch);
  }
  await showResult(root, result, deps);
}

/** What was opened, or why nothing was; a second question is no answer. */
export async function showResult(
  root: HTMLElement,
  result: Answer,
  { open, openTeam }: Pick<CallbackDeps, 'open' | 'openTeam'>,
): Promise<void> {
  const shown =
    'opened' in result
      ? open(result.opened)
      : 'team' in result
        ? openTeam(result.team)
        : showProblem(root, 'problem' in result ? result.problem : words.unreachable);
  await Promise.resolve(shown).catch(() => showProblem(root, words.unreachable));
}

function bodyOf(answer: URLSearchParams, state: string, data: LaunchPageData, deps: CallbackDeps): CallbackBody {
  const binding = takeBinding(() => deps.window.sessionStorage, data.handle);
  const passed = ['code', 'error', 'iss'].flatMap((name) => {
    const value = answer.get(name);
    return value === null || value === '' ? [] : [[name, value]];
  });
  return { ods: data.ods, state, binding, ...(Object.fromEntries(passed) as Record<string, string>) };
}

type CallbackBody = { readonly ods: string; readonly binding: string; readonly [name: string]: string };

type Answer = { opened: OpenedLaunch } | { team: OpenedTeam } | { question: unknown } | { problem: Problem };

export async function post(address: string, body: object, send: typeof fetch): Promise<Answer> {
  try {
    const response = await send(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const value: unknown = await response.json();
    if (response.ok && isOpened(value)) return { opened: value };
    if (response.ok && isOpenedTeam(value)) return { team: value };
    const question = response.ok ? (value as { readonly trace?: unknown } | null)?.trace : undefined;
    if (question) return { question };
    return { problem: parseProblem(value) ?? words.unreachable };
  } catch {
    // No answer, or one that can't be read: the reader is told so, with what to do instead.
    return { problem: words.unreachable };
  }
}

function isOpened(value: unknown): value is OpenedLaunch {
  const opened = value as Partial<OpenedLaunch> | null;
  const { patient, launchId } = opened?.context ?? {};
  const named = [patient?.nhsNumber, patient?.birthDate, patient?.family, launchId];
  return typeof opened?.session === 'string' && named.every((text) => typeof text === 'string');
}
