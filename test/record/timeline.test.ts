import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OrganisationKind } from '../../src/record/source.ts';
import { TIMELINE_LANES, TIMELINE_SECTIONS } from '../../src/record/timeline-kinds.ts';
import { timelineOf, type DatedItem } from '../../src/record/timeline.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const TODAY = '2026-11-22';
const EDGE = Date.UTC(2026, 10, 23);
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

function recordOf(
  said: { readonly [source: string]: readonly Resource[] },
  kinds: { readonly [source: string]: OrganisationKind } = {},
): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id, kinds[id] ?? 'gp')),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: day(TODAY),
  });
}

const text = (words: string): object => ({ text: words });

function contact(id: string, start?: string, more: object = {}): Resource {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'AMB' },
    type: [text('Clinic')],
    ...(start && { period: { start } }),
    ...more,
  };
}

function stay(id: string, period: object, status = 'finished'): Resource {
  return { resourceType: 'Encounter', id, status, class: { code: 'IMP' }, type: [text('Heart failure')], period };
}

function letter(id: string, date?: string): Resource {
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    description: `Letter ${id}`,
    ...(date && { date }),
    content: [{ attachment: { url: `Binary/${id}`, contentType: 'text/plain' } }],
  };
}

function medicine(id: string, more: object): Resource {
  return {
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    medicationCodeableConcept: text('Ramipril 5mg capsules'),
    ...more,
  };
}

describe('what the timeline will not say', () => {
  it('gives an item without a date no place, and counts it', () => {
    const timeline = timelineOf(recordOf({ gp: [contact('a'), letter('b')] }), TODAY);
    expect(timeline.items).toEqual([]);
    expect(timeline.undated.map(({ kind }) => kind)).toEqual(['contact', 'letter']);
  });

  it('keeps what is dated after today off the picture, planned or a slip of a key', () => {
    const planned = contact('p', '2027-01-04', { status: 'planned' });
    const timeline = timelineOf(recordOf({ gp: [planned, letter('slip', '2062-03-28T10:00:00Z')] }), TODAY);
    expect(timeline.items).toEqual([]);
    expect(timeline.ahead.map(({ entry }) => [entry.origin.resource, entry.cautions])).toEqual([
      ['Encounter/p', []],
      ['DocumentReference/slip', ['date-in-future']],
    ]);
  });

  it('invents no end: a stay that is over without one has none, and one that goes on has not ended today', () => {
    const over = timelineOf(recordOf({ h: [stay('s', { start: '2026-03-01' })] }, { h: 'acute' }), TODAY);
    expect(over.items.map(({ when }) => when.shape)).toEqual(['not-known']);
    const on = timelineOf(recordOf({ h: [stay('s', { start: '2026-11-20' }, 'in-progress')] }, { h: 'acute' }), TODAY);
    expect(on.items.map(({ when }) => when.shape)).toEqual(['goes-on']);
  });

  it('takes no end that lies before the beginning', () => {
    const record = recordOf({ h: [stay('s', { start: '2026-03-05', end: '2026-03-01' })] }, { h: 'acute' });
    expect(timelineOf(record, TODAY).items.map(({ when }) => when.shape)).toEqual(['not-known']);
  });

  it('does not draw what was called off, is preliminary or is dated by its filing as plain fact', () => {
    const record = recordOf({ gp: [contact('a', '2026-02-01', { status: 'cancelled' }), contact('b', '2026-02-02')] });
    const firm = new Map(timelineOf(record, TODAY).items.map((item) => [item.entry.origin.resource, item.firm]));
    expect(firm.get('Encounter/a')).toBe(false);
    expect(firm.get('Encounter/b')).toBe(true);
  });
});

describe('where a date stands', () => {
  const extentOf = (start: string): object | undefined => {
    const [item] = timelineOf(recordOf({ gp: [contact('a', start)] }), TODAY).items;
    const { date, ...extent } = item?.when.start ?? {};
    expect(date).toBe(start);
    return extent;
  };

  it('a year is that whole year, a month that month, a day that day, and a time one moment', () => {
    expect(extentOf('2019')).toEqual({ fromMs: day('2019-01-01'), untilMs: day('2020-01-01') });
    expect(extentOf('2019-02')).toEqual({ fromMs: day('2019-02-01'), untilMs: day('2019-03-01') });
    expect(extentOf('2019-12-31')).toEqual({ fromMs: day('2019-12-31'), untilMs: day('2020-01-01') });
    const moment = Date.parse('2019-02-03T09:30:00Z');
    expect(extentOf('2019-02-03T10:30:00+01:00')).toEqual({ fromMs: moment, untilMs: moment });
  });

  it('the year we are in is on the picture, though it is not over', () => {
    expect(extentOf('2026')).toEqual({ fromMs: day('2026-01-01'), untilMs: day('2027-01-01') });
  });

  it('the picture ends with the end of today', () => {
    expect(timelineOf(recordOf({ gp: [] }), TODAY).edgeMs).toBe(EDGE);
  });
});

describe('what stands in which lane', () => {
  it('a stay is one span, to which the contact and the discharge of the same record belong', () => {
    const record = recordOf({ h: [stay('s', { start: '2026-03-01', end: '2026-03-09' })] }, { h: 'acute' });
    const { items } = timelineOf(record, TODAY);
    expect(
      items.map(({ kind, lane, when, also }) => [kind, lane, when.shape, also.map((fact) => fact.section)]),
    ).toEqual([['admission', 'hospital', 'ended', ['encounters', 'discharges']]]);
  });

  it('a stay that only the practice tells of is still one in hospital', () => {
    const [item] = timelineOf(recordOf({ gp: [stay('s', { start: '2026-03-01' })] }), TODAY).items;
    expect(item?.lane).toBe('hospital');
  });

  it('contacts stand with the kind of organisation that had them, letters and results in lanes of their own', () => {
    const kinds = { gp: 'gp', amb: 'ambulance', council: 'council', mh: 'mental-health' } as const;
    const said = Object.fromEntries(
      Object.keys(kinds).map((id, index) => [id, [contact(id, `2026-0${index + 1}-01`), letter(id, '2026-09-01')]]),
    );
    const lanes = timelineOf(recordOf(said, kinds), TODAY).items.map(({ kind, lane }) => `${kind}: ${lane}`);
    expect(lanes).toEqual([
      'contact: gp',
      'contact: urgent',
      'contact: social-care',
      'contact: mental-health',
      ...Array.from({ length: 4 }, () => 'letter: letters'),
    ]);
  });

  it('a medicine stands on each day that a record names, and on the day it was stopped', () => {
    const stopped = {
      status: 'stopped',
      effectivePeriod: { start: '2025-01-10', end: '2026-02-01' },
    };
    const record = recordOf({ gp: [medicine('m', stopped)] });
    const items = timelineOf(record, TODAY).items.map(({ kind, when }) => [kind, when.start.fromMs]);
    expect(items).toContainEqual(['medicine', day('2025-01-10')]);
    expect(items.filter(([kind]) => kind === 'medicine-stopped')).toEqual([['medicine-stopped', day('2026-02-01')]]);
  });
});

const dates = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 1950, max: 2030 }).map(String),
  fc.tuple(fc.integer({ min: 1950, max: 2030 }), fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${two(m)}`),
  fc
    .date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);
const two = (number: number): string => String(number).padStart(2, '0');

const resources = fc.array(
  fc.record({
    what: fc.integer({ min: 0, max: 3 }),
    start: dates,
    end: dates,
    source: fc.constantFrom('gp', 'h', 'c'),
  }),
  { maxLength: 25 },
);
type Drawn = { readonly what: number; readonly start: string | undefined; readonly end: string | undefined };

function resourceOf({ what, start, end }: Drawn, index: number): Resource {
  const id = `r${index}`;
  const period = { ...(start && { start }), ...(end && { end }) };
  if (what === 0) return contact(id, start, { type: [text(`Clinic ${index}`)] });
  if (what === 1) return stay(id, period);
  if (what === 2) return letter(id, start);
  return medicine(id, { effectivePeriod: period, dosage: [{ text: `${index} a day` }] });
}

function generated(list: readonly (Drawn & { readonly source: string })[]): PatientRecord {
  const said: { [source: string]: Resource[] } = { gp: [], h: [], c: [] };
  list.forEach((drawn, index) => said[drawn.source]?.push(resourceOf(drawn, index)));
  return recordOf(said, { h: 'acute', c: 'council' });
}

describe('whatever is recorded', () => {
  it('every fact is an item or belongs to one, and none is one twice over', () => {
    fc.assert(
      fc.property(resources, (list) => {
        const record = generated(list);
        const { items, ahead, undated } = timelineOf(record, TODAY);
        const all = [...items, ...ahead, ...undated];
        const told = new Set(all.flatMap(({ fact, also }) => [fact.key, ...also.map(({ key }) => key)]));
        const facts = record.sections.filter(({ id }) => TIMELINE_SECTIONS.includes(id)).flatMap((view) => view.facts);
        expect(told).toEqual(new Set(facts.map(({ key }) => key)));
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        for (const { lane } of all) expect(TIMELINE_LANES).toContain(lane);
      }),
    );
  });

  it('no item stands where no record of it says, and none on the picture begins after today', () => {
    fc.assert(
      fc.property(resources, (list) => {
        const { items, ahead } = timelineOf(generated(list), TODAY);
        const starts = (item: DatedItem): boolean =>
          item.fact.entries.some((entry) =>
            [entry.date, entry.period?.start, entry.period?.end].some(
              (date) => date !== undefined && Date.parse(date) === item.when.start.fromMs,
            ),
          );
        expect(items.every((item) => starts(item) && item.when.start.fromMs < EDGE)).toBe(true);
        expect(ahead.every((item) => starts(item) && item.when.start.fromMs >= EDGE)).toBe(true);
        const moments = items.map(({ when }) => when.start.fromMs);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
        for (const { when } of items)
          if (when.shape === 'ended') expect(when.end.untilMs).toBeGreaterThanOrEqual(when.start.fromMs);
      }),
    );
  });

  it('is the same picture whatever order it arrived in', () => {
    fc.assert(
      fc.property(resources, (list) => {
        const once = timelineOf(generated(list), TODAY);
        const again = timelineOf(
          recordOf(
            Object.fromEntries(
              ['c', 'h', 'gp'].map((source) => [
                source,
                list.flatMap((drawn, index) => (drawn.source === source ? [resourceOf(drawn, index)] : [])).reverse(),
              ]),
            ),
            { h: 'acute', c: 'council' },
          ),
          TODAY,
        );
        expect(again.items.map(({ id, lane }) => [id, lane])).toEqual(once.items.map(({ id, lane }) => [id, lane]));
      }),
    );
  });
});
