// Proves src/record/sections/pregnancy-status.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { pregnancyStatus } from '../../../src/record/sections/pregnancy-status.ts';
import { coded, condition, DUE, episode, LOINC, read, said, SCT, text } from '../../support/pregnancy.ts';
import { conflictKinds } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

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
