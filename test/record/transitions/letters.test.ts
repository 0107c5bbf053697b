import { describe, expect, it } from 'vitest';
import { transitionsOf } from '../../../src/record/transitions.ts';
import { letter, sampleRecord } from '../../support/browser/sample-record.ts';
import { dischargeLetter, lettersOf, ofStay, stay, told, transitions } from './stays.ts';

const [START, END] = ['2026-10-20T09:00:00Z', '2026-10-28T15:00:00Z'];
const STAY = stay('e1', START, END);

describe('the letters of a stay', () => {
  it('are none that are about another stay, or about something else of those days', () => {
    const clinic = { ...letter('d1'), date: '2026-10-29T10:00:00Z' };
    const about = { related: [{ reference: 'Encounter/e1' }] };
    expect(lettersOf(told(STAY, clinic)[0])).toEqual([]);
    expect(lettersOf(told(STAY, { ...clinic, ...ofStay('e9') })[0])).toEqual([]);
    expect(lettersOf(told(STAY, { ...clinic, context: about })[0])).toEqual([]);
  });

  it('are those that name it at its own source, whatever they are called and whenever they were written', () => {
    const late = { ...letter('d1'), ...ofStay('e1'), date: '2026-11-18T10:00:00Z' };
    expect(lettersOf(told(STAY, late)[0])).toEqual(['DocumentReference/d1']);
    const elsewhere = transitions({ hospital: { resources: [STAY] }, surgery: { resources: [late] } });
    expect(elsewhere.map(lettersOf)).toEqual([[]]);
  });

  it('are those that name it among others, and also where it is one of several stays', () => {
    const both = {
      ...letter('d1'),
      context: { encounter: [{ reference: 'Encounter/e9' }, { reference: 'Encounter/e1' }] },
    };
    const old = stay('e0', '2026-02-01T09:00:00Z', '2026-02-03T09:00:00Z');
    expect(told(STAY, old, both).map(lettersOf)).toEqual([['DocumentReference/d1'], []]);
  });

  it('are none while the stay goes on', () => {
    const named = dischargeLetter('d1', '2026-10-29', ofStay('e1'));
    expect(lettersOf(told(stay('e1', START), named)[0])).toEqual([]);
  });

  it.each<[what: string, date: string, own: boolean, elsewhere: boolean]>([
    ['a day before she left', '2026-10-27T15:00:00Z', false, false],
    ['in the night before she left', '2026-10-27T16:00:00Z', true, true],
    ['two days after', '2026-10-30T15:00:00Z', true, true],
    ['more than two days after', '2026-10-30T16:00:00Z', true, false],
    ['a fortnight after', '2026-11-11T15:00:00Z', true, false],
    ['more than a fortnight after', '2026-11-11T16:00:00Z', false, false],
  ])('are those about a discharge, written %s: %s', (_what, date, own, elsewhere) => {
    const written = { ...dischargeLetter('d1', '2026-10-28'), ...ofStay('other'), date };
    expect(lettersOf(told(STAY, written).at(0))).toEqual(own ? ['DocumentReference/d1'] : []);
    const [one] = transitions({ hospital: { resources: [STAY] }, surgery: { resources: [written] } });
    expect(lettersOf(one)).toEqual(elsewhere ? ['DocumentReference/d1'] : []);
  });

  it('are those whose title alone says so, or whose kind alone does', () => {
    const of = (title: string, type?: string): object => ({
      ...letter('d1', title),
      ...ofStay('other'),
      date: '2026-10-29T10:00:00Z',
      type: type && { text: type },
    });
    expect(lettersOf(told(STAY, of('DISCHARGE letter'))[0])).toHaveLength(1);
    expect(lettersOf(told(STAY, of('Letter', 'Discharge summary'))[0])).toHaveLength(1);
    expect(lettersOf(told(STAY, of('Stryker frame fitted'))[0])).toEqual([]);
  });

  it('are those of the day on which they were written, whenever they were filed', () => {
    const written = (creation: string, date?: string): object => ({
      ...dischargeLetter('d1', '2026-10-29'),
      ...ofStay('other'),
      date,
      content: [{ attachment: { contentType: 'text/html', url: 'Binary/d1', title: 'Letter', creation } }],
    });
    expect(lettersOf(told(STAY, written('2026-10-29'))[0])).toHaveLength(1);
    expect(lettersOf(told(STAY, written('2026-10-29', '2026-11-20T10:00:00Z'))[0])).toHaveLength(1);
    expect(lettersOf(told(STAY, written('2026-09-01', '2026-10-29T10:00:00Z'))[0])).toEqual([]);
  });

  it('are none of which nobody says when they were written', () => {
    expect(lettersOf(told(STAY, { ...dischargeLetter('d1', ''), ...ofStay('other'), date: undefined })[0])).toEqual([]);
  });

  it('are as late as a fortnight from any system of the same hospital, and from no other', () => {
    const late = { ...dischargeLetter('d1', '2026-11-08'), ...ofStay('other') };
    const record = sampleRecord({ hospital: { resources: [STAY] }, archive: { resources: [late] } });
    expect(transitionsOf(record).map(lettersOf)).toEqual([[]]);
    const [home] = record.sources;
    const sources = record.sources.map((one) => ({
      ...one,
      source: { ...one.source, organisation: home?.source.organisation ?? one.source.organisation },
    }));
    expect(transitionsOf({ ...record, sources }).map(lettersOf)).toEqual([['DocumentReference/d1']]);
  });
});
