import { createHash } from 'node:crypto';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { forScreen, type ShownPatient } from '../../src/record/patient.ts';
import { CorridorError } from '../errors.ts';
import type { OpenedSession } from '../session/sessions.ts';
import type { CallbackAnswer } from '../smart/finish.ts';
import type { FinishedLaunch, FinishedTeamLaunch } from '../smart/finished-launch.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import type { AwaitedTrace, TraceAnswer } from '../smart/traced-launch.ts';
import { handleOf } from '../smart/transaction.ts';
import { page } from './page.ts';
import { teamAnswer, type OpenTeamSession, type TeamAnswer } from './team-answer.ts';
import { untilGone } from './until-gone.ts';

export type CallbackRouteDeps = {
  /** `finishOrTrace` of `smart/finish.ts` with its deps. */
  readonly finish: (
    answer: CallbackAnswer,
    signal: AbortSignal,
    opening: (finished: FinishedLaunch | FinishedTeamLaunch) => Promise<void>,
  ) => Promise<FinishedLaunch | FinishedTeamLaunch | AwaitedTrace>;
  /** `confirmTrace` of `smart/traced-launch.ts` with its deps. Left out: nobody is ever traced. */
  readonly confirm?: (answer: TraceAnswer) => Promise<FinishedLaunch>;
  readonly openSession: (context: LaunchContext, lifeMs: number) => Promise<OpenedSession>;
  /** For a launch with no chart open. Left out: it is refused. */
  readonly openTeamSession?: OpenTeamSession | undefined;
  /** Whether this is a member's callback address. */
  readonly isMember: (ods: string) => boolean;
  readonly publicOrigin: string;
};

/** What the browser is told of a finished launch: the banner's facts and nothing of the EPR's tokens. */
export type SessionAnswer = {
  readonly session: string;
  readonly expiresAt: string;
  readonly context: Pick<LaunchContext, 'launchId' | 'needPatientBanner' | 'intent' | 'role' | 'host' | 'look'> & {
    readonly patient: ShownPatient;
    /** The organisation whose EPR opened it. */
    readonly ods: string;
    /** Who reads, in no name: by it a page knows whether the same person reads after its chart has changed. */
    readonly reader: string;
    /** The page asks this often whether the EPR still vouches for its user. */
    readonly keepMs?: number;
  };
};

/** Who it may be, for a human being to compare; nothing is opened before one of them is chosen. */
export type TraceQuestion = {
  readonly trace: { readonly ticket: string; readonly home: Shown; readonly candidates: readonly Shown[] };
};

type Shown = Omit<ShownPatient, 'nhsNumber'> & { readonly nhsNumber?: string };

const text = z.string().min(1).max(4_096);
const completion = z.strictObject({
  ods: z.string().regex(/^[A-Z0-9]{3,10}$/),
  state: text,
  code: text.optional(),
  error: text.optional(),
  iss: text.optional(),
  binding: z.string().max(128),
});
const confirmation = z.strictObject({
  ods: z.string().regex(/^[A-Z0-9]{3,10}$/),
  ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  binding: z.string().max(128),
  choice: z.union([z.literal('none'), z.number().int().min(0).max(9)]),
});

/**
 * GET /callback/:ods is a page that looks at nothing: its script joins what the address says with what this window kept
 * and posts both to /callback/complete, where everything is judged.
 */
export function callbackRoutes(deps: CallbackRouteDeps): Router {
  const router = Router();
  router.get('/callback/:ods', (request, response) => {
    const { ods } = request.params;
    if (!deps.isMember(ods)) throw new CorridorError('request.not_found');
    const { state } = request.query;
    // The handle only names what the window kept; an absent or repeated state finds nothing there.
    response.type('html').send(page('callback', { ods, handle: typeof state === 'string' ? handleOf(state) : '' }));
  });
  router.post('/callback/complete', async (request, response) => {
    checkOwnPage(request, deps.publicOrigin);
    let session: SessionAnswer | TeamAnswer | undefined;
    const finished = await deps.finish(parseAnswer(request), untilGone(response), async (launch) => {
      session =
        'team' in launch
          ? await teamAnswer(launch, deps.openTeamSession, KEEP_MS)
          : await openedAnswer(launch, deps.openSession);
    });
    response.json('ticket' in finished ? questionOf(finished) : session);
  });
  router.post('/callback/confirm', async (request, response) => {
    checkOwnPage(request, deps.publicOrigin);
    const read = confirmation.safeParse(request.body);
    if (!read.success || !deps.confirm) throw new CorridorError('launch.state_invalid', 'not a confirmation');
    response.json(await openedAnswer(await deps.confirm(read.data), deps.openSession));
  });
  return router;
}

export type OpenSession = CallbackRouteDeps['openSession'];

/** What our page is told of the session it now has. */
export async function openedAnswer(finished: FinishedLaunch, openSession: OpenSession): Promise<SessionAnswer> {
  const { bearer, session } = await openSession(finished.context, finished.tokenLifeMs);
  const { launchId, needPatientBanner, intent, role, host, look } = finished.context;
  const patient = forScreen(finished.context.patient);
  return {
    session: bearer,
    expiresAt: session.expiresAt,
    context: {
      launchId,
      ods: finished.context.home.ods,
      reader: createHash('sha256').update(`reader|${finished.context.user.key}`).digest('base64url'),
      patient,
      needPatientBanner,
      role,
      ...(intent !== undefined && { intent }),
      ...(host && { host }),
      ...(look && { look }),
      ...(finished.kept && { keepMs: KEEP_MS }),
    },
  };
}

/** Often enough that nobody reads on long after they have signed out; seldom enough for a hospital of open views. */
const KEEP_MS = 60_000;

function questionOf({ ticket, home, candidates }: AwaitedTrace): TraceQuestion {
  return { trace: { ticket, home: forScreen(home), candidates: candidates.map((one) => forScreen(one)) } };
}

/** Only our own page may complete a launch (smart.md §5 row 88): a browser always says where a POST comes from. */
export function checkOwnPage(request: Request, publicOrigin: string): void {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  if (origin !== publicOrigin || (site !== undefined && site !== 'same-origin'))
    throw new CorridorError('request.forbidden', 'origin');
  if (!request.is('application/json')) throw new CorridorError('request.forbidden', 'content type');
}

function parseAnswer(request: Request): CallbackAnswer {
  const read = completion.safeParse(request.body);
  if (!read.success) throw new CorridorError('launch.state_invalid', 'not complete');
  const { ods, state, binding, code, error, iss } = read.data;
  return {
    ods,
    state,
    binding,
    ...(code !== undefined && { code }),
    ...(error !== undefined && { error }),
    ...(iss !== undefined && { iss }),
  };
}
