import { asObject, asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';

/** One answer of the home EPR's FHIR server to the user's own token. `undefined` when it is not what was asked for. */
export type FhirRead = (path: string, type: string) => Promise<Resource | undefined>;

/** What a search finds, with what it includes; nothing when the server does not answer as it should. */
export type FhirSearch = (
  type: string,
  form: { readonly [name: string]: string | readonly string[] },
) => Promise<readonly Resource[]>;

/** POST: no id of a patient is part of an address. A page is enough for what is looked for here. */
export function createFhirSearch(
  member: LaunchMember,
  accessToken: string,
  deps: Pick<SmartDeps, 'outbound' | 'limits'>,
  signal: AbortSignal,
): FhirSearch {
  return async (type, form) => {
    const body = new URLSearchParams({ _count: '50' });
    for (const [name, values] of Object.entries(form)) for (const value of [values].flat()) body.append(name, value);
    const response = await deps.outbound({
      member,
      url: `${baseOf(member)}/${type}/_search`,
      method: 'POST',
      headers: {
        accept: 'application/fhir+json',
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Bearer ${accessToken}`,
      },
      body,
      deadlineMs: deps.limits.exchangeMs,
      maxBytes: deps.limits.exchangeBytes,
      signal,
    });
    if (response.status !== 200 || !/json/i.test(response.headers.get('content-type') ?? '')) return [];
    const bundle = asObject(parseOrNothing(await response.text()));
    return asObjects(bundle?.['entry']).flatMap(({ resource }) => (isResource(resource) ? [resource] : []));
  };
}

function baseOf({ launch }: LaunchMember): string {
  return launch.iss.endsWith('/') ? launch.iss.slice(0, -1) : launch.iss;
}

/** Reads stay under the configured FHIR base; a redirect, an error or another type is no answer. */
export function createFhirRead(
  member: LaunchMember,
  accessToken: string,
  deps: SmartDeps,
  signal: AbortSignal,
): FhirRead {
  const base = baseOf(member);
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
