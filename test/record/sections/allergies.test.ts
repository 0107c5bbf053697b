// Proves src/record/sections/no-allergy.ts, src/record/sections/denied-allergy.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { allergies, type AllergyEntry } from '../../../src/record/sections/allergies.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const code = (value: string | undefined): object | undefined =>
  value === undefined ? undefined : { coding: [{ code: value }] };

function allergy(change: object = {}): Resource {
  return {
    resourceType: 'AllergyIntolerance',
    id: '1',
    clinicalStatus: code('active'),
    verificationStatus: code('confirmed'),
    code: { text: 'Penicillin' },
    ...change,
  };
}

const sct = (value: string): object => ({ system: 'http://snomed.info/sct', code: value });

const wrong = (value: string): object => ({ ...sct(value), display: 'Penicillin' });

const read = (change: object = {}): AllergyEntry => entryFrom<AllergyEntry>(allergy(change));
const keyOf = (change: object = {}): string => allergies.factKey(read(change));

describe('an allergy', () => {
  it('is unread, and counted, when nothing says to what', () => {
    const reading = readResources([allergy({ code: undefined })], 'gp' as SourceId);
    expect(reading).toMatchObject({
      entries: [],
      unread: [{ reason: 'must-have-missing', element: 'AllergyIntolerance.code' }],
    });
  });

  it('is to the substance of its reaction when that is all there is', () => {
    expect(read({ code: undefined, reaction: [{ substance: { text: 'Latex' } }] }).title).toBe('Latex');
  });

  it('names the substance of its reaction beside an agent that does not, and is one with no other', () => {
    const to = (text: string): object => ({ code: { text: 'Drug allergy' }, reaction: [{ substance: { text } }] });
    expect(read(to('Amoxicillin'))).toMatchObject({ title: 'Drug allergy (Amoxicillin)', substances: ['Amoxicillin'] });
    expect(keyOf(to('Amoxicillin'))).not.toBe(keyOf(to('Codeine')));
    expect(read({ reaction: [{ substance: { text: 'penicillin' } }] }).title).toBe('Penicillin');
    // Named by either of the agent's own words it is named already.
    const coded = { text: 'Amoxicillin rash', coding: [{ display: 'Drug allergy' }] };
    expect(read({ code: coded, reaction: [{ substance: { text: 'amoxicillin' } }] })).not.toHaveProperty('substances');
  });

  it('says of each reaction what it was to, where the agent does not', () => {
    const reaction = [
      { substance: { text: 'Amoxicillin' }, manifestation: [{ text: 'Anaphylaxis' }] },
      { substance: { text: 'Drug' }, manifestation: [{ text: 'Rash' }] },
      { manifestation: [{ text: 'Itch' }] },
    ];
    expect(read({ code: { text: 'Drug allergy' }, reaction })).toMatchObject({ substances: ['Amoxicillin'] });
    expect(read({ code: { text: 'Drug allergy' }, reaction }).reactions).toStrictEqual([
      { substance: 'Amoxicillin', manifestations: ['Anaphylaxis'] },
      { manifestations: ['Rash'] },
      { manifestations: ['Itch'] },
    ]);
  });

  it('is in doubt where its own words may as well say that there is none', () => {
    expect(read({ code: { text: 'Family history of penicillin allergy' } }).cautions).toEqual(['source-unclear']);
    expect(read({ code: { text: 'No known drug allergies, latex' } })).toMatchObject({
      statement: 'allergy',
      substances: ['latex'],
      cautions: ['source-unclear'],
    });
    expect(read({ code: { text: 'No known drug allergies' } })).not.toHaveProperty('substances');
  });

  it.each([
    { text: 'No known drug allergies but penicillin' },
    { text: 'NKDA except latex' },
    { text: 'Nil known allergies; ?plasters' },
    { text: 'No known drug allergies. Rash with co-amoxiclav' },
    { coding: [sct('716186003')], text: 'No known allergies other than to eggs' },
  ])('is what is named after the words for none: $text', (agent) => {
    expect(read({ code: agent })).toMatchObject({ statement: 'allergy', title: agent.text });
  });

  it.each([
    'No known drug allergies; see notes',
    'No known medication allergies (patient, 2019)',
    'No known food allergies, latex not asked',
  ])('is not ruled out for its whole kind by words that go on: %s', (text) => {
    expect(read({ code: { text } })).toMatchObject({ statement: 'none-known', noneOf: 'one-thing' });
  });

  it.each([
    ['No known allergies, intolerances or sensitivities', 'one-thing'],
    ['No known drug allergies', 'medication'],
    ['No drug allergies recorded', 'medication'],
    ['No known medication allergy', 'medication'],
    ['No known adverse drug reactions', 'medication'],
    ['No known food allergies', 'food'],
  ])('is none where only none is said: %s', (text, noneOf) => {
    expect(read({ code: { text } })).toMatchObject({ statement: 'none-known', noneOf });
  });

  const table: readonly (readonly [status: string | undefined, verification: string | undefined, state: EntryState])[] =
    [
      ['active', 'confirmed', 'current'],
      ['active', 'unconfirmed', 'current'],
      ['active', 'presumed', 'current'],
      ['active', 'refuted', 'negated'],
      ['active', 'entered-in-error', 'in-error'],
      ['inactive', 'confirmed', 'past'],
      ['resolved', 'confirmed', 'past'],
      ['resolved', 'refuted', 'negated'],
      [undefined, 'entered-in-error', 'in-error'],
      [undefined, 'confirmed', 'unknown'],
      [undefined, undefined, 'unknown'],
      ['hasOwnProperty', undefined, 'unknown'],
    ];
  it.each(table)('with status %s and verification %s is %s', (status, verification, state) => {
    expect(read({ clinicalStatus: code(status), verificationStatus: code(verification) }).state).toBe(state);
  });

  it('is marked when nobody has confirmed it', () => {
    expect(read({ verificationStatus: code('unconfirmed') }).cautions).toContain('unconfirmed');
  });

  it('is in doubt when its end is recorded and its status says active', () => {
    const extension = [
      { url: 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement', valueDateTime: '2010' },
    ];
    expect(read({ extension })).toMatchObject({ state: 'unknown', cautions: ['source-unclear'] });
  });

  it('has the date of onset, else the date of recording said to be that, else none', () => {
    expect(read({ onsetDateTime: '1975', recordedDate: '2020-01-01' })).toMatchObject({ date: '1975' });
    expect(read({ onsetDateTime: '1975' })).not.toHaveProperty('dateIs');
    expect(read({ recordedDate: '2020-01-01' })).toMatchObject({ date: '2020-01-01', dateIs: 'recorded' });
    expect(read()).not.toHaveProperty('date');
  });

  it('keeps each reaction with its severity and description', () => {
    const reaction = [
      { manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe', description: 'Needed adrenaline' },
    ];
    expect(read({ reaction, criticality: 'high' })).toMatchObject({
      criticality: 'high',
      reactions: [{ manifestations: ['Anaphylaxis'], severity: 'severe', description: 'Needed adrenaline' }],
    });
  });

  it('keeps a reaction of which only part can be read, and nothing it did not say', () => {
    expect(read({ reaction: [{ manifestation: [{ text: 'Rash' }, {}] }] }).reactions).toEqual([
      { manifestations: ['Rash'] },
    ]);
  });

  it('stands among the allergies, under the names the section has', () => {
    expect(read().section).toBe('allergies');
    expect(allergies).toMatchObject({
      id: 'allergies',
      heading: 'Allergies and adverse reactions',
      groupedBy: 'agent',
      reads: ['AllergyIntolerance'],
      window: null,
    });
  });

  it.each([
    ['active', 'confirmed', 'active, confirmed'],
    ['active', undefined, 'active'],
    [undefined, 'confirmed', 'confirmed'],
    [undefined, undefined, undefined],
  ])('keeps what its source says of its standing: %s and %s', (status, verification, recorded) => {
    const entry = read({ clinicalStatus: code(status), verificationStatus: code(verification) });
    expect(entry.statusAsRecorded).toBe(recorded);
    expect('statusAsRecorded' in entry).toBe(recorded !== undefined);
  });

  it.each(['allergy', 'intolerance'])('says that it is an %s where its source does', (type) => {
    expect(read({ type })).toMatchObject({ kind: type });
  });

  it.each(['low', 'high', 'unable-to-assess'])(
    'says that its criticality is %s where its source does',
    (criticality) => {
      expect(read({ criticality })).toMatchObject({ criticality });
    },
  );

  it('says no kind, criticality, substance or category that is none of the standard’s, or not said', () => {
    const entry = read({ type: 'idiosyncrasy', criticality: 'extreme' });
    for (const absent of ['kind', 'criticality', 'substances']) expect(entry).not.toHaveProperty(absent);
    expect(entry.categories).toEqual([]);
    expect(read({ category: ['food', 'medication'] }).categories).toEqual(['food', 'medication']);
  });

  it('keeps an onset in words, and takes the last occurrence for a date where no onset has one', () => {
    expect(read({ onsetString: 'as a child' }).onsetText).toBe('as a child');
    expect(read({ lastOccurrence: '2019-05', recordedDate: '2020-01-01' })).toMatchObject({
      date: '2019-05',
      last: true,
    });
    expect(read({ lastOccurrence: '2019-05' })).not.toHaveProperty('dateIs');
    expect(read({ onsetDateTime: '2019-05' })).not.toHaveProperty('last');
  });

  it.each([
    ['unconfirmed', ['unconfirmed']],
    // Of a later version of the standard: nobody may be sure what it turns.
    ['presumed', ['not-interpretable', 'unconfirmed']],
    ['confirmed', []],
  ])('that is %s has the cautions %j', (verification, cautions) => {
    expect(read({ verificationStatus: code(verification) }).cautions).toEqual(cautions);
  });

  it('is past and in no doubt when its end is recorded and its status says so too', () => {
    const url = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AllergyIntoleranceEnd';
    const ended = { extension: [{ url, extension: [{ url: 'endDate', valueDateTime: '2010' }] }] };
    expect(read({ ...ended, clinicalStatus: code('resolved') })).toMatchObject({ state: 'past', cautions: [] });
    expect(read(ended)).toMatchObject({ state: 'unknown', cautions: ['source-unclear'] });
  });

  it('names all substances of its reactions once each, in an order that makes no difference', () => {
    const to = (...texts: readonly string[]): object => ({
      code: { text: 'Drug allergy', coding: [{ ...sct('416098002'), display: 'Allergy to drug' }] },
      reaction: texts.map((text) => ({ substance: { text } })),
    });
    expect(read(to('Codeine', 'Aspirin', 'Codeine')).title).toBe('Drug allergy (Codeine, Aspirin)');
    expect(keyOf(to('Codeine', 'Aspirin'))).toBe(keyOf(to('Aspirin', 'codeine')));
    expect(keyOf(to('Codeine', 'Aspirin'))).not.toBe(keyOf(to('Codeine')));
    // Named by one of its own words already.
    expect(read(to('Drug')).title).toBe('Drug allergy');
  });
});

describe('the order of allergies', () => {
  const fact = (...entries: readonly AllergyEntry[]): never => ({ entries }) as never;
  const mild = read({ id: 'mild', criticality: 'low' });
  const grave = read({ id: 'grave', criticality: 'high' });

  it('puts what is grave by any of its records first, then what stands, what is over or ruled out, and what is none', () => {
    const over = read({ clinicalStatus: code('resolved'), criticality: 'high' });
    const refuted = read({ verificationStatus: code('refuted'), criticality: 'high' });
    const none = read({ code: { text: 'No known food allergies' } });
    const ordered = [fact(mild, grave), fact(mild), fact(over), fact(none)];
    const backwards = [...ordered].reverse();
    expect(backwards.sort((a, b) => allergies.compare?.(a, b) ?? 0)).toEqual(ordered);
    expect(allergies.compare?.(fact(refuted), fact(over))).toBe(0);
    expect(allergies.compare?.(fact(refuted), fact(mild))).toBeGreaterThan(0);
    expect(allergies.compare?.(fact(none), fact(refuted))).toBeGreaterThan(0);
  });
});

describe('a word that is no allergy', () => {
  it.each([
    [
      { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] },
      'none-known',
      'anything',
    ],
    [
      { coding: [{ system: 'http://snomed.info/sct', code: '409137002', display: 'No known drug allergy' }] },
      'none-known',
      'medication',
    ],
    [
      { coding: [{ system: 'http://snomed.info/sct', code: '429625007', display: 'No known food allergy' }] },
      'none-known',
      'food',
    ],
    [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',
            code: 'no-known-medication-allergies',
          },
        ],
      },
      'none-known',
      'medication',
    ],
    [
      { coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-allergy-info' }] },
      'not-asked',
      undefined,
    ],
    [{ text: 'NKDA' }, 'none-known', 'medication'],
    [{ text: 'No known latex allergy' }, 'none-known', 'one-thing'],
    [{ text: 'No known allergy to eggs' }, 'none-known', 'one-thing'],
    [
      { coding: [{ system: 'http://snomed.info/sct', code: '1003774007', display: 'No known latex allergy' }] },
      'none-known',
      'one-thing',
    ],
    [{ text: 'No known allergies' }, 'none-known', 'anything'],
    [{ text: 'None known' }, 'none-known', 'anything'],
    [{ text: 'Not asked' }, 'not-asked', undefined],
    [{ text: 'Not on file' }, 'not-asked', undefined],
    [{ text: 'Unknown' }, 'not-asked', undefined],
  ])('%j is %s of %s', (concept, statement, noneOf) => {
    const entry = read({ code: concept });
    expect(entry.statement).toBe(statement);
    expect(entry.noneOf).toBe(noneOf);
  });

  it('is not found where a substance only begins alike', () => {
    expect(read({ code: { text: 'Nonoxinol' } }).statement).toBe('allergy');
    expect(read({ code: { text: 'Unknown antibiotic' } }).statement).toBe('allergy');
    expect(read({ code: { text: 'Allergy status not known' } }).statement).toBe('not-asked');
  });
});

describe('one line for several records of an allergy', () => {
  it('is made whatever their reactions, which stay on the lines inside', () => {
    expect(keyOf({ reaction: [{ manifestation: [{ text: 'Rash' }] }], criticality: 'high' })).toBe(keyOf());
  });

  it.each([
    ['standing', { clinicalStatus: code('resolved') }],
    ['refutation', { verificationStatus: code('refuted') }],
    ['certainty', { verificationStatus: code('unconfirmed') }],
    ['intolerance', { type: 'intolerance' }],
    ['agent', { code: { text: 'Amoxicillin' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });
});

describe('an allergy coded as a finding here and as a substance there', () => {
  const finding = { code: { text: 'Allergy to penicillin', coding: [sct('91936005')] } };
  const substance = { code: { text: 'Penicillin', coding: [sct('764146007')] }, type: 'allergy' };

  it.each([
    ['said to be an intolerance', { ...substance, type: 'intolerance' }],
    ['a member of the class', { ...substance, code: { text: 'Amoxicillin', coding: [sct('372687004')] } }],
    ['under a code its words contradict', { ...substance, code: { text: 'Latex', coding: [wrong('764146007')] } }],
  ])('stays two lines where the substance is %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf(finding));
  });

  it('is one line, whether or not the substance is said to be an allergy, for the list is of nothing else', () => {
    expect(keyOf(substance)).toBe(keyOf(finding));
    expect(keyOf({ ...substance, type: undefined })).toBe(keyOf(finding));
    expect(keyOf({ code: { text: 'Penicillin' } })).toBe(keyOf(finding));
    expect(keyOf({ ...substance, code: { text: 'Penicillin', coding: [sct('373270004')] } })).toBe(keyOf(finding));
  });
});
