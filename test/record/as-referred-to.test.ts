import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferredTo } from '../../src/record/as-referred-to.ts';
import { ResourceReader } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SourceId } from '../../src/record/source.ts';

const GP = 'gp' as SourceId;
const TYPES = [...new Set(SECTIONS.flatMap((section) => section.reads))];
const NAMED_ONLY = [
  'AllergyIntolerance',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Immunization',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
];

/** Elements that readers follow to another resource, or look at in one they were led to. */
const LEADS = [
  'encounter',
  'context',
  'result',
  'reasonReference',
  'basedOn',
  'replaces',
  'priorPrescription',
  'focus',
  'goal',
  'activity',
  'sourceReference',
  'indication',
  'supportingInfo',
  'addresses',
  'finding',
  'investigation',
  'condition',
  'reaction',
  'hasMember',
  'derivedFrom',
  'partOf',
  'dosageInstruction',
  'statusReason',
  'problem',
] as const;

const word = fc.constantFrom('Asthma', 'Gout', 'Sodium', 'Review', 'Letter', 'Amoxicillin', 'Discharge summary');
const concept = fc.oneof(
  fc.record({ text: word }),
  fc.record({
    coding: fc.tuple(fc.record({ system: fc.constant('http://snomed.info/sct'), code: word, display: word })),
  }),
);
const status = fc.constantFrom('active', 'final', 'entered-in-error', 'refuted', 'not-done', 'completed', 'on-hold');
const target = fc.record(
  {
    resourceType: fc.constantFrom(...NAMED_ONLY),
    id: fc.constant('a'),
    status,
    verificationStatus: concept,
    lifecycleStatus: status,
    code: concept,
    type: fc.oneof(concept, fc.tuple(concept)),
    name: word,
    title: word,
    description: word,
    category: fc.tuple(concept),
    reasonCode: fc.tuple(concept),
    performerType: fc.tuple(concept),
    doNotPerform: fc.boolean(),
    note: fc.tuple(fc.record({ text: word })),
    valueString: word,
    valueBoolean: fc.boolean(),
    valueCodeableConcept: concept,
    date: fc.constant('2024-02-03'),
    modifierExtension: fc.tuple(fc.record({ url: word, valueBoolean: fc.boolean() })),
  },
  { requiredKeys: ['resourceType', 'id'] },
) as fc.Arbitrary<Resource>;

const shapes = (to: string): readonly unknown[] => {
  const reference = { reference: to };
  return [
    reference,
    [reference],
    [{ reference: to, display: 'Shown' }],
    [{ reference }],
    [{ item: reference }, { itemReference: reference }],
    [{ detail: { reasonReference: [reference], code: { text: 'Walk' } } }],
  ];
};
const leading = fc
  .tuple(fc.constantFrom(...TYPES), fc.constantFrom(...LEADS), fc.nat(5), concept, status, fc.boolean())
  .map(([resourceType, element, shape, code, said, urn]) => (to: string, whole: Resource): Resource => ({
    resourceType,
    id: 'b',
    status: said,
    code,
    [element]: shapes(urn ? 'urn:uuid:a' : to)[shape] ?? { reference: to, display: String(whole.id) },
  }));

/** What a later page says, read with what is kept of the first page and read together with the whole of it. */
function laterPage(first: Resource, later: Resource): readonly [apart: unknown, together: unknown] {
  const reader = new ResourceReader(GP);
  reader.read([first]);
  const apart = reader.read([later]);
  const together = new ResourceReader(GP).read([first, later]);
  const of = <T extends { readonly origin: { readonly resource: string } }>(all: readonly T[]): readonly T[] =>
    all.filter(({ origin }) => origin.resource === `${later.resourceType}/b`);
  return [
    [of(apart.entries), of(apart.unread)],
    [of(together.entries), of(together.unread)],
  ];
}

describe('what is kept of earlier pages', () => {
  it('says of what a later page refers to all that the whole of it says', () => {
    fc.assert(
      fc.property(target, leading, (first, make) => {
        const [apart, together] = laterPage(first, make(`${first.resourceType}/a`, first));
        expect(apart).toEqual(together);
      }),
      { numRuns: 4_000 },
    );
  });

  it('holds people, places, products and requests whole', () => {
    const whole = { resourceType: 'Medication', id: 'm', ingredient: [{ itemCodeableConcept: { text: 'Iron' } }] };
    expect(new ReferredTo().slim(whole)).toBe(whole);
  });

  it.each(NAMED_ONLY)('holds of a %s no more than can be asked for through a reference', (resourceType) => {
    const code = { text: 'Sodium' };
    const whole = { resourceType, id: 'a', code, note: [{ text: 'long' }], subject: { reference: 'Patient/1' } };
    expect(new ReferredTo().slim(whole)).toStrictEqual({ resourceType, id: 'a', code });
  });

  it('names a problem of an earlier page by its id alone, and links to it', () => {
    const reader = new ResourceReader(GP);
    reader.read([{ resourceType: 'Condition', id: 'a', code: { text: 'Asthma' } }]);
    const { entries } = reader.read([
      {
        resourceType: 'MedicationRequest',
        id: 'b',
        status: 'active',
        medicationCodeableConcept: { text: 'Aspirin' },
        reasonReference: [{ reference: 'urn:uuid:a' }],
      },
    ]);
    expect(entries[0]).toMatchObject({ reasons: ['Asthma'], links: [{ rel: 'problem', to: 'Condition/a' }] });
  });

  describe('of two concepts that begin alike', () => {
    const of = (kept: ReferredTo, code: unknown): unknown =>
      kept.slim({ resourceType: 'Observation', id: '1', code } as Resource)['code'];

    it.each<[why: string, a: object, b: object]>([
      ['other parts', { text: 'Sodium', coding: [{ code: '1' }] }, { text: 'Sodium' }],
      ['a part of another name', { text: 'Sodium', id: 'x' }, { text: 'Sodium', url: 'x' }],
      ['another number', { text: 'Sodium', version: 1 }, { text: 'Sodium', version: 2 }],
      ['a number and an object', { text: 'Sodium', version: 1 }, { text: 'Sodium', version: {} }],
      ['a text and an object', { text: 'Sodium', coding: 'x' }, { text: 'Sodium', coding: { 0: 'x' } }],
      ['a text and a list', { text: 'Sodium', coding: 'x' }, { text: 'Sodium', coding: ['x'] }],
      ['nothing and an object', { text: 'Sodium', coding: null }, { text: 'Sodium', coding: {} }],
      ['a list and an object', { text: 'Sodium', coding: ['x'] }, { text: 'Sodium', coding: { 0: 'x' } }],
      [
        'a list and what says it is as long',
        { text: 'Sodium', coding: ['x'] },
        { text: 'Sodium', coding: { 0: 'x', length: 1 } },
      ],
      ['lists of two lengths', { text: 'Sodium', coding: ['x'] }, { text: 'Sodium', coding: ['x', 'y'] }],
      [
        'lists of other things',
        { text: 'Sodium', coding: [{ code: 'x' }] },
        { text: 'Sodium', coding: [{ code: 'y' }] },
      ],
    ])('each is kept as it is: %s', (_, a, b) => {
      const [kept, other] = [new ReferredTo(), new ReferredTo()];
      expect([of(kept, a), of(kept, b)]).toStrictEqual([a, b]);
      expect([of(other, b), of(other, a)]).toStrictEqual([b, a]);
    });

    it('the second is the first where they are the same throughout', () => {
      const concept = () => ({
        coding: [{ system: 'http://snomed.info/sct', code: '1', userSelected: true, display: null }],
        extension: [],
      });
      const kept = new ReferredTo();
      const first = of(kept, concept());
      expect(of(kept, { coding: [{ system: 'http://snomed.info/sct', code: '2' }] })).not.toBe(first);
      expect(of(kept, concept())).toBe(first);
    });

    it('a plain text stands in nobody’s way', () => {
      const kept = new ReferredTo();
      const both = () =>
        kept.slim({ resourceType: 'DocumentReference', id: '1', code: { text: 'Sodium' }, description: 'Sodium' });
      expect(both()['code']).toBe(both()['code']);
    });

    it('the second is the first where a part without words stands before those with words', () => {
      const kept = new ReferredTo();
      const concept = (code: string) => ({ coding: [{ userSelected: true }, { code }] });
      const first = of(kept, concept('1'));
      of(kept, concept('2'));
      expect(of(kept, concept('1'))).toBe(first);
    });

    it.each<[as: string, within: (value: unknown) => unknown]>([
      ['parts', (value) => ({ extension: value })],
      ['lists', (value) => [value]],
    ])('they may lie as deep in %s as somebody likes', (_, within) => {
      const kept = new ReferredTo();
      const deep = (): unknown => {
        let value: unknown = { text: 'Sodium' };
        for (let depth = 0; depth < 50_000; depth++) value = within(value);
        return value;
      };
      const [one, two] = [deep(), { text: 'Sodium', extension: deep() }];
      expect(of(kept, one) === one).toBe(true);
      expect(of(kept, two) === two).toBe(true);
      expect(() => of(kept, { text: 'Sodium', extension: deep() })).not.toThrow();
    });
  });

  it('keeps a concept that comes again once, and one that only begins alike apart', () => {
    const kept = new ReferredTo();
    const of = (code: object) =>
      kept.slim({ resourceType: 'Observation', id: '1', code, valueString: 'long' } as never);
    const [first, again] = [of({ text: 'Sodium' }), of({ text: 'Sodium' })];
    expect(again['code']).toBe(first['code']);
    const other = { text: 'Sodium', coding: [{ code: '1' }] };
    expect(of(other)['code']).toEqual(other);
    expect(of({ text: 'Sodium' })['code']).toEqual({ text: 'Sodium' });
    expect(first).not.toHaveProperty('valueString');
  });

  it('never loses what one page said by what another has under the same id', () => {
    const reader = new ResourceReader(GP);
    reader.read([{ resourceType: 'Condition', id: 'a', code: { text: 'Asthma' } }]);
    reader.read([{ resourceType: 'Procedure', id: 'a', code: { text: 'Biopsy' } }]);
    const { entries } = reader.read([
      {
        resourceType: 'MedicationRequest',
        id: 'b',
        status: 'active',
        medicationCodeableConcept: { text: 'Aspirin' },
        reasonReference: [{ reference: 'Condition/a' }],
      },
    ]);
    expect(JSON.stringify(entries)).toContain('Asthma');
    expect(JSON.stringify(entries)).not.toContain('Biopsy');
  });
});
