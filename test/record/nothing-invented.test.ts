import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { resourceKey } from '../../src/record/fhir/statement.ts';
import type { Resource } from '../../src/record/resource.ts';
import { HAS_SHARED_DATA, readSharedData, type SharedFile } from '../support/shared-data.ts';

/**
 * Fields in which the record itself speaks: which section, of which kind, how it stands, what to beware of, where it
 * came from. All others show what the source wrote.
 */
const OURS: ReadonlySet<string> = new Set([
  'cautions',
  'dateIs',
  'died',
  'id',
  'kind',
  // By which rule of ours it is shown at once.
  'lasting',
  'noneOf',
  'origin.resource',
  'origin.source',
  'links.rel',
  'powers',
  'record',
  'reference',
  'pregnant',
  'section',
  'state',
  'statement',
  'to',
  // A rate made from how often in how long, so that two ways of writing one frequency compare; no reader sees it.
  'dosages.timesADay',
]);

/** Words of ours within what a source says, by field: how a frequency, an age, a bound or a missing name is put. */
const WORDS: { readonly [field: string]: string } = {
  abatementText: 'aged years months weeks days hours minutes',
  'code.text': 'code system not given',
  'dosages.dose': 'to',
  'dosages.frequency': 'once twice times a day days every hours in to',
  'dosages.maximum': 'up to in at a time all',
  // A Composition writes only the letter; the code system is the one FHIR binds it to.
  labels: 'v confidentiality',
  onset: 'aged years months weeks days hours minutes',
  onsetText: 'aged years months weeks days hours minutes',
  'parts.ranges.appliesTo': 'age',
  // UCUM writes mm[Hg].
  'parts.value': 'mmhg',
  predictions: 'to',
  // Where the unit is a number of SNOMED CT and no word.
  quantity: 'unit code',
  'ranges.text': 'to',
  // Where active is a Boolean.
  statusAsRecorded: 'active inactive',
  title: 'code system not given',
  value: 'mmhg yes no',
};

describe.skipIf(!HAS_SHARED_DATA)(
  `what is shown of records that others wrote (${HAS_SHARED_DATA ? 'in shared/data' : 'skipped: ../shared/data is not here'})`,
  () => {
    const shown = readSharedData().flatMap(shownOf);

    it('is much', () => {
      expect(shown.length).toBeGreaterThan(100_000);
    });

    it('holds no word, number, date or code that the resource and what it refers to do not hold', () => {
      const invented = shown.flatMap(({ where, field, value, known }) =>
        wordsOf(value)
          .filter((word) => !known.has(word) && !WORDS[field]?.split(' ').includes(word))
          .map((word) => `${where} ${field}: "${word}" of "${value}"`),
      );
      expect(invented).toEqual([]);
    });

    it('holds every date as the resource writes it', () => {
      const invented = shown
        .filter(({ value }) => /^\d{4}-\d\d/.test(value))
        .filter(({ value, leaves }) => !leaves.has(value))
        .map(({ where, field, value }) => `${where} ${field}: ${value}`);
      expect(invented).toEqual([]);
    });
  },
);

type Shown = {
  readonly where: string;
  readonly field: string;
  readonly value: string;
  readonly known: ReadonlySet<string>;
  readonly leaves: ReadonlySet<string>;
};

function shownOf({ file, resources, reading }: SharedFile): readonly Shown[] {
  const said = new Map<string, { known: Set<string>; leaves: Set<string> }>();
  const pool = poolOf(resources);
  for (const resource of resources) {
    const key = resourceKey(resource);
    const before = said.get(key) ?? { known: new Set<string>(), leaves: new Set<string>() };
    for (const leaf of leavesOf(resource, pool)) {
      before.leaves.add(leaf);
      for (const word of wordsOf(leaf)) before.known.add(word);
    }
    said.set(key, before);
  }
  return reading.entries.flatMap((entry) => {
    const own = said.get(entry.origin.resource) ?? { known: new Set<string>(), leaves: new Set<string>() };
    return valuesOf(entry).map(([field, value]) => ({ where: `${file} ${entry.id}`, field, value, ...own }));
  });
}

function poolOf(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(
    resources.flatMap((resource) => [
      [resourceKey(resource), resource] as const,
      [`urn:uuid:${String(resource.id)}`, resource] as const,
    ]),
  );
}

/** Every text and number of the resource, and of those it refers to, two steps far (a role, then its practitioner). */
function leavesOf(resource: unknown, pool: ReadonlyMap<string, Resource>, steps = 2): readonly string[] {
  const own = textsIn(resource);
  if (steps === 0) return own;
  const targets = own.map((text) => pool.get(text) ?? pool.get(text.split('/').slice(-2).join('/')));
  return [...own, ...[...new Set(targets)].flatMap((target) => (target ? leavesOf(target, pool, steps - 1) : []))];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What an entry shows, with the path of the field; list positions left out. */
function valuesOf(entry: Entry): readonly (readonly [field: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  const walk = (value: unknown, field: string): void => {
    if (OURS.has(field)) return;
    if (typeof value === 'string' || typeof value === 'number') found.push([field, String(value)]);
    else if (Array.isArray(value)) for (const item of value) walk(item, field);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) walk(item, field === '' ? name : `${field}.${name}`);
  };
  walk(entry, '');
  return found;
}

/** Words, codes and whole numbers with their decimals, whatever stands between them; an NHS number is one however spaced. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .replace(/^(\d{3}) (\d{3}) (\d{4})$/, '$1$2$3')
      .normalize('NFKC')
      .toLowerCase()
      .match(/\d+(?:\.\d+)*|\p{L}[\p{L}\p{M}]*/gu) ?? []
  );
}
