import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import type { SourceId } from '../src/record/source.ts';
import type { RecordEvent } from '../src/record/wire.ts';
import type { Ground, Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import type { FederationDeps } from './federation/deps.ts';
import { openWayOut } from './federation/open-source.ts';
import { createLocate, type Locate } from './identity/locate.ts';
import { createLocatorStore } from './identity/locate/locator-store.ts';
import { openLocator, type Locator } from './identity/locate/locator.ts';
import type { LocatedRequest } from './identity/located-request.ts';
import { checkNumber } from './identity/national-record.ts';
import { tracePatient } from './identity/trace.ts';
import { locatorRoutes } from './routes/locator.ts';
import type { CheckNumber, Trace } from './smart/deps.ts';
import type { LaunchContext, LaunchDraft } from './smart/launch-context.ts';
import type { SourceTokens } from './trust/backend-services.ts';
import type { CommunitySource, TraceService } from './trust/community.ts';
import { createSourceHeaders } from './trust/source-headers.ts';
import { createReplayGuard, keysAt } from './trust/verify/index.ts';

/** The trace of the community file, through the same guarded way out as every source; `undefined` where there is none. */
export function buildTrace(parts: Parts, tokens: SourceTokens, now: () => number): Trace | undefined {
  const { trace } = parts.community;
  if (!trace) return undefined;
  const open = openNational(parts, trace, tokens, now);
  return async (person, draft, outer) => {
    const { fetch, signal, isLate } = open({ ...person, nhsNumber: '' }, draft, outer);
    try {
      return await tracePatient(person, trace, fetch, now(), signal);
    } catch (cause) {
      if (isLate()) throw new CorridorError('patient.trace_unavailable', 'deadline');
      throw cause;
    }
  };
}

/** Where the community says so: a launch waits so long for it and no longer. */
export function buildNumberCheck(parts: Parts, tokens: SourceTokens, now: () => number): CheckNumber | undefined {
  const { trace } = parts.community;
  if (trace?.checksNumbers !== true) return undefined;
  const patient = { ...trace, deadlineMs: Math.min(trace.deadlineMs, CHECK_MS) };
  const open = openNational(parts, patient, tokens, now);
  return async (person, draft, outer) => {
    const { fetch, signal } = open(person, draft, outer);
    const checked = await checkNumber(person, trace, fetch, now(), signal);
    if (checked.said === 'unavailable') parts.log.warn('patient.number_not_checked', { launchId: draft.launchId });
    return checked;
  };
}

const CHECK_MS = 2_000;

/** The guarded way out to the national service, for one question of one launch. */
function openNational(parts: Parts, trace: TraceService, tokens: SourceTokens, now: () => number) {
  const { community, keys, agents, config, url } = parts;
  const headers = createSourceHeaders({ community, keys, issuer: url, now });
  const { authorisation, base, deadlineMs } = trace;
  // To the ways out it is a source like any other, of no member.
  const source = {
    id: 'trace' as SourceId,
    settings: { base },
    authorisation,
    plugin: 'trace',
    ods: '',
    deadlineMs,
  } as unknown as CommunitySource;
  return (person: object, draft: LaunchDraft, outer: AbortSignal) => {
    // Nobody is named to the service but the user's organisation: the number is what is looked for.
    const asker = { ...draft, patient: person } as unknown as LaunchContext;
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = AbortSignal.any([outer, deadline]);
    const { fetch } = openWayOut(
      source,
      { context: asker, purpose: 'direct-care' },
      { token: (...asked) => tokens.token(...asked), headers, agents, limits: config.source },
    );
    return { fetch, signal, isLate: () => deadline.aborted && !outer.aborted };
  };
}

/** Open while the community has somebody who pushes; nobody then is left out unheard. */
export async function buildLocator({ config, community, database, log }: Ground): Promise<Locator | undefined> {
  if (community.locator !== 'pointers' && community.sources.every(({ pointers }) => !pointers)) return undefined;
  return openLocator({
    store: createLocatorStore(database),
    key: config.locator.key?.[0]?.key ?? randomBytes(32),
    organisations: community.members.map(({ ods }) => ods),
    now: () => Date.now(),
    everyMs: config.locator.followMs,
    learntDays: config.locator.learntDays,
    onFailure: (error) => log.error('locator.follow_failed', { error }),
  });
}

export function buildLocate({ community, locator }: Parts): Locate {
  return createLocate({
    community,
    find: async (nhsNumber) => locator?.find(nhsNumber),
    speaks: (organisation) => locator?.speaks(organisation) === true,
  });
}

export function buildLocatorRoutes(parts: Parts, now: () => number): Router[] {
  const { locator, community, audit, url } = parts;
  if (!locator) return [];
  const keys = new Map(
    community.sources.flatMap(({ id, pointers }) => (pointers ? [[id, keysAt(pointers.jwksUri, now)]] : [])),
  );
  const replay = createReplayGuard();
  const audience = `${url}/locator`;
  const once = (key: string, expiresAtMs: number): boolean => replay.take(key, expiresAtMs, now());
  const deps = { locator, audit, once, audience, now };
  return [locatorRoutes({ ...deps, source: (id) => community.source(id), keysOf: ({ id }) => keys.get(id) })];
}

/** A source that answers with a record of somebody holds one: remembered, so that it is asked the next time too. */
export async function* learning(
  events: AsyncGenerator<RecordEvent>,
  { request }: LocatedRequest,
  { locator, community, log }: Parts,
): AsyncGenerator<RecordEvent> {
  for await (const event of events) {
    if (locator && event.type === 'settled' && event.status.state === 'answered') {
      const ods = community.source(event.source)?.ods;
      const { nhsNumber } = request.session.context.patient;
      if (ods) locator.learn(ods, nhsNumber).catch((error: unknown) => log.error('locator.learn_failed', { error }));
    }
    yield event;
  }
}

/** Only of a person whose chart holds no number or a superseded one, and only at the very FHIR server the chart is open in. */
export function knownPatientIn(community: Parts['community']): NonNullable<FederationDeps['knownPatientId']> {
  const bare = (address: string): string => address.replace(/\/$/, '');
  return (id, { request: { session } }) => {
    const { evidence, home, homePatientId } = session.context;
    const source = community.source(id);
    const open = source?.ods === home.ods && bare(source.settings.base) === bare(home.iss);
    const otherNumber = evidence?.['patient'] === 'trace' || evidence?.['patient.number'] === 'superseded';
    return open && otherNumber ? homePatientId : undefined;
  };
}
