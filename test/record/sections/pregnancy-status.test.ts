import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { PregnancyEntry } from '../../../src/record/sections/pregnancy-status.ts';
import { coded, DUE, LOINC, read, said, SCT, STATUS, text } from '../../support/pregnancy.ts';
import { aPatient, entriesFrom, entryFrom } from '../../support/record.ts';

describe('what is no pregnancy status', () => {
  it.each([
    [
      'a pregnancy test',
      said({
        category: [{ coding: [{ code: 'laboratory' }] }],
        code: { text: 'Pregnancy test' },
        valueString: 'Positive',
      }),
    ],
    ['advice', said({ code: { text: 'Pregnancy advice given' } })],
    ['an ectopic pregnancy', { resourceType: 'Condition', id: '1', code: { text: 'Ectopic pregnancy' } }],
    [
      'an episode of another kind',
      { resourceType: 'EpisodeOfCare', id: '1', status: 'active', type: [{ text: 'Heart failure service' }] },
    ],
  ])('%s', (_what, resource) => {
    expect(entryFrom(resource).section).not.toBe('pregnancy-status');
  });
});

describe('whether she is pregnant', () => {
  it.each([
    ['Not pregnant', 'no'],
    ['Patient is not currently pregnant', 'no'],
    ['No longer pregnant', 'no'],
    ['Possibly pregnant', 'possible'],
    ['Pregnant', 'yes'],
    ['Unknown', undefined],
    ['Declined', undefined],
  ])('is read from %s as %s', (words, pregnant) => {
    expect(read(said(text(words))).pregnant).toBe(pregnant);
  });

  it('is never read from a title whose answer is no', () => {
    expect(read(said({ code: { text: 'Pregnant' }, valueBoolean: false }))).toMatchObject({
      pregnant: 'no',
      value: 'No',
    });
    expect(read(said({ code: { text: 'Not pregnant' }, valueBoolean: false }))).not.toHaveProperty('pregnant');
    expect(read(said({ code: { text: 'Pregnant' }, ...text('Not pregnant') }))).not.toHaveProperty('pregnant');
  });

  it('is not known where the status has no value', () => {
    expect(read(said())).toMatchObject({ cautions: ['value-missing'] });
    expect(read(said())).not.toHaveProperty('pregnant');
  });

  it('is denied by a refuted problem, and withdrawn by one in error', () => {
    const problem = (verification: string): Resource => ({
      resourceType: 'Condition',
      id: '1',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006', display: 'Pregnant' }] },
      verificationStatus: { coding: [{ code: verification }] },
    });
    expect(read(problem('refuted')).state).toBe('negated');
    expect(read(problem('entered-in-error')).state).toBe('in-error');
    expect(read(problem('provisional')).cautions).toEqual(['unconfirmed']);
  });

  it('of somebody else is marked so', () => {
    expect(read(said({ ...text('Pregnant'), focus: [{ reference: 'RelatedPerson/1' }] })).cautions).toEqual([
      'about-somebody-else',
    ]);
  });
});

describe('a pregnancy as time goes by', () => {
  const stateOf = (...resources: readonly Resource[]): readonly string[] => {
    const record = buildRecord({
      patient: aPatient(),
      sources: [],
      statuses: new Map(),
      entries: entriesFrom('gp', ...resources),
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    return (
      record.sections.find(({ id }) => id === 'pregnancy-status')?.facts.map(({ entries: [entry] }) => entry.state) ??
      []
    );
  };

  it('is over when it has lasted longer than any, or its due date is long past', () => {
    expect(stateOf(said({ ...text('Pregnant'), effectiveDateTime: '2019-05-01' }))).toEqual(['past']);
    expect(stateOf(said({ code: DUE, valueDateTime: '2026-08-01' }))).toEqual(['past']);
  });

  it('stands while it may', () => {
    expect(stateOf(said(text('Pregnant')))).toEqual(['current']);
    expect(stateOf(said({ code: DUE, valueDateTime: '2026-11-10' }))).toEqual(['current']);
    expect(stateOf(said({ ...text('Pregnant'), effectiveDateTime: '2026' }))).toEqual(['current']);
  });
});

describe('a statement by its code', () => {
  it.each<[string, string, PregnancyEntry['kind']]>([
    [LOINC, '82810-3', 'status'],
    [SCT, '77386006', 'status'],
    [SCT, '60001007', 'status'],
    [SCT, '146799005', 'status'],
    [LOINC, '11778-8', 'due-date'],
    [LOINC, '11779-6', 'due-date'],
    [LOINC, '11780-4', 'due-date'],
    [SCT, '161714006', 'due-date'],
    ...['11636-8', '11637-6', '11638-4', '11639-2', '11640-0', '11612-9', '11613-7', '11614-5', '33065-4'].map(
      (code): [string, string, PregnancyEntry['kind']] => [LOINC, code, 'history'],
    ),
  ])('of %s %s, whatever its words and its category, is of the kind %s', (system, code, kind) => {
    const category = [{ coding: [{ code: 'laboratory' }] }];
    expect(read(said({ code: coded(system, code), category, valueString: '2' }))).toMatchObject({ kind, value: '2' });
  });

  it('by its words is a date of delivery, or a status', () => {
    expect(read(said({ code: { text: 'EDD' } })).kind).toBe('due-date');
    expect(read(said({ code: { text: 'Pregnancy' } })).kind).toBe('status');
  });

  it.each<[string, PregnancyEntry['pregnant']]>([
    ['77386006', 'yes'],
    ['60001007', 'no'],
    ['146799005', 'possible'],
  ])('%s that says it all by itself is %s', (code, pregnant) => {
    expect(read(said({ code: coded(SCT, code) })).pregnant).toBe(pregnant);
    expect(read(said({ valueCodeableConcept: coded(SCT, code) })).pregnant).toBe(pregnant);
    const among = { coding: [{ display: 'As coded' }, { system: SCT, code }], text: 'As coded' };
    expect(read(said({ valueCodeableConcept: among })).pregnant).toBe(pregnant);
  });

  it.each<[string, PregnancyEntry['pregnant']]>([
    ['LA15173-0', 'yes'],
    ['LA26683-5', 'no'],
    ['LA4489-6', undefined],
  ])('answered with %s of LOINC is %s', (code, pregnant) => {
    expect(read(said({ valueCodeableConcept: coded(LOINC, code) })).pregnant).toBe(pregnant);
  });

  it('whose code and words say opposite things is neither', () => {
    expect(read(said({ code: coded(SCT, '77386006', 'Not pregnant') }))).not.toHaveProperty('pregnant');
    expect(read(said({ valueCodeableConcept: coded(SCT, '60001007', 'Pregnant') }))).not.toHaveProperty('pregnant');
  });
});

describe('whether she is pregnant, in words', () => {
  it.each<[string, PregnancyEntry['pregnant']]>([
    ['Never pregnant', 'no'],
    ['Not currently pregnant', 'no'],
    ['No', 'no'],
    ['Possible pregnancy', 'possible'],
    ['May be pregnant', 'possible'],
    ['Might be pregnant', 'possible'],
    ['Query pregnant', 'possible'],
    ['Suspected pregnancy', 'possible'],
    ['Could be pregnant', 'possible'],
    ['Pregnant?', 'possible'],
    ['Currently pregnant', 'yes'],
    ['Patient pregnant', 'yes'],
    ['Patient is pregnant', 'yes'],
    ['Patient currently pregnant', 'yes'],
    ['Yes', 'yes'],
    ['Yes, I think', undefined],
    ['I say yes', undefined],
    ['No longer sure', undefined],
    ['Says no', undefined],
    ['Is pregnant', undefined],
    ['Pregnant with doubts', undefined],
    ['Negative', undefined],
  ])('%s is %s', (words, pregnant) => {
    expect(read(said({ valueString: words })).pregnant).toBe(pregnant);
    expect(read(said({ code: { text: 'Pregnancy' }, valueString: words })).pregnant).toBe(pregnant);
    expect(read(said({ valueCodeableConcept: { text: words } })).pregnant).toBe(pregnant);
  });

  it.each(['82810-3 of LOINC', 'Pregnancy status', 'Pregnancy'])(
    'is asked by %s and answered yes or no',
    (question) => {
      const code = question.startsWith('8') ? STATUS : { text: question };
      expect(read(said({ code, valueBoolean: true })).pregnant).toBe('yes');
      expect(read(said({ code, valueBoolean: false })).pregnant).toBe('no');
      for (const yes of ['Yes', 'TRUE', 'true']) expect(read(said({ code, valueString: yes })).pregnant).toBe('yes');
      for (const no of ['no', 'False']) expect(read(said({ code, valueString: no })).pregnant).toBe('no');
    },
  );

  it('is told by what is asserted, where that is confirmed or turned round', () => {
    const of = (title: string, answer: boolean) => read(said({ code: { text: title }, valueBoolean: answer })).pregnant;
    expect(of('Pregnant', true)).toBe('yes');
    expect(of('Pregnant', false)).toBe('no');
    expect(of('Not pregnant', true)).toBe('no');
    expect(of('Not pregnant', false)).toBeUndefined();
    expect(of('Possibly pregnant', true)).toBeUndefined();
    expect(of('Possibly pregnant', false)).toBeUndefined();
  });

  it('is told by both together where they agree, and by neither where they do not', () => {
    const of = (title: string, valueString: string) => read(said({ code: { text: title }, valueString })).pregnant;
    expect(of('Pregnant', 'Currently pregnant')).toBe('yes');
    expect(of('Pregnant', 'Not pregnant')).toBeUndefined();
    expect(of('Pregnant', 'Unknown')).toBeUndefined();
    expect(of('Not pregnant', 'Unknown')).toBeUndefined();
  });
});
