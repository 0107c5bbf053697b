import { describe, expect, it } from 'vitest';
import { transitionsOf } from '../../../src/record/transitions.ts';
import { medicine, sampleRecord } from '../../support/browser/sample-record.ts';
import { at, dischargeLetter, ofStay, ROYAL, stay, THORNBY, told, transitions } from './stays.ts';

const [START, END] = ['2026-10-20T09:00:00Z', '2026-10-28T15:00:00Z'];

describe('what is told of a stay', () => {
  it('is not that she left, where she is still there and the end is only foreseen', () => {
    const [one, ...others] = told(stay('e1', START, '2026-12-02', { status: 'in-progress' }));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'admission', date: START, start: START });
    expect(one).not.toHaveProperty('end');
  });

  it('is not that she left on the day on which her stay was to end, where it is only planned', () => {
    const [one] = told(stay('e1', '2026-12-01T09:00:00Z', '2026-12-04T15:00:00Z', { status: 'planned' }));
    expect(one).toMatchObject({
      kind: 'planned',
      date: '2026-12-01T09:00:00Z',
      letters: [],
      changes: [],
      unchanged: 0,
    });
    expect(one).not.toHaveProperty('end');
  });

  it.each(['cancelled', 'entered-in-error'])('is nothing, where it was %s', (status) => {
    expect(told(stay('e1', START, END, { status }))).toEqual([]);
  });

  it('is when, where, of what kind, why and whither', () => {
    const [one] = told(
      stay('e1', START, END, {
        reasonCode: [{ text: 'Chest pain' }],
        hospitalization: { dischargeDisposition: { text: 'Home' } },
      }),
    );
    expect(one).toMatchObject({
      id: 'hospital/Encounter/e1#discharge',
      kind: 'discharge',
      date: END,
      start: START,
      end: END,
      ods: 'HOSPITAL',
      organisation: ROYAL,
      specialty: 'Cardiology',
      to: 'Home',
      reasons: ['Chest pain'],
    });
    expect(one?.entry.section).toBe('discharges');
  });

  it('is nothing that no record says: neither a day, nor a specialty, nor a place she went to', () => {
    const [one] = told(stay('e1', undefined, undefined, { serviceType: undefined }));
    expect(one).toMatchObject({ kind: 'admission', reasons: [], letters: [], changes: [], unchanged: 0 });
    for (const part of ['date', 'start', 'end', 'specialty', 'to', 'cameFrom']) expect(one).not.toHaveProperty(part);
    expect(one?.entry.section).toBe('admissions');
    expect(one?.specialty).toBeUndefined();
  });

  it('is its specialty while she is there, and its end where nobody says when it began', () => {
    expect(told(stay('e1', START))[0]?.specialty).toBe('Cardiology');
    const [over] = told(stay('e2', undefined, END));
    expect(over).toMatchObject({ kind: 'discharge', date: END, end: END });
    expect(over).not.toHaveProperty('start');
  });

  it('is the place that tells of it where the stay names none', () => {
    expect(told(stay('e1', START, END, { serviceProvider: undefined }))[0]?.organisation).toBe(ROYAL);
  });

  it('is one stay where two tell of it and only one says whither she went', () => {
    const shared = { identifier: [{ system: 'https://ousebridge.example/stay', value: 'S-1' }] };
    const to = (text: string): object => ({ ...shared, hospitalization: { dischargeDisposition: { text } } });
    const two = transitions({
      hospital: { resources: [stay('e1', START, END, to('Home'))] },
      ambulance: { resources: [stay('e9', START, END, shared)] },
    });
    expect(two.map(({ kind, to: whither }) => [kind, whither])).toEqual([['discharge', 'Home']]);
    const differ = transitions({
      ambulance: { resources: [stay('e9', START, END, to('Home'))] },
      hospital: { resources: [stay('e1', START, END, to('Care home'))] },
    });
    expect(differ.map(({ kind, to: whither }) => [kind, whither])).toEqual([['discharge', 'Care home / Home']]);
  });

  it('is not what another organisation tells of another stay under the same identifier', () => {
    const two = transitions({
      hospital: { resources: [stay('e1', '2026-11-10T09:00:00Z')] },
      ambulance: { resources: [stay('e1', START, END, at(THORNBY))] },
    });
    expect(two.map(({ kind, organisation }) => [kind, organisation])).toEqual([
      ['admission', ROYAL],
      ['discharge', THORNBY],
    ]);
  });

  it('is what the heading of discharges says where that of admissions is not to be seen', () => {
    const record = sampleRecord({
      hospital: { resources: [stay('e1', START, END), stay('e2', START, '2026-12-02', { status: 'in-progress' })] },
    });
    const seen = { ...record, sections: record.sections.filter(({ id }) => id !== 'admissions') };
    const [left, there] = transitionsOf(seen);
    expect(left).toMatchObject({ kind: 'discharge', date: END, end: END, organisation: ROYAL, reasons: [] });
    expect(there).toMatchObject({ kind: 'admission', organisation: ROYAL });
    expect(there).not.toHaveProperty('date');
    expect(transitionsOf({ ...record, sections: [] })).toEqual([]);
  });

  it('is what the heading of admissions says where that of discharges is not to be seen, and no end that is foreseen', () => {
    const record = sampleRecord({
      hospital: {
        resources: [stay('e1', START, END), stay('e2', '2026-11-10', '2026-12-02', { status: 'in-progress' })],
      },
    });
    const seen = { ...record, sections: record.sections.filter(({ id }) => id !== 'discharges') };
    expect(transitionsOf(seen).map(({ kind, end }) => [kind, end])).toEqual([
      ['admission', undefined],
      ['discharge', END],
    ]);
  });

  it('is one with its discharge, of which others tell too', () => {
    const shared = { identifier: [{ system: 'https://ousebridge.example/stay', value: 'S-1' }] };
    const record = sampleRecord({
      hospital: { resources: [stay('e1', START, END, shared)] },
      ambulance: { resources: [stay('e9', START, END, shared)] },
    });
    const sections = record.sections.map((view) => {
      const [fact] = view.facts;
      return view.id === 'admissions' && fact
        ? { ...view, facts: [{ ...fact, entries: [fact.entries[0]] as const }] }
        : view;
    });
    expect(transitionsOf({ ...record, sections })).toHaveLength(1);
  });
});

describe('the order of stays', () => {
  it('is newest first, what has no day after them, and what is planned last', () => {
    const kinds = told(
      stay('undated'),
      stay('planned', '2026-12-01T09:00:00Z', undefined, { status: 'planned' }),
      stay('old', '2026-02-01T09:00:00Z', '2026-02-03T09:00:00Z'),
      stay('new', START, END),
    ).map(({ entry }) => entry.origin.resource);
    expect(kinds).toEqual(['Encounter/new', 'Encounter/old', 'Encounter/undated', 'Encounter/planned']);
  });

  it('is by identity where two are of one moment', () => {
    const ids = ['c', 'a', 'b'].map((id) => stay(id, START, END, at(`Ward ${id}`)));
    const order = ['Encounter/a', 'Encounter/b', 'Encounter/c'];
    expect(told(...ids).map(({ entry }) => entry.origin.resource)).toEqual(order);
    expect(told(...ids.reverse()).map(({ entry }) => entry.origin.resource)).toEqual(order);
  });
});

describe('a letter of a stay that nobody tells of', () => {
  const alone = dischargeLetter('d1', '2026-10-29');

  it('is no word of where she stayed, whoever keeps it, nor of what was changed there', () => {
    const started = medicine('n1', '5', { authoredOn: '2026-10-29', medicationCodeableConcept: { text: 'Digoxin' } });
    for (const keeper of [{}, { custodian: { display: 'Northcliffe Surgery' } }]) {
      const [one] = transitions({ surgery: { resources: [{ ...alone, ...keeper }, started] } });
      expect(one).toMatchObject({ kind: 'discharge', ods: 'SURGERY', changes: [], unchanged: 0, reasons: [] });
      expect(one).not.toHaveProperty('organisation');
      expect(one).not.toHaveProperty('start');
      expect(one?.entry.dateIs).toBe('recorded');
    }
  });

  it('is a stay of its own, with its own day and specialty', () => {
    const about = { practiceSetting: { text: 'Stroke' }, period: { end: '2026-10-27' } };
    const [one] = told({ ...alone, context: about });
    expect(one).toMatchObject({ date: '2026-10-27', end: '2026-10-27', specialty: 'Stroke' });
  });

  it.each<[what: string, date: string, stays: number]>([
    ['of the day on which she came', '2026-10-20', 1],
    ['of the day before', '2026-10-19', 2],
    ['of the day on which she left', '2026-10-28', 1],
    ['written a fortnight later, less an hour', '2026-11-11T14:00:00Z', 1],
    ['written just a fortnight later', '2026-11-11T15:00:00Z', 1],
    ['written more than a fortnight later', '2026-11-11T16:00:00Z', 2],
  ])('is of the stay that another tells of, or not: %s', (_what, date, stays) => {
    const found = transitions({
      hospital: { resources: [stay('e1', START, END)] },
      surgery: { resources: [{ ...alone, date }] },
    });
    expect(found).toHaveLength(stays);
  });

  it('is of a stay of which only the end, or only one among others, is known', () => {
    const surgery = { resources: [alone] };
    expect(transitions({ hospital: { resources: [stay('e1', undefined, END)] }, surgery })).toHaveLength(1);
    const old = stay('e0', '2026-02-01T09:00:00Z', '2026-02-03T09:00:00Z');
    expect(transitions({ hospital: { resources: [old, stay('e1', START, END)] }, surgery })).toHaveLength(2);
  });

  it('is not of a stay that goes on, nor of one that has no day', () => {
    const surgery = { resources: [alone] };
    for (const other of [stay('e1', START), stay('e1', START, '2026-10-30', { status: 'in-progress' }), stay('e1')])
      expect(transitions({ hospital: { resources: [other] }, surgery })).toHaveLength(2);
    const undated = { resources: [{ ...alone, date: undefined }] };
    expect(transitions({ hospital: { resources: [stay('e1', START, END)] }, surgery: undated })).toHaveLength(2);
  });

  it('is none, where it names its stay', () => {
    expect(told({ ...alone, ...ofStay('e1') }, stay('e1', START, END))).toHaveLength(1);
  });
});

describe('a stay that goes on elsewhere', () => {
  const second = (start: string, end?: string): object => stay('e2', start, end, at(THORNBY));
  const kinds = (...stays: readonly object[]) => told(...stays).map(({ kind, cameFrom }) => [kind, cameFrom]);
  const secondIs = (...stays: readonly object[]) =>
    told(...stays).flatMap(({ entry, kind, cameFrom }) =>
      entry.origin.resource === 'Encounter/e2' ? [kind, cameFrom] : [],
    );

  it.each<[what: string, start: string, goesOn: boolean]>([
    ['on the day before', '2026-10-27T16:00:00Z', false],
    ['on the same day', '2026-10-28T16:00:00Z', true],
    ['on the day after', '2026-10-29T23:00:00Z', true],
    ['two days after', '2026-10-30T01:00:00Z', false],
  ])('began %s: %s', (_what, start, goesOn) => {
    expect(secondIs(stay('e1', START, END), second(start))).toEqual(
      goesOn ? ['step-down', ROYAL] : ['admission', undefined],
    );
  });

  it('goes on from none that goes on itself', () => {
    expect(secondIs(stay('e1', START), second(END))).toEqual(['admission', undefined]);
  });

  it('is elsewhere, and has begun', () => {
    expect(secondIs(stay('e1', START, END), stay('e2', END))).toEqual(['admission', undefined]);
    const planned = stay('e2', END, undefined, { ...at(THORNBY), status: 'planned' });
    expect(kinds(stay('e1', START, END), planned)).toEqual([
      ['discharge', undefined],
      ['planned', undefined],
    ]);
  });

  it('is only the later of two within one day, and neither where nobody says which was the later', () => {
    const [morning, evening] = ['2026-10-28T08:00:00Z', '2026-10-28T19:00:00Z'];
    expect(kinds(stay('e1', morning, END), second(evening, '2026-10-28T23:00:00Z'))).toEqual([
      ['step-down', ROYAL],
      ['discharge', undefined],
    ]);
    expect(kinds(stay('e1', '2026-10-28', '2026-10-28'), second('2026-10-28', '2026-10-28'))).toEqual([
      ['discharge', undefined],
      ['discharge', undefined],
    ]);
  });

  it('says whence where only the end of the stay before is known, and never names a place that nobody named', () => {
    expect(kinds(stay('e1', undefined, END), second('2026-10-28T16:00:00Z'))[0]).toEqual(['step-down', ROYAL]);
    const after = transitions({
      surgery: { resources: [dischargeLetter('d1', '2026-10-28')] },
      hospital: { resources: [second('2026-10-29T09:00:00Z')] },
    });
    expect(after[0]).toMatchObject({ kind: 'admission' });
    expect(after[0]).not.toHaveProperty('cameFrom');
    const both = transitions({
      surgery: { resources: [dischargeLetter('d1', '2026-10-29')] },
      hospital: { resources: [second('2026-10-29T09:00:00Z')] },
      ambulance: { resources: [stay('e1', '2026-10-01T09:00:00Z', '2026-10-28T15:00:00Z')] },
    });
    expect(both.find(({ kind }) => kind === 'step-down')).toMatchObject({ organisation: THORNBY, cameFrom: ROYAL });
  });
});
