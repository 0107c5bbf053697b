import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { pregnancyStatus, type PregnancyEntry } from '../../../src/record/sections/pregnancy-status.ts';
import { aPatient, conflictKinds, entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

const STATUS = { coding: [{ system: 'http://loinc.org', code: '82810-3', display: 'Pregnancy status' }] };
const DUE = { coding: [{ system: 'http://loinc.org', code: '11778-8', display: 'Delivery date Estimated' }] };

function said(change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: STATUS,
    effectiveDateTime: '2026-10-01',
    ...change,
  };
}

const read = (resource: Resource): PregnancyEntry => entryFrom<PregnancyEntry>(resource);
const text = (words: string): object => ({ valueCodeableConcept: { text: words } });

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

describe('an estimated date of delivery', () => {
  it('without a date says so', () => {
    expect(read(said({ code: DUE }))).toMatchObject({ kind: 'due-date', cautions: ['value-missing'] });
  });

  it('is kept as recorded', () => {
    expect(read(said({ code: DUE, valueDateTime: '2027-03-05' }))).toMatchObject({
      due: '2027-03-05',
      date: '2026-10-01',
    });
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

describe('one line for several statements', () => {
  it('is made only where the day and all that is said are the same', () => {
    const key = (change: object): string => pregnancyStatus.factKey(read(said({ ...text('Pregnant'), ...change })));
    expect(key({ id: '2' })).toBe(key({}));
    expect(key({ effectiveDateTime: '2026-10-02' })).not.toBe(key({}));
    expect(key(text('Not pregnant'))).not.toBe(key({}));
  });
});

describe('pregnant here and not there', () => {
  const yes = said(text('Pregnant'));

  it('is no disagreement where the denial is older, or the same record tells of a change', () => {
    expect(
      conflictKinds({ gp: [yes], hospital: [said({ ...text('Not pregnant'), effectiveDateTime: '2026-06-01' })] }),
    ).toEqual([]);
    expect(
      conflictKinds({ gp: [yes, said({ id: '2', ...text('Not pregnant'), effectiveDateTime: '2026-11-01' })] }),
    ).toEqual([]);
  });

  it('is a disagreement where another record denies it later', () => {
    expect(
      conflictKinds({ gp: [yes], hospital: [said({ ...text('Not pregnant'), effectiveDateTime: '2026-10-20' })] }),
    ).toEqual(['pregnancy-differs']);
  });

  it('is one too where two dates of delivery stand', () => {
    const due = (valueDateTime: string): Resource => said({ code: DUE, valueDateTime });
    expect(conflictKinds({ gp: [due('2027-03-05')], hospital: [due('2027-03-05')] })).toEqual([]);
    expect(conflictKinds({ gp: [due('2027-03-05')], hospital: [due('2027-03-19')] })).toEqual(['pregnancy-differs']);
  });
});

describe('a maternity episode', () => {
  it('is over when it has ended, and keeps its dates', () => {
    const episode = {
      resourceType: 'EpisodeOfCare',
      id: '1',
      status: 'finished',
      type: [{ text: 'Maternity care' }],
      period: { start: '2019-01-01', end: '2019-09-01' },
    };
    expect(read(episode)).toMatchObject({
      kind: 'episode',
      state: 'past',
      period: { start: '2019-01-01', end: '2019-09-01' },
    });
  });
});

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const coded = (system: string, code: string, words = 'As coded') => ({ coding: [{ system, code }], text: words });
const condition = (code: object, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: '1',
  code,
  ...change,
});
const episode = (change: object = {}): Resource => ({
  resourceType: 'EpisodeOfCare',
  id: '1',
  status: 'active',
  type: [{ text: 'Maternity care' }],
  ...change,
});

describe('pregnancy status', () => {
  it('has its heading, and no window', () => {
    expect(pregnancyStatus).toMatchObject({
      id: 'pregnancy-status',
      heading: 'Pregnancy status',
      window: null,
      groupedBy: 'everything',
      showsEnded: true,
    });
  });

  it.each<[string, Resource]>([
    ['of another type', { resourceType: 'Flag', id: '1', code: { text: 'Pregnant' } }],
    ['without a code', said({ code: undefined, valueString: 'Pregnant' })],
    ['a problem without a code', condition({})],
    ['a problem that names more', condition({ text: 'Pregnant with twins' })],
    ['a problem that ends so', condition({ text: 'Previously pregnant' })],
    ['a problem that is only possible', condition(coded(SCT, '146799005', 'Possible pregnancy'))],
    ['a problem by an unknown code', condition(coded(SCT, '1'))],
    ['a date of delivery as a problem', condition({ text: 'Estimated date of delivery' })],
    ['a code of another system', said({ code: coded('https://local.example', '82810-3') })],
    ['a test by its words', said({ code: { text: 'Pregnancy' }, category: [{ text: 'Laboratory' }] })],
    ['a due date of something else', said({ code: { text: 'Review due date' } })],
    ['an estimate of something else', said({ code: { text: 'Estimated weight' } })],
    ['an episode of the council', episode({ type: [{ text: 'Maternity care' }, { text: 'Social care' }] })],
    ['an episode that names none', episode({ type: [] })],
    ['an episode that only contains the word', episode({ type: [{ text: 'Paternity leave' }] })],
  ])('is not %s', (_what, resource) => {
    expect(readBy(pregnancyStatus, resource)).toBeNull();
  });

  it.each([
    'Pregnancy status',
    'Pregnancy',
    'Pregnant',
    'Not pregnant',
    'Currently pregnant',
    'Currently not pregnant',
    'Patient pregnant',
    'Patient is pregnant',
    'Patient is not pregnant',
    'Patient currently pregnant',
    'Possibly pregnant',
    'Possible pregnancy',
    'EDD',
    'EDD by scan',
    'Due date',
    'Expected date of confinement',
    'Expected due date',
    'Estimated date of birth',
    'Estimated due date of delivery',
    'Estimated delivery date',
    'Delivery date estimated',
  ])('is known by its words: %s', (words) => {
    expect(readBy(pregnancyStatus, said({ code: { text: words } }))?.entries).toHaveLength(1);
  });

  it.each([
    'Pregnancy status and plans',
    'Is pregnant',
    'Currently pregnant with twins',
    'Delivery date estimated by scan',
    'EDDA',
    'Previous due date',
    'An EDD',
    'Actual estimated delivery date',
    'The expected date of delivery',
    'Actual delivery date estimated',
  ])('is not known by words that say more: %s', (words) => {
    expect(readBy(pregnancyStatus, said({ code: { text: words } }))).toBeNull();
  });

  it.each(['Maternity', 'Antenatal care', 'Pregnancy', 'Obstetrics', 'Obstetric care'])(
    'is an episode of %s, among others',
    (text) => {
      expect(readBy(pregnancyStatus, episode({ type: [{ text: 'Community' }, { text }] }))?.entries).toHaveLength(1);
    },
  );
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

describe('an observation of a pregnancy', () => {
  it('is read whole', () => {
    expect(read(said({ ...text('Pregnant'), note: [{ text: 'Twins' }] }))).toEqual({
      id: 'gp/Observation/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'Observation/1' },
      kind: 'status',
      title: 'Pregnancy status',
      code: { text: 'Pregnancy status', codings: STATUS.coding },
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-10-01',
      pregnant: 'yes',
      value: 'Pregnant',
      cautions: [],
      labels: [],
      notes: ['Twins'],
      links: [],
    });
  });

  it('keeps a value that is neither, and why there is none', () => {
    expect(read(said({ valueString: 'Declined' }))).toMatchObject({ value: 'Declined', cautions: [] });
    const dataAbsentReason = { coding: [{ code: 'asked-declined' }] };
    expect(read(said({ dataAbsentReason }))).toMatchObject({ value: 'asked-declined', cautions: ['value-missing'] });
    const births = said({ code: coded(LOINC, '11636-8'), valueQuantity: { value: 2 } });
    expect(read(births)).toMatchObject({ kind: 'history', value: '2', cautions: [] });
    expect(read({ ...births, valueQuantity: undefined, valueString: 'Yes' })).not.toHaveProperty('pregnant');
  });

  it('has its date of delivery once, and words for one as they are', () => {
    const due = read(said({ code: DUE, valueDateTime: '2027-03-05' }));
    expect(due).not.toHaveProperty('value');
    expect(due.cautions).toEqual([]);
    expect(due).not.toHaveProperty('pregnant');
    const words = read(said({ code: DUE, valueString: 'early March' }));
    expect(words).toMatchObject({ value: 'early March', cautions: [] });
    expect(words).not.toHaveProperty('due');
    const dated = read(said({ valueDateTime: '2026-10-01' }));
    expect(dated).toMatchObject({ kind: 'status', value: '2026-10-01' });
    expect(dated).not.toHaveProperty('due');
  });

  it('that says all by its name lacks no value', () => {
    expect(read(said({ code: { text: 'Pregnant' } }))).toMatchObject({ pregnant: 'yes', cautions: [] });
  });
});

describe('a problem that is a pregnancy', () => {
  it('is read whole', () => {
    const problem = condition(
      { coding: [{ system: SCT, code: '77386006', display: 'Pregnant' }] },
      {
        clinicalStatus: { coding: [{ code: 'active' }] },
        verificationStatus: { coding: [{ code: 'confirmed' }] },
        onsetDateTime: '2026-08-01',
      },
    );
    expect(read(problem)).toEqual({
      id: 'gp/Condition/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'Condition/1' },
      kind: 'status',
      title: 'Pregnant',
      code: { text: 'Pregnant', codings: [{ system: SCT, code: '77386006', display: 'Pregnant' }] },
      state: 'current',
      statusAsRecorded: 'active, confirmed',
      date: '2026-08-01',
      period: { start: '2026-08-01' },
      pregnant: 'yes',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('is known by a code, or by the whole of its words', () => {
    expect(read(condition(coded(SCT, '60001007'))).pregnant).toBe('no');
    expect(read(condition({ text: 'Pregnant' })).pregnant).toBe('yes');
    expect(read(condition({ text: 'Not pregnant' })).pregnant).toBe('no');
    expect(read(condition({ text: 'Currently pregnant' })).pregnant).toBe('yes');
  });

  it('whose words and code differ is neither, and says so', () => {
    const differing = { coding: [{ system: SCT, code: '77386006', display: 'Pregnant' }], text: 'Miscarriage' };
    expect(read(condition(differing)).cautions).toEqual(['text-differs']);
    expect(read(condition(differing))).not.toHaveProperty('pregnant');
  });
});

describe('an episode of maternity care', () => {
  it('is read whole', () => {
    expect(read(episode({ period: { start: '2026-06-01' }, careManager: { display: 'Willow midwives' } }))).toEqual({
      id: 'gp/EpisodeOfCare/1',
      section: 'pregnancy-status',
      origin: { source: 'gp', resource: 'EpisodeOfCare/1' },
      kind: 'episode',
      title: 'Maternity care',
      code: { text: 'Maternity care', codings: [] },
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-06-01',
      period: { start: '2026-06-01' },
      team: 'Willow midwives',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it.each([
    ['planned', 'planned'],
    ['waitlist', 'planned'],
    ['active', 'current'],
    ['onhold', 'current'],
    ['finished', 'past'],
    ['cancelled', 'negated'],
    ['entered-in-error', 'in-error'],
    ['other', 'unknown'],
  ])('that is %s stands as %s', (status, state) => {
    expect(read(episode({ status })).state).toBe(state);
  });

  it('of which only the end is known has that for its date, and may have no date', () => {
    expect(read(episode({ period: { end: '2026-09-01' } })).date).toBe('2026-09-01');
    expect(read(episode())).not.toHaveProperty('date');
    expect(read(episode())).not.toHaveProperty('team');
  });

  it('is called by the first of its types', () => {
    expect(read(episode({ type: [{ text: 'Community' }, { text: 'Antenatal' }] })).title).toBe('Community');
  });
});

describe('a pregnancy that nobody closed', () => {
  const DAY = 86_400_000;
  const stateOn = (resource: Resource, nowMs: number) => pregnancyStatus.stateAt?.(read(resource), nowMs);
  const at = (day: string) => Date.parse(day);

  it('is over 45 weeks after it was noticed, and not a day before', () => {
    const pregnant = said({ ...text('Pregnant'), effectiveDateTime: '2026-01-01' });
    expect(stateOn(pregnant, at('2026-01-02') + 45 * 7 * DAY - 1)).toBe('current');
    expect(stateOn(pregnant, at('2026-01-02') + 45 * 7 * DAY)).toBe('past');
  });

  it('is over six weeks after its date of delivery, and not a day before', () => {
    const due = said({ code: DUE, valueDateTime: '2026-06-01', effectiveDateTime: '2020-01-01' });
    expect(stateOn(due, at('2026-06-02') + 6 * 7 * DAY - 1)).toBe('current');
    expect(stateOn(due, at('2026-06-02') + 6 * 7 * DAY)).toBe('past');
  });

  it('is over too where no record says that it was open', () => {
    expect(stateOn(condition({ text: 'Pregnant' }, { onsetDateTime: '2019-05-01' }), at('2026-11-22'))).toBe('past');
    expect(stateOn(condition({ text: 'Pregnant' }), at('2026-11-22'))).toBe('unknown');
  });

  it('is no pregnancy again by having lasted, and births stay births', () => {
    const old = { effectiveDateTime: '2019-05-01' };
    expect(stateOn(said({ ...text('Pregnant'), ...old, status: 'cancelled' }), at('2026-11-22'))).toBe('negated');
    const births = said({ ...old, code: coded(LOINC, '11636-8'), valueString: '2' });
    expect(stateOn(births, at('2026-11-22'))).toBe('current');
  });
});

describe('lines of pregnancy', () => {
  const one = said(text('Pregnant'));

  it('are one of two records where all that is said is the same', () => {
    expect(linesOf(pregnancyStatus, [one], [one])).toHaveLength(1);
    const amended = (id: string) =>
      said({ ...text('Pregnant'), id, status: 'amended', dataAbsentReason: { text: 'x' } });
    expect(linesOf(pregnancyStatus, [amended('1')], [amended('2')])).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['a day', { effectiveDateTime: '2026-10-02' }],
    ['an answer', text('Not pregnant')],
    ['words', { code: { text: 'Pregnancy' } }],
    ['a standing', { status: 'registered' }],
    ['a doubt', { focus: [{ reference: 'RelatedPerson/1' }] }],
    ['a kind', { code: DUE, valueString: 'Pregnant', valueCodeableConcept: undefined }],
    ['no date', { effectiveDateTime: undefined }],
    ['a date that is only of the record', { effectiveDateTime: undefined, issued: '2026-10-01' }],
  ])('are two by %s', (_what, change) => {
    const other = said({ ...text('Pregnant'), ...change });
    expect(linesOf(pregnancyStatus, [one], [other])).toHaveLength(2);
  });

  it('are two of what has no date, or only that of its record', () => {
    const undated = said({ ...text('Pregnant'), effectiveDateTime: undefined });
    expect(linesOf(pregnancyStatus, [undated], [undated])).toHaveLength(2);
    const recorded = { ...undated, issued: '2026-10-01T10:00:00Z' };
    expect(linesOf(pregnancyStatus, [recorded], [recorded])).toHaveLength(2);
  });

  it('are two by another date of delivery, another end, and for two episodes', () => {
    const due = (valueDateTime: string) => said({ code: DUE, valueDateTime });
    expect(linesOf(pregnancyStatus, [due('2027-03-05')], [due('2027-03-06')])).toHaveLength(2);
    const births = (valueString: string) => said({ code: coded(LOINC, '11636-8'), valueString });
    expect(linesOf(pregnancyStatus, [births('2')], [births('3')])).toHaveLength(2);
    const problem = (abatementDateTime: string) =>
      condition({ text: 'Pregnant' }, { onsetDateTime: '2026-01-01', abatementDateTime });
    expect(linesOf(pregnancyStatus, [problem('2026-08-01')], [problem('2026-09-01')])).toHaveLength(2);
    expect(linesOf(pregnancyStatus, [problem('2026-08-01')], [problem('2026-08-01')])).toHaveLength(1);
    const started = episode({ period: { start: '2026-06-01' } });
    expect(linesOf(pregnancyStatus, [started], [started])).toHaveLength(2);
  });

  it('are listed with what stands first, by kind, and births with what is over, however they arrive', () => {
    const births = said({ id: '4', code: coded(LOINC, '11636-8', 'Births'), valueString: '2' });
    const due = said({ id: '2', code: { text: 'EDD' }, valueDateTime: '2027-03-05' });
    const over = said({ id: '5', code: { text: 'Pregnancy' }, valueString: 'Pregnant', effectiveDateTime: '2019' });
    const care = episode({ id: '3', period: { start: '2026-06-01' } });
    expect(listedInAnyOrder(pregnancyStatus, [births, over, due, care, said(text('Pregnant'))])).toEqual([
      ['Pregnancy status', 'EDD', 'Maternity care', 'Pregnancy', 'Births'],
    ]);
  });

  it('stand first while they are current or may be', () => {
    expect(standingsInOrder(pregnancyStatus, read(one))).toEqual([
      'current = unknown, in-error = negated = past = planned',
    ]);
  });
});
