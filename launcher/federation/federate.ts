import { setTimeout as after } from 'node:timers/promises';
import type { Reading } from '../../src/record/entry.ts';
import { forScreen, type Patient, type ShownPatient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { WIRE_VERSION, type RecordEvent } from '../../src/record/wire.ts';
import { SourceTrouble, type SourceConnection } from '../../plugins/plugin.ts';
import type { PermittedRequest } from '../access/decision.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import { askSource, type Asked } from './ask-source.ts';
import { Channel } from './channel.ts';
import type { Federate, FederationDeps, OpenSource } from './deps.ts';
import { type ReaderRoom, roomOf, type SourceClocks } from './reader-room.ts';
import { askedEvent, settledEvents } from './trail.ts';

const LIMITS = { heartbeatMs: 15_000, idleMs: 8_000, buffer: 4 } as const;
/** How long the end of a view waits for its sources to let go. */
const LETTING_GO_MS = 900;

/**
 * Asks all sources at once and passes on what they say as they say it. `source.asked` is in the audit before the first
 * event leaves. Every source is settled exactly once, whatever happens to it; `closed` comes only after all have been.
 * When the reader goes (`signal`, or the generator is ended) everything under way is aborted.
 */
export const federate: Federate = async function* (request, deps, signal) {
  const limits = deps.limits ?? LIMITS;
  const stop = new AbortController();
  const over = AbortSignal.any([signal, stop.signal]);
  const channel = new Channel<RecordEvent>(limits.buffer);
  const asked = request.sources.map((source) => openSource(source, request, deps, channel));
  await deps.audit.recordAll(asked.map((one) => askedEvent(one, deps.now())));

  const asking = Promise.all(asked.map((one) => follow(one, deps, channel, limits.idleMs, over))).then(
    () => channel.close(),
    (error: unknown) => channel.close(error),
  );
  try {
    yield opened(request, deps);
    yield* refusals(request.request, deps);
    yield* leftOut(request, deps);
    for (;;) {
      const next = await channel.take(limits.heartbeatMs, signal);
      if (next === 'ended') break;
      yield next === 'quiet' ? { type: 'alive', at: instant(deps) } : next.item;
    }
    if (!signal.aborted) yield { type: 'closed', at: instant(deps) };
  } finally {
    stop.abort();
    await Promise.race([asking, after(LETTING_GO_MS, undefined, { ref: false })]);
  }
};

/** One source from asking to its one `settled`; its end is in the audit before it is told. */
async function follow(
  asked: Asked,
  deps: FederationDeps,
  channel: Channel<RecordEvent>,
  idleMs: number,
  over: AbortSignal,
): Promise<void> {
  const { source } = asked;
  const emit = (reading: Reading): Promise<void> => channel.send({ type: 'entries', source, ...reading }, over);
  const outcome = await askSource(asked, deps, idleMs, emit, over);
  await deps.audit.recordAll(settledEvents(asked, outcome, deps.now()));
  await channel.send({ type: 'settled', source, status: withRefusals(outcome.status, asked) }, over);
}

/** Sections the source may not be asked for stand in its row of the ledger with the rule that says so. */
function withRefusals(status: FinalSourceStatus, { source, request }: Asked): FinalSourceStatus {
  const refused = request.request.withheld?.get(source);
  if (!refused || refused.size === 0) return status;
  const cells = [...refused].map(([id, { state, rule }]) => [id, { state, count: 0, code: rule }] as const);
  return { ...status, sections: { ...(Object.fromEntries(cells) as SectionAnswers), ...status.sections } };
}

function openSource(
  source: SourceId,
  request: LocatedRequest,
  deps: FederationDeps,
  channel: Channel<RecordEvent>,
): Asked {
  const { offers } = deps.describe(source);
  const permitted = request.request.permitted.get(source) ?? [];
  // What it does not offer it is not asked for: its silence there is no answer (community file, `offers`).
  const sections = offers === undefined ? permitted : permitted.filter((id) => offers.includes(id));
  const clocks: SourceClocks = {};
  return { source, request, sections, connection: openOrDead(source, request, deps, roomOf(channel, clocks)), clocks };
}

/** A source that can't even be opened is one that does not answer, not the end of the others. */
function openOrDead(source: SourceId, request: LocatedRequest, deps: FederationDeps, room: ReaderRoom): OpenSource {
  try {
    return deps.open(source, request, room);
  } catch (cause) {
    const trouble = new SourceTrouble('source.unavailable', 'the source could not be opened', { cause });
    const refuse = (): Promise<never> => Promise.reject(trouble);
    const connection: SourceConnection = {
      findPatients: refuse,
      fetchDocument: refuse,
      fetch: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
    };
    return { ...connection, requestId: '' };
  }
}

function opened({ request, sources, notAsked = [] }: LocatedRequest, deps: FederationDeps): RecordEvent {
  return {
    type: 'opened',
    version: WIRE_VERSION,
    viewId: request.viewId,
    at: instant(deps),
    patient: forBanner(request.session.context.patient),
    sources: [...sources, ...notAsked, ...request.refused.keys()].map((source) =>
      deps.redactor.describe(deps.describe(source)),
    ),
  };
}

/** A restricted person's postcode is not for the banner (safety H24). */
function forBanner(person: Patient): ShownPatient {
  const { postcode, ...patient } = forScreen(person);
  return postcode === undefined || patient.restricted === true ? patient : { ...patient, postcode };
}

/** Sources that may not be asked are told at once: they wait for nobody and nobody waits for them. */
function* refusals(request: PermittedRequest, deps: FederationDeps): Generator<RecordEvent> {
  const sections = [...new Set([...request.permitted.values()].flat())];
  for (const [source, refusal] of request.refused) {
    yield { type: 'settled', source, status: { ...refused(refusal, sections), at: instant(deps), tookMs: 0 } };
  }
}

/** Those that hold no pointer are said by name, at once: left out is not the same as nothing held (safety H06). */
function* leftOut({ notAsked = [] }: LocatedRequest, deps: FederationDeps): Generator<RecordEvent> {
  for (const source of notAsked) {
    const status = {
      state: 'not-asked',

      sections: {},
      at: instant(deps),
      tookMs: 0,
    } as const;
    yield { type: 'settled', source, status };
  }
}

type RefusedStatus = Pick<FinalSourceStatus, 'sections'> &
  (
    | { state: 'withheld'; by: 'policy'; rule: string }
    | { state: 'not-agreed'; rule: string }
    | { state: 'not-connected' }
  );

function refused(
  { state, rule }: { readonly state: 'withheld' | 'not-agreed' | 'not-connected'; readonly rule: string },
  sections: readonly SectionId[],
): RefusedStatus {
  if (state === 'not-connected') return { state, sections: {} };
  const cells: SectionAnswers = Object.fromEntries(sections.map((id) => [id, { state, count: 0, code: rule }]));
  return state === 'withheld' ? { state, by: 'policy', rule, sections: cells } : { state, rule, sections: cells };
}

function instant(deps: FederationDeps): string {
  return new Date(deps.now()).toISOString();
}
