import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { ownReferences } from '../../src/record/fhir/own-references.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import type { TypeEnd } from '../plugin.ts';

/** One page of a search as we understand it. Entries that are no resources stay in, as they are: they are counted, not dropped. */
export type Page = {
  readonly matches: readonly unknown[];
  readonly included: readonly unknown[];
  /** Bundle.total, when the server says it. */
  readonly total?: number;
  /** Where the next page is, as the server wrote it. */
  readonly next?: string;
  /** The search as the server says it did it. */
  readonly self?: string;
  /** What the server's own OperationOutcome says about the completeness of this page. */
  readonly notice: Notice;
};

export type Notice = 'none' | 'partial' | 'withheld';

/** A page, or the way in which the type ends here. `refused`: the server did not like a parameter; a plainer question may do. */
export type SearchAnswer = { readonly page: Page } | { readonly end: TypeEnd } | { readonly refused: true };

const JSON_TYPES = /^application\/(?:fhir\+json|json|json\+fhir)\s*(?:;|$)/i;

export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && JSON_TYPES.test(contentType);
}

/** What a status other than success says about one type (smart.md 5 #62, #79; safety F11 to F16). `undefined`: read the body. */
export function endByStatus(status: number): SearchAnswer | undefined {
  if (status === 200) return undefined;
  if (status === 400) return { refused: true };
  if (status === 403) return { end: { state: 'withheld' } };
  if (status === 404 || status === 405 || status === 501) return { end: { state: 'not-supported' } };
  if (status === 401) return { end: { state: 'failed', code: 'source.auth' } };
  const silent = status >= 500 || status === 429 || status === 408;
  return { end: { state: 'failed', code: silent ? 'source.unavailable' : 'source.invalid_answer' } };
}

/** Most servers write relative references: only a page with an absolute one is walked through. */
const ABSOLUTE_REFERENCE = /"reference"\s*:\s*"https?:/i;

/** A 200 that is no searchset (a login page, a bare OperationOutcome, half a document) is a failure, never an empty answer. */
export function readPage(text: string, type: string, base: string): SearchAnswer {
  let value: unknown;
  try {
    value = parseFhirJson(text);
  } catch {
    return { end: { state: 'failed', code: 'source.invalid_answer' } };
  }
  if (!isResource(value) || value.resourceType !== 'Bundle')
    return { end: { state: 'failed', code: 'source.invalid_answer' } };
  const bundle = ABSOLUTE_REFERENCE.test(text) ? (ownReferences(base).makeRelative(value) as Resource) : value;
  return { page: readBundle(bundle, type) };
}

function readBundle(bundle: Resource, type: string): Page {
  const matches: unknown[] = [];
  const included: unknown[] = [];
  let notice: Notice = 'none';
  for (const entry of Array.isArray(bundle['entry']) ? bundle['entry'] : []) {
    const item = asObject(entry);
    const resource = item?.['resource'];
    const mode = asString(asObject(item?.['search'])?.['mode']);
    if (isResource(resource) && (mode === 'outcome' || resource.resourceType === 'OperationOutcome')) {
      notice = worse(notice, readNotice(resource));
    } else if (mode === 'include' || (mode !== 'match' && isResource(resource) && resource.resourceType !== type)) {
      included.push(resource);
    } else {
      matches.push(resource ?? null);
    }
  }
  const total = bundle['total'];
  const linkTo = (relation: string): string | undefined =>
    asString(asObjects(bundle['link']).find((link) => link['relation'] === relation)?.['url']);
  const [next, self] = [linkTo('next'), linkTo('self')];
  return {
    matches,
    included,
    ...(typeof total === 'number' && Number.isInteger(total) && total >= 0 && { total }),
    ...(next !== undefined && { next }),
    ...(self !== undefined && { self }),
    notice,
  };
}

/** The parameters that make a search one about this person; `patient` may be written as the element it searches. */
const WHO: { readonly [parameter: string]: readonly string[] } = {
  identifier: ['identifier'],
  patient: ['patient', 'subject'],
  _id: ['_id'],
};

/**
 * Whether the server says that it searched without the person it was asked for. The self link holds the parameters that
 * were used (FHIR R4 §3.1.1.1.2); it shows something only if it names one that was asked, so a missing link, one
 * without parameters or with a paging token of the server's own is no sign. The subject check stays the real guard.
 */
export function ignoresPerson(self: string | undefined, asked: URLSearchParams): boolean {
  if (self === undefined) return false;
  const used = new Set([...new URLSearchParams(self.split('#', 1)[0]?.split('?')[1] ?? '').keys()].map(plainName));
  const who = Object.keys(WHO).find((name) => asked.has(name));
  const says = [...asked.keys()].some((name) => used.has(name));
  return who !== undefined && says && !WHO[who]?.some((name) => used.has(name));
}

/** Without modifier or chain: `patient:Patient`, `patient.identifier`. */
function plainName(parameter: string): string {
  return parameter.split(/[:.]/, 1)[0] ?? parameter;
}

/** Issue codes by which a server says that it holds something back from this reader (FHIR IssueType). */
const HELD_BACK = ['suppressed', 'forbidden', 'security'];
/** Remarks on our question, not on the answer's completeness. */
const HARMLESS = ['not-supported', 'informational', 'business-rule', 'code-invalid', 'value'];

function readNotice(outcome: Resource): Notice {
  return asObjects(outcome['issue']).reduce<Notice>((notice, issue) => worse(notice, noticeOf(issue)), 'none');
}

function noticeOf(issue: Json): Notice {
  const code = asString(issue['code']) ?? '';
  if (HELD_BACK.includes(code)) return 'withheld';
  if (issue['severity'] === 'information') return 'none';
  return issue['severity'] === 'warning' && HARMLESS.includes(code) ? 'none' : 'partial';
}

function worse(a: Notice, b: Notice): Notice {
  if (a === 'partial' || b === 'partial') return 'partial';
  return a === 'withheld' || b === 'withheld' ? 'withheld' : 'none';
}

/**
 * The address of the next page, if it is one we may follow: inside the source's base, whatever the server wrote
 * (smart.md 5 #64, #65). Relative addresses are read against the base. The launcher's fetch checks again.
 */
export function resolveNext(base: string, link: string): string | undefined {
  // The URL parser would strip these in silence.
  if (/[\u0000-\u0020\u007f\\]/.test(link)) return undefined;
  const path = link.split(/[?#]/, 1)[0] ?? '';
  if (/%2e|%2f|%5c/i.test(path) || path.split('/').some((part) => part === '..' || part === '.')) return undefined;
  const root = new URL(base);
  const url = parseUrl(link, `${base}/`);
  if (!url || url.origin !== root.origin || url.username !== '' || url.password !== '') return undefined;
  const inside = url.pathname === root.pathname || url.pathname.startsWith(`${root.pathname.replace(/\/$/, '')}/`);
  return inside ? url.href.split('#', 1)[0] : undefined;
}

function parseUrl(link: string, base: string): URL | undefined {
  return URL.canParse(link, base) ? new URL(link, base) : undefined;
}

/** How a type ends once its last page is in. Fewer received than the server counted means that some are missing (safety H10). */
export function endOf(received: number, total: number | undefined, notice: Notice): TypeEnd {
  const counts = { received, ...(total !== undefined && { total }) };
  if (notice === 'withheld') return { state: 'withheld' };
  if (notice === 'partial' || (total !== undefined && received < total))
    return { state: 'truncated', code: 'source.truncated', ...counts };
  return { state: 'complete', ...counts };
}

/** What tells matches apart when they are counted against the total; a repeated one counts once. */
export function matchKey(resource: unknown): string | undefined {
  const id = isResource(resource) ? asString(resource.id) : undefined;
  return id === undefined ? undefined : `${(resource as Resource).resourceType}/${id}`;
}
