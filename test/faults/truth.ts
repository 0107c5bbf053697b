import type { Resource } from '../../src/record/resource.ts';
import { NHS_NUMBER } from '../support/federation.ts';
import { allergy, person } from '../support/fhir-server.ts';

/** What every source of the matrix holds: the same ids at each, as real organisations' counters do (F24, id clash). */
export const PAGES = 3;
const PER_PAGE = 4;
export const RESTRICTED_ID = `a${String(PAGES * PER_PAGE - 1)}`;
/** Stands in what may not be seen: in the restricted resource and in other people's. */
export const CANARY = 'zebrafinch';
const LABEL = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };

export const PERSON = person('p1', NHS_NUMBER);

/** Every resource a source holds of this person, by type. `Pénicilline` has a character of two bytes (F40). */
export function holdingsOf(source: number): ReadonlyMap<string, readonly Resource[]> {
  const allergies = Array.from({ length: PAGES * PER_PAGE }, (_, index) =>
    `a${String(index)}` === RESTRICTED_ID
      ? allergy(RESTRICTED_ID, 'p1', `Restricted ${CANARY}`, { meta: LABEL })
      : allergy(
          `a${String(index)}`,
          'p1',
          index === 0 ? 'Pénicilline' : `Allergen ${String(index)} of ${String(source)}`,
        ),
  );
  const doses = Array.from({ length: 3 }, (_, index) => ({
    resourceType: 'Immunization',
    id: `i${String(index)}`,
    status: 'completed',
    vaccineCode: { text: `Vaccine ${String(index)}` },
    patient: { reference: 'Patient/p1' },
    occurrenceDateTime: `2020-0${String(index + 1)}-01`,
  }));
  return new Map([
    ['AllergyIntolerance', allergies],
    ['Immunization', doses],
  ]);
}

export type Page = {
  readonly type: string;
  readonly number: number;
  readonly resources: readonly Resource[];
  readonly total: number;
  readonly next: string | undefined;
};

export function pageOf(source: number, base: string, type: string, number: number): Page {
  const all = holdingsOf(source).get(type) ?? (type === 'Patient' ? [PERSON] : []);
  const size = type === 'AllergyIntolerance' ? PER_PAGE : Math.max(1, all.length);
  const left = (number + 1) * size < all.length;
  return {
    type,
    number,
    resources: all.slice(number * size, (number + 1) * size),
    total: all.length,
    next: left ? `${base}/${type}/page/${String(number + 1)}` : undefined,
  };
}

export type PageChanges = {
  readonly resources?: readonly unknown[];
  readonly total?: number | null;
  readonly next?: string | null;
  readonly self?: string;
};

export function bodyOf(page: Page, changes: PageChanges = {}): Buffer {
  const total = changes.total === undefined ? page.total : changes.total;
  const next = changes.next === undefined ? page.next : (changes.next ?? undefined);
  const link = [
    ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
    ...(changes.self === undefined ? [] : [{ relation: 'self', url: changes.self }]),
  ];
  return Buffer.from(
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'searchset',
      ...(total !== null && { total }),
      link,
      entry: (changes.resources ?? page.resources).map((resource) => ({ resource, search: { mode: 'match' } })),
    }),
  );
}
