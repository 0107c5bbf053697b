import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObject, asString, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { ADDRESS, type FhirType, NHS_NUMBER } from '../messaging/fhir-names.ts';
import type { Asked, FoundPage } from '../messaging/system-search.ts';

// What an EPR searches for, and how what was found is told: a page at a time (FHIR R4 §3.1.1.5).

/** In an address a number would stand in every log on the way. */
export function withoutPatient(query: unknown): unknown {
  const named = Object.keys(asObject(query) ?? {});
  if (named.some((name) => /patient|subject/.test(name)))
    throw new CorridorError('request.invalid', 'a resident is searched for by POST …/_search');
  return query;
}

const PARAMETERS = {
  id: /^_id$/,
  patient: /^(?:patient|subject)[:.]identifier$/,
  recipient: /^(?:recipient|owner)[:.]identifier$/,
  count: /^_count$/,
  format: /^_format$/,
};

/** The mark of a page says all that was asked for: nothing can be asked for beside it. */
const PAGE = '_page';
const LONGEST_MARK = 4_096;

/** `onlyCounted`: a `_count` of 0 asks how many there are and for none of them. */
type Search = Asked & { readonly onlyCounted?: true };

/** A parameter that is passed over would find more than was asked for: each is known, given once, and one value. */
export function askedBy(given: unknown): Search {
  const parameters = Object.entries(asObject(given) ?? {});
  const page = parameters.find(([name]) => name === PAGE)?.[1];
  if (page !== undefined) {
    if (parameters.length > 1 || typeof page !== 'string' || page.length > LONGEST_MARK)
      throw new CorridorError('request.invalid', 'search parameter');
    return { page };
  }
  const known = Object.values(PARAMETERS);
  if (parameters.some(([name]) => !known.some((one) => one.test(name))))
    throw new CorridorError('request.invalid', 'search parameter');
  const value = (named: RegExp, system: string): string | undefined => {
    const [found, ...others] = parameters
      .filter(([name]) => named.test(name))
      .map(([, value]) => asString(value) ?? '');
    const one = found?.replace(`${system}|`, '');
    if (others.length > 0 || one === '' || /[,|]/.test(one ?? ''))
      throw new CorridorError('request.invalid', 'search parameter');
    return one;
  };
  const patient = value(PARAMETERS.patient, NHS_NUMBER);
  const recipient = value(PARAMETERS.recipient, ADDRESS);
  const id = value(PARAMETERS.id, '');
  const count = value(PARAMETERS.count, '');
  if (count !== undefined && !/^\d{1,9}$/.test(count)) throw new CorridorError('request.invalid', 'search parameter');
  const nhsNumber = patient === undefined ? undefined : parseNhsNumber(patient);
  if (patient !== undefined && nhsNumber === undefined) throw new CorridorError('request.invalid', 'patient');
  return {
    wanted: {
      ...(id !== undefined && { id }),
      ...(nhsNumber !== undefined && { nhsNumber }),
      ...(recipient !== undefined && { recipient }),
    },
    ...(Number(count) > 0 && { count: Number(count) }),
    ...(count !== undefined && Number(count) === 0 && { onlyCounted: true }),
  };
}

/**
 * A page that is not the last says so, by a link that names nobody, and in words for whoever follows no links: what is not
 * in it must not be taken for not there (safety H10). How many there are is said only where all have been counted.
 */
export function bundleOf(
  { resources, self, next, whole }: FoundPage,
  base: string,
  { type, asked }: { readonly type: FhirType; readonly asked: Search },
): object {
  const listed = asked.onlyCounted === true ? [] : resources;
  const matches = listed.map((resource: Resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${String(resource.id)}`,
    resource,
    search: { mode: 'match' },
  }));
  const entry = next === undefined ? matches : [...matches, { resource: MORE, search: { mode: 'outcome' } }];
  const follows = next !== undefined && asked.onlyCounted !== true;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(whole && { total: resources.length }),
    link: [
      { relation: 'self', url: `${base}/${type}${selfOf(asked, self)}` },
      ...(follows ? [{ relation: 'next', url: `${base}/${type}?${PAGE}=${next}` }] : []),
    ],
    ...(entry.length > 0 && { entry }),
  };
}

/**
 * What was asked for, as it was understood (FHIR R4 §3.1.1.5, which every answer to a search has to say). What was looked for
 * by a resident's number is named by the mark of its page: the number would otherwise stand in an address after all.
 */
function selfOf(asked: Search, self: string): string {
  if ('page' in asked || asked.wanted.nhsNumber !== undefined) return `?${PAGE}=${self}`;
  const { id, recipient } = asked.wanted;
  const count = asked.onlyCounted === true ? 0 : asked.count;
  const said = new URLSearchParams({
    ...(id !== undefined && { _id: id }),
    ...(recipient !== undefined && { 'recipient:identifier': `${ADDRESS}|${recipient}` }),
    ...(count !== undefined && { _count: String(count) }),
  }).toString();
  return said === '' ? '' : `?${said}`;
}

const MORE = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'warning',
      code: 'incomplete',
      details: { coding: [{ system: 'urn:corridor:code', code: 'message.more' }] },
      diagnostics: 'There are more than are listed here: go on with the link “next”.',
    },
  ],
};
