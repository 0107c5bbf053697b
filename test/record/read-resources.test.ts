import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResources, ResourceReader } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SourceId } from '../../src/record/source.ts';

const GP = 'gp' as SourceId;
const TYPES = [...new Set(SECTIONS.flatMap((section) => section.reads))];

/** Element names that readers look at, so that nonsense reaches as deep as it can. */
const ELEMENTS = [
  'status',
  'code',
  'category',
  'type',
  'name',
  'identifier',
  'meta',
  'period',
  'effectivePeriod',
  'effectiveDateTime',
  'onsetDateTime',
  'performedPeriod',
  'clinicalStatus',
  'verificationStatus',
  'medicationCodeableConcept',
  'medicationReference',
  'dosage',
  'dosageInstruction',
  'reaction',
  'note',
  'subject',
  'patient',
  'valueQuantity',
  'valueCodeableConcept',
  'component',
  'referenceRange',
  'interpretation',
  'content',
  'context',
  'participant',
  'activity',
  'provision',
  'scope',
  'prediction',
  'extension',
  'contained',
  'address',
  'telecom',
  'contact',
  'relationship',
  'item',
  'result',
  'performer',
  'start',
  'end',
  'hospitalization',
  'location',
  'deceasedDateTime',
  'birthDate',
  'communication',
  'link',
  'reasonCode',
  'reasonReference',
  'serviceType',
  'vaccineCode',
  'occurrenceDateTime',
  'goal',
  'text',
  'coding',
  'reference',
  'display',
  'value',
  'unit',
  'system',
  'timing',
  'repeat',
  'doseAndRate',
  'doseQuantity',
  'attachment',
  'security',
  'intent',
  'title',
  'description',
];

const leaf = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'active',
    'final',
    'Patient/1',
    '#a',
    '2019-02-30',
    '2019-02',
    'http://snomed.info/sct',
    '450476008',
    '',
  ),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { nonsense } = fc.letrec((tie) => ({
  nonsense: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('nonsense'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...ELEMENTS), tie('nonsense'), { maxKeys: 5 }),
  ),
}));
const resource = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.dictionary(fc.constantFrom(...ELEMENTS), nonsense, { maxKeys: 12 }),
    fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
  )
  .map(([resourceType, elements, id]): Resource => ({ ...elements, resourceType, ...(id && { id }) }));

describe('reading', () => {
  it('never throws and never faults, whatever a source sends', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 6 }), (resources) => {
        const reading = readResources(resources, GP);
        expect(reading.unread.filter((item) => item.reason === 'reader-fault')).toEqual([]);
        for (const entry of reading.entries) {
          expect(typeof entry.title === 'string' && entry.title.trim() !== '').toBe(true);
          expect(entry.origin.source).toBe(GP);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts what is not a resource at all', () => {
    const reading = readResources([null, 5, 'x', [], {}, { resourceType: 7 }], GP);
    expect(reading.entries).toEqual([]);
    expect(reading.unread.map((item) => item.reason)).toEqual(Array.from({ length: 6 }, () => 'not-a-resource'));
  });

  it('shows a type nobody reads as unread, and parts of other statements not at all', () => {
    expect(readResources([{ resourceType: 'Claim', id: '1' }], GP).unread).toMatchObject([
      { reason: 'type-not-read', resourceType: 'Claim' },
    ]);
    expect(readResources([{ resourceType: 'Practitioner', id: '1' }], GP)).toEqual({ entries: [], unread: [] });
  });

  it('survives a resource nested without end', () => {
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const reading = readResources([{ resourceType: 'Condition', code: { text: 'Asthma' }, note: deep }], GP);
    expect(reading.entries.length + reading.unread.length).toBe(1);
  });

  it('does not believe what the payload says of its source', () => {
    const claimed = {
      resourceType: 'Condition',
      id: '1',
      meta: { source: 'https://elsewhere.example' },
      code: { text: 'Asthma' },
    };
    expect(readResources([claimed], GP).entries[0]?.origin.source).toBe('gp');
  });

  it('gives the same id to the same content when the source gives none, and tells unlike contents apart', () => {
    const a = { resourceType: 'Condition', code: { text: 'Asthma' } };
    const [first, again, other] = readResources([a, { ...a }, { ...a, code: { text: 'Gout' } }], GP).entries.map(
      (entry) => entry.id,
    );
    expect(first).toBe(again);
    expect(other).not.toBe(first);
  });

  it('follows a reference to a resource of an earlier page', () => {
    const reader = new ResourceReader(GP);
    reader.read([{ resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr A Okoro' }] }]);
    const { entries } = reader.read([
      { resourceType: 'Condition', id: '1', code: { text: 'Asthma' }, recorder: { reference: 'Practitioner/p' } },
    ]);
    expect(entries[0]?.origin.by).toBe('Dr A Okoro');
  });

  it('does not mix two sources that use the same ids', () => {
    readResources([{ resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr A Okoro' }] }], GP);
    const { entries } = readResources(
      [{ resourceType: 'Condition', id: '1', code: { text: 'Asthma' }, recorder: { reference: 'Practitioner/p' } }],
      'hospital' as SourceId,
    );
    expect(entries[0]?.origin.by).toBeUndefined();
  });
});
