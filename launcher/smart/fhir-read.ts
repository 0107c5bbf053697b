import { isResource, type Resource } from '../../src/record/resource.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';

/** One answer of the home EPR's FHIR server to the user's own token. `undefined` when it is not what was asked for. */
export type FhirRead = (path: string, type: string) => Promise<Resource | undefined>;

/** Reads stay under the configured FHIR base; a redirect, an error or another type is no answer. */
export function createFhirRead(
  member: LaunchMember,
  accessToken: string,
  deps: SmartDeps,
  signal: AbortSignal,
): FhirRead {
  const base = member.launch.iss.endsWith('/') ? member.launch.iss.slice(0, -1) : member.launch.iss;
  return async (path, type) => {
    const response = await deps.outbound({
      member,
      url: `${base}/${path}`,
      method: 'GET',
      headers: { accept: 'application/fhir+json', authorization: `Bearer ${accessToken}` },
      deadlineMs: deps.limits.exchangeMs,
      maxBytes: deps.limits.exchangeBytes,
      signal,
    });
    if (response.status !== 200 || !/json/i.test(response.headers.get('content-type') ?? '')) return undefined;
    const resource = parseOrNothing(await response.text());
    return isResource(resource) && resource.resourceType === type ? resource : undefined;
  };
}

/** Unreadable is as good as absent here: the caller refuses the launch with the code of its step. */
function parseOrNothing(text: string): unknown {
  try {
    return parseFhirJson(text);
  } catch {
    return undefined;
  }
}
