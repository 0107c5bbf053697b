import type { OdsCode, Source } from '../src/record/source.ts';
import type { RecordEvent } from '../src/record/wire.ts';
import { mayOpenDocuments, ruleFor } from './access/redact.ts';
import { type AccessServices, buildAccess } from './build-access.ts';
import { buildLocate, knownPatientIn, learning } from './build-identity.ts';
import type { Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import { createBreaker } from './federation/breaker.ts';
import type { FederationDeps } from './federation/deps.ts';
import { federate } from './federation/federate.ts';
import { createSourceOpener } from './federation/open-source.ts';
import { matchPatient } from './identity/match.ts';
import { isAbout } from './identity/subject.ts';
import type { Hearings } from './messaging/heard.ts';
import type { RecordRouteDeps } from './routes/record.ts';
import type { Sessions } from './session/sessions.ts';
import type { SourceTokens } from './trust/backend-services.ts';
import type { Community } from './trust/community.ts';
import { createSourceHeaders } from './trust/source-headers.ts';

// What `build-services.ts` joins the record from: rules, place, sources, and whoever listens on the way.

export type RecordServices = RecordRouteDeps & Pick<AccessServices, 'breakGlass' | 'policy'>;

export function buildRecord(
  parts: Parts,
  sessions: Sessions,
  tokens: SourceTokens,
  hearings: Hearings | undefined,
  now: () => number,
): RecordServices {
  const { config, community, plugins, agents, keys, log, metrics, audit, streams, url } = parts;
  const open = createSourceOpener({
    source: (id) => community.source(id),
    plugins,
    token: (...asked) => tokens.token(...asked),
    headers: createSourceHeaders({ community, keys, issuer: url, now }),
    agents,
    limits: config.source,
  });
  const chartAddress: FederationDeps['chartAddress'] = (id, item) => {
    const source = community.source(id);
    const face = plugins.find((plugin) => plugin.id === source?.plugin)?.openChart;
    return source && face?.address(item, source.settings);
  };
  const leadsToItems = (id: Source['id']): boolean =>
    chartAddress(id, { patientId: 'p', type: 'Patient', id: 'p' }) !== undefined;
  const people: Pick<FederationDeps, 'match' | 'isAbout'> = {
    match: (asked, found) => matchPatient(asked, found, now()),
    isAbout,
  };
  const heard = (sessionId: string, events: AsyncGenerator<RecordEvent>): AsyncGenerator<RecordEvent> =>
    hearings?.listen(sessionId, events) ?? events;
  const access = buildAccess(parts, { open, ...people }, now);
  return {
    sessions,
    streams,
    decide: access.decide,
    breakGlass: access.breakGlass,
    policy: access.policy,
    locate: buildLocate(parts),
    ruleOf: ({ session: { context }, standings }) => {
      const role = access.policy.role(context.role);
      if (!role) throw new CorridorError('access.refused', 'role');
      return ruleFor(role, context.patient, standings);
    },
    sourceIds: () => community.sources.map(({ id }) => id),
    // Which source is "home" depends on who asks, so it is described per view.
    federate: (located, deps, signal) => {
      const home = located.request.session.context.home.ods;
      const { request } = located;
      const role = access.policy.role(request.session.context.role);
      const leads = role && mayOpenDocuments(ruleFor(role, request.session.context.patient, request.standings));
      const described = (id: Source['id']): Source => {
        const source = describe(community, id, home);
        const opens = leads === true && !source.home && request.permitted.has(id) && leadsToItems(id);
        return opens ? { ...source, opens } : source;
      };
      return metrics.watchRecord(
        access.guard(
          heard(
            request.session.id,
            learning(federate(located, { ...deps, describe: described }, signal), located, parts),
          ),
          request,
        ),
      );
    },
    federation: {
      open,
      describe: (id) => describe(community, id),
      knownPatientId: knownPatientIn(community),
      chartAddress,
      deadlineMs: (id) => community.source(id)?.deadlineMs ?? config.source.deadlineMs,
      ...people,
      breaker: createBreaker({
        failures: config.source.breakerFailures,
        openMs: config.source.breakerOpenMs,
        onChange: (source, to) => log.warn('source.breaker', { source, state: to }),
      }),
      limits: {
        heartbeatMs: config.stream.heartbeatMs,
        idleMs: config.source.deadlineMs,
        buffer: config.stream.buffer,
      },
      audit,
      now,
    },
    audit,
    now,
    recheckMs: config.session.recheckMs,
  };
}

/** A member that is not connected has no source and stands under its own ODS code (`access/checks.ts`). */
function describe(community: Community, id: Source['id'], home?: OdsCode): Source {
  const source = community.source(id);
  const member = community.member(source?.ods ?? (id as string as OdsCode));
  if (!member) throw new CorridorError('server.fault', 'a source of no member');
  const organisation = { ods: member.ods, name: member.name, kind: member.kind };
  return { id, organisation, home: member.ods === home, ...(source?.offers && { offers: source.offers }) };
}
