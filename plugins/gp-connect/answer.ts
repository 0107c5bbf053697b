import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { asObject, asObjects, asString, isResource, type Resource } from '../../src/record/resource.ts';

/** What came back from one request, judged; `source.ts` decides what to do about it. */
export type Answer =
  | { readonly kind: 'resource'; readonly resource: Resource }
  /** The practice does not know this person, or not as somebody whose record it may give. */
  | { readonly kind: 'unknown-person' }
  /** It did not like the question; a fuller one may do. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'trouble'; readonly code: string };

/** Spine error codes (GP Connect, "Error handling"), by what they mean for the reader. Any other goes by its status. */
const SPINE_CODES: { readonly [code: string]: Answer } = {
  PATIENT_NOT_FOUND: { kind: 'unknown-person' },
  INVALID_NHS_NUMBER: { kind: 'trouble', code: 'source.invalid_answer' },
  INVALID_PATIENT_DEMOGRAPHICS: { kind: 'trouble', code: 'source.details_differ' },
  NO_PATIENT_CONSENT: { kind: 'trouble', code: 'source.withheld' },
  NO_ORGANISATIONAL_CONSENT: { kind: 'trouble', code: 'source.withheld' },
  PATIENT_SENSITIVE: { kind: 'trouble', code: 'source.withheld' },
  NO_RELATIONSHIP: { kind: 'trouble', code: 'source.withheld' },
  ACCESS_DENIED: { kind: 'trouble', code: 'source.withheld' },
  ACCESS_DENIED_SSL: { kind: 'trouble', code: 'source.auth' },
  ASID_CHECK_FAILED: { kind: 'trouble', code: 'source.auth' },
  FORBIDDEN: { kind: 'trouble', code: 'source.auth' },
  INTERNAL_SERVER_ERROR: { kind: 'trouble', code: 'source.unavailable' },
  INVALID_PARAMETER: { kind: 'refused' },
  INVALID_RESOURCE: { kind: 'refused' },
  NOT_IMPLEMENTED: { kind: 'refused' },
};

export function judge(status: number, isJson: boolean, body: string): Answer {
  const resource = isJson ? parse(body) : undefined;
  if (resource?.resourceType === 'OperationOutcome') return bySpineCode(resource) ?? byStatus(status);
  if (status !== 200) return byStatus(status);
  return resource ? { kind: 'resource', resource } : { kind: 'trouble', code: 'source.invalid_answer' };
}

function bySpineCode(outcome: Resource): Answer | undefined {
  const codes = asObjects(outcome['issue'])
    .flatMap((issue) => asObjects(asObject(issue['details'])?.['coding']))
    .flatMap(({ code }) => asString(code) ?? []);
  return codes.flatMap((code) => (Object.hasOwn(SPINE_CODES, code) ? (SPINE_CODES[code] ?? []) : []))[0];
}

function byStatus(status: number): Answer {
  if (status === 403) return { kind: 'trouble', code: 'source.withheld' };
  if (status === 401) return { kind: 'trouble', code: 'source.auth' };
  const silent = status >= 500 || status === 429 || status === 408;
  if (silent) return { kind: 'trouble', code: 'source.unavailable' };
  // 404 without a Spine code is a wrong address, not an answer about a person.
  return status === 400 || status === 422 ? { kind: 'refused' } : { kind: 'trouble', code: 'source.invalid_answer' };
}

function parse(text: string): Resource | undefined {
  let value: unknown;
  try {
    value = parseFhirJson(text);
  } catch {
    return undefined;
  }
  return isResource(value) ? value : undefined;
}

const JSON_TYPES = /^application\/(?:fhir\+json|json|json\+fhir)\s*(?:;|$)/i;

export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && JSON_TYPES.test(contentType);
}
