import { randomUUID } from 'node:crypto';
import type { SourceId } from '../src/record/source.ts';
import type { Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import type { FederationDeps } from './federation/deps.ts';
import { nthTraceId } from './federation/open-source.ts';
import { createSourceFetch } from './federation/source-fetch.ts';
import { tracePatient } from './identity/trace.ts';
import type { Trace } from './smart/deps.ts';
import type { LaunchContext } from './smart/launch-context.ts';
import type { SourceTokens } from './trust/backend-services.ts';
import type { CommunitySource } from './trust/community.ts';
import { createSourceHeaders } from './trust/source-headers.ts';

/** The trace of the community file, through the same guarded way out as every source; `undefined` where there is none. */
export function buildTrace(parts: Parts, tokens: SourceTokens, now: () => number): Trace | undefined {
  const { community, keys, agents, config, url } = parts;
  const { trace } = community;
  if (!trace) return undefined;
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
  const allowLoopbackHttp = authorisation.allowLoopbackHttp === true;
  return async (person, draft, outer) => {
    // Nobody is named to the service but the user's organisation: the number is what is looked for.
    const asker = { ...draft, patient: { ...person, nhsNumber: '' } } as unknown as LaunchContext;
    const requestId = `${randomUUID().slice(0, -4)}0000`;
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = AbortSignal.any([outer, deadline]);
    const fetch = createSourceFetch({
      base,
      allowLoopbackHttp,
      dispatcher: allowLoopbackHttp ? agents.loopback : agents.strict,
      limits: config.source,
      token: (fresh) => tokens.token(source, asker, 'direct-care', signal, { fresh }),
      headers: (request) => headers(source, asker, 'direct-care', request),
      requestId: (count) => nthTraceId(requestId, count),
      correlationId: draft.launchId,
    });
    try {
      return await tracePatient(person, trace, fetch, now(), signal);
    } catch (cause) {
      if (deadline.aborted && !outer.aborted) throw new CorridorError('patient.trace_unavailable', 'deadline');
      throw cause;
    }
  };
}

/** Only of a traced person, and only at the very FHIR server the chart is open in. */
export function knownPatientIn(community: Parts['community']): NonNullable<FederationDeps['knownPatientId']> {
  const bare = (address: string): string => address.replace(/\/$/, '');
  return (id, { request: { session } }) => {
    const { evidence, home, homePatientId } = session.context;
    const source = community.source(id);
    const open = source?.ods === home.ods && bare(source.settings.base) === bare(home.iss);
    return open && evidence?.['patient'] === 'trace' ? homePatientId : undefined;
  };
}
