import { randomUUID } from 'node:crypto';
import type { EprPlugin, SourceTools } from '../../plugins/plugin.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import { numbersOf } from '../../src/record/patient.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { AskedPurpose } from '../access/decision.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import type { CommunitySource } from '../trust/community.ts';
import type { FederationDeps } from './deps.ts';
import type { ReaderRoom } from './reader-room.ts';
import { createSourceFetch, type SourceAgents, type SourceFetchLimits } from './source-fetch.ts';
import { underEachNumber } from './under-each-number.ts';

/** The bearer for one source, bound to the acting user, role, patient and purpose (`trust/backend-services.ts`). */
export type SourceToken = (
  source: CommunitySource,
  context: LaunchContext,
  purpose: AskedPurpose,
  signal: AbortSignal,
  options: { readonly fresh: boolean },
) => Promise<string | undefined>;

/** What the source's profile puts on each request (`trust/source-headers.ts`). */
export type HeadersOfProfile = (
  source: CommunitySource,
  context: LaunchContext,
  purpose: AskedPurpose,
  request: { readonly method: string; readonly url: string; readonly requestId: string },
) => { readonly [name: string]: string };

export type WayOutDeps = {
  readonly token: SourceToken;
  readonly headers?: HeadersOfProfile;
  readonly agents: SourceAgents;
  readonly limits: SourceFetchLimits & SourceTools['limits'];
};

export type OpenerDeps = WayOutDeps & {
  source(id: SourceId): CommunitySource | undefined;
  readonly plugins: readonly EprPlugin[];
};

/** Trace ids count on from here; bodies wait for the reader's room. */
type WayOut = { readonly requestId: string; readonly from: number; readonly room?: ReaderRoom };

/** The one way out to a source for one acting user: bearer, profile, trace ids, address guard and limits inside. */
export function openWayOut(
  source: CommunitySource,
  { context, purpose }: { readonly context: LaunchContext; readonly purpose: AskedPurpose },
  { token, headers, agents, limits }: WayOutDeps,
  { requestId, from, room }: WayOut = { requestId: traceId(), from: 0 },
): { readonly fetch: SourceTools['fetch']; readonly requestId: string } {
  const allowLoopbackHttp = source.authorisation.allowLoopbackHttp === true;
  const fetch = createSourceFetch({
    base: source.settings.base,
    allowLoopbackHttp,
    dispatcher: allowLoopbackHttp ? agents.loopback : agents.strict,
    limits,
    token: (fresh, signal) => token(source, context, purpose, signal, { fresh }),
    headers: (outgoing) => headers?.(source, context, purpose, outgoing) ?? {},
    requestId: (count) => nthTraceId(requestId, from + count),
    correlationId: context.launchId,
    ...(room && { room }),
  });
  return { fetch, requestId };
}

/** The launcher's own way out to a source: no user, no patient, a bearer of its own and smaller limits. */
export function openOwnWayOut(
  source: CommunitySource,
  {
    token,
    agents,
    limits,
  }: {
    readonly token: (fresh: boolean, signal: AbortSignal) => Promise<string | undefined>;
    readonly agents: SourceAgents;
    readonly limits: SourceFetchLimits;
  },
): { readonly fetch: SourceTools['fetch']; readonly requestId: string } {
  const requestId = traceId();
  const allowLoopbackHttp = source.authorisation.allowLoopbackHttp === true;
  const fetch = createSourceFetch({
    base: source.settings.base,
    allowLoopbackHttp,
    dispatcher: allowLoopbackHttp ? agents.loopback : agents.strict,
    limits,
    token,
    requestId: (count) => nthTraceId(requestId, count),
    correlationId: requestId,
  });
  return { fetch, requestId };
}

/** Makes `FederationDeps.open`: the plugin's connection with user, trace ids, address guard and limits already inside. */
export function createSourceOpener(deps: OpenerDeps): FederationDeps['open'] {
  return (id, { request }, room) => {
    const source = deps.source(id);
    const face = deps.plugins.find((plugin) => plugin.id === source?.plugin)?.source;
    if (!source || !face) throw new SourceTrouble('source.unavailable', 'no such source or plugin');
    const { context } = request.session;
    const purpose = request.purpose ?? request.session.purpose;
    const requestId = traceId();
    const connection = underEachNumber(numbersOf(context.patient), (number, nth) => {
      const patient = { ...context.patient, nhsNumber: number as NhsNumber };
      const way = { requestId, from: nth * REQUESTS_OF_A_WAY, ...(room && { room }) };
      const { fetch } = openWayOut(source, { context: { ...context, patient }, purpose }, deps, way);
      return face.open(source.settings, { fetch, limits: deps.limits });
    });
    return { ...connection, requestId };
  };
}

/** Two ways count their requests apart within the four digits that a trace leaves for them. */
const REQUESTS_OF_A_WAY = 0x8000;

/**
 * A UUID whose last four digits are 0000: the requests of one ask count upwards in them. Each request has an id of its
 * own, as sources that refuse repeats demand, and all of them join the ask's one audit event by the first 32 digits.
 */
function traceId(): string {
  return `${randomUUID().slice(0, -4)}0000`;
}

export function nthTraceId(requestId: string, count: number): string {
  return requestId.slice(0, -4) + (count & 0xffff).toString(16).padStart(4, '0');
}
