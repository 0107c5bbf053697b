// Proves src/record/sections/legal-information.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildResolver } from '../../../src/record/fhir/reference.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { legalInformation } from '../../../src/record/sections/legal-information.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { ADRT, consent, DOLS, finding, LPA, paper, readLegal as read, type Change } from '../../support/legal.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

describe('who holds a power', () => {
  it.each([
    ['Lasting power of attorney: health and welfare', ['health-and-welfare']],
    ['Court-appointed deputy for property and affairs', ['property-and-affairs']],
    ['Detained under section 3 of the Mental Health Act', []],
    ['Deprivation of liberty: health care', []],
    ['Advance decision: health care', []],
    ['Mental capacity to manage property', []],
  ])('is said of attorneys and deputies alone: %s', (text, powers) => {
    expect(read(finding(text)).powers).toEqual(powers);
  });

  const held = (...actor: readonly object[]): readonly string[] => read(consent(LPA, { provision: { actor } })).holders;

  it('is every actor with a name, where none has the role of an attorney', () => {
    const other = { role: { coding: [{ code: 'NOK', display: 'next of kin' }] }, reference: { display: 'Joe Marsh' } };
    expect(held(other, { reference: { display: 'Helen Marsh' } }, { role: { text: 'Witness' } })).toEqual([
      'Joe Marsh',
      'Helen Marsh',
    ]);
    expect(held(other, { role: { text: 'Deputy' }, reference: { display: 'Helen Marsh' } })).toEqual(['Helen Marsh']);
  });
});

describe('where the signed paper is', () => {
  const DOCUMENT = { resourceType: 'DocumentReference', id: '9', description: 'In the red folder' };
  const resolve = buildResolver(new Map([['DocumentReference/9', DOCUMENT]]));
  const where = (change: Change): string | undefined => {
    const reading = legalInformation.read(consent(ADRT, change), { source: 'gp' as SourceId, resolve });
    return reading?.entries[0]?.documentLocation;
  };
  const told = [
    [
      'the words of an extension',
      { extension: [{ url: 'https://x.example/documentLocation', valueString: 'At home' }] },
      'At home',
    ],
    ['who keeps it', { custodian: { display: 'The solicitor' } }, 'The solicitor'],
    ['how the source calls it', { sourceReference: { reference: 'DocumentReference/9', display: 'Scan' } }, 'Scan'],
    ['how it calls itself', { sourceReference: { reference: 'DocumentReference/9' } }, 'In the red folder'],
    ['the title of an attached copy', { sourceAttachment: { title: 'Copy' } }, 'Copy'],
  ] as const;

  it.each(told)('is told by %s', (_what, change, location) => {
    expect(where(change)).toBe(location);
  });

  it('is told by the first of these', () => {
    const changes = told.map(([, change]) => change);
    const locations = told.map((_, from) => where(Object.assign({}, ...changes.slice(from).reverse()) as Change));
    expect(locations).toEqual(['At home', 'The solicitor', 'Scan', 'In the red folder', 'Copy']);
    expect(where({ extension: [{ url: 'https://x.example/DocumentLocation', valueString: 'At home' }] })).toBe(
      'At home',
    );
  });

  it('is not known where nothing is told of it', () => {
    expect(where({})).toBeUndefined();
  });
});

describe('legal information as a section', () => {
  it('is shown whole, over or not, of whatever type the source keeps it in', () => {
    expect(legalInformation).toMatchObject({
      id: 'legal-information',
      heading: 'Legal information',
      groupedBy: 'everything',
      reads: ['Consent', 'DocumentReference', 'Flag', 'Condition', 'Observation'],
      takes: ['RelatedPerson', 'Encounter'],
      window: null,
      showsEnded: true,
    });
  });

  it('leaves to social care the reason for its support', () => {
    const code = { text: 'Mental capacity act: primary support reason' };
    expect(readBy(legalInformation, { resourceType: 'Condition', id: '1', code })).toBeNull();
  });

  it('begins with what restricts most, and ends with what is over', () => {
    const on = (id: string, text: string, change: Change = {}): Resource =>
      finding(text, { id, effectiveDateTime: '2026-01-01', ...change });
    const all = [
      on('1', 'Lack of mental capacity'),
      on('2', 'Detained under the Mental Health Act', { status: 'cancelled' }),
      on('3', 'Court-appointed deputy'),
      on('4', LPA),
      on('5', ADRT),
      on('6', DOLS),
      on('7', 'Detained under section 3'),
    ];
    expect(listedInAnyOrder(legalInformation, all)).toEqual([
      [
        'Detained under section 3',
        DOLS,
        ADRT,
        LPA,
        'Court-appointed deputy',
        'Lack of mental capacity',
        'Detained under the Mental Health Act',
      ],
    ]);
    expect(standingsInOrder(legalInformation, read(finding(DOLS)))).toEqual([
      'current = unknown, in-error = negated = past = planned',
    ]);
  });
});

describe('one line for several records of a legal instrument', () => {
  const DAY = { dateTime: '2022-10-04' };
  const lines = (one: Change, other: Change, text = LPA, otherText = text): number =>
    linesOf(legalInformation, [consent(text, one)], [consent(otherText, { id: '2', ...other })]).length;
  const actors = (...names: readonly string[]): Change => ({
    provision: { actor: names.map((display) => ({ reference: { display } })) },
  });
  const until = (end: string): Change => ({ provision: { period: { start: '2026-01-01', end } } });

  it('is made of the same day and words, in other capitals and another order of holders', () => {
    expect(
      lines(
        { ...DAY, ...actors('Mrs Helen Marsh', 'Joe Marsh') },
        { dateTime: '2022-10-04T10:00:00Z', ...actors('Joe Marsh', 'Helen Marsh') },
        LPA,
        LPA.toUpperCase(),
      ),
    ).toBe(1);
  });

  it.each([
    ['another name', DAY, DAY, LPA, 'Lasting power of attorney'],
    ['another end', { ...DAY, ...until('2026-06-30') }, { ...DAY, ...until('2026-07-31') }, DOLS, DOLS],
    [
      'another day to look at it again',
      { ...DAY, ...until('2026-06-30') },
      { ...DAY, ...until('2026-07-31') },
      ADRT,
      ADRT,
    ],
    ['another standing', DAY, { ...DAY, status: 'inactive' }, LPA, LPA],
    ['no day', {}, {}, LPA, LPA],
  ])('is not made where they differ by %s', (_what, one, other, text, otherText) => {
    expect(lines(one, other, text, otherText)).toBe(2);
  });

  it('is not made where one found it and the other did not, or one is in doubt', () => {
    const found = (id: string, valueBoolean: boolean, status = 'final'): Resource =>
      finding('Has mental capacity', { id, status, valueBoolean, effectiveDateTime: '2026-01-01' });
    expect(linesOf(legalInformation, [found('1', true)], [found('2', false)])).toHaveLength(2);
    expect(linesOf(legalInformation, [found('1', true)], [found('2', true)])).toHaveLength(1);
    expect(linesOf(legalInformation, [found('1', true)], [found('2', true, 'amended')])).toHaveLength(2);
  });

  it('is made of copies of one numbered paper filed on one day, and of no others that are only filed', () => {
    const identifier = [{ system: 'https://forms.example', value: '1' }];
    const filed = (change: Change, other: Change): number =>
      linesOf(legalInformation, [paper(change)], [paper({ id: 'e', ...other })]).length;
    const on = (date: string): Change => ({ identifier, date });
    expect(filed(on('2026-01-01'), on('2026-01-01T10:00:00Z'))).toBe(1);
    expect(filed(on('2026-01-01'), on('2026-01-02'))).toBe(2);
    expect(filed({ date: '2026-01-01' }, { date: '2026-01-01' })).toBe(2);
    expect(filed({ identifier }, { identifier })).toBe(2);
  });
});
