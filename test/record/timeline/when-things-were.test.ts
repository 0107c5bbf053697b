import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { Fact } from '../../../src/record/fact.ts';
import type { PatientRecord } from '../../../src/record/patient-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { timelineOf, type DatedItem, type Timeline } from '../../../src/record/timeline.ts';
import { aPatient, aSource, entriesFrom } from '../../support/record.ts';

const TODAY = '2026-11-22';

function recordOf(said: { readonly [source: string]: readonly Resource[] }): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id, id === 'gp' ? 'gp' : 'acute')),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.parse(`${TODAY}T00:00:00Z`),
  });
}

const told = (said: { readonly [source: string]: readonly Resource[] }): Timeline => timelineOf(recordOf(said), TODAY);

function encounter(id: string, code: string, period: object | undefined, status = 'finished'): Resource {
  return {
    resourceType: 'Encounter',
    id,
    status,
    class: { code },
    type: [{ text: 'Heart failure' }],
    ...(period && { period }),
  };
}

function medicine(id: string, more: object = {}): Resource {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
    dosageInstruction: [{ text: 'One a day' }],
    ...more,
  };
}

/** The same record with each entry of a section as it is altered. */
function altered(record: PatientRecord, change: (entry: Entry) => object): PatientRecord {
  const sections = record.sections.map((view) => ({
    ...view,
    facts: view.facts.map((fact) => ({
      ...fact,
      entries: fact.entries.map((entry) => ({ ...entry, ...change(entry) })) as unknown as Fact['entries'],
    })),
  }));
  return { ...record, sections };
}

const days = (items: readonly DatedItem[]): readonly (readonly (string | undefined)[])[] =>
  items.map(({ kind, when }) => [
    kind,
    when.shape,
    when.start.date,
    when.shape === 'ended' ? when.end.date : undefined,
  ]);

describe('the end of what takes its time', () => {
  it('is none where it is only foreseen, for whoever is still there has not left', () => {
    const stay = (period: object): Resource => encounter('s', 'IMP', period, 'in-progress');
    expect(days(told({ h: [stay({ start: '2026-11-20', end: '2026-12-02' })] }).items)).toEqual([
      ['admission', 'goes-on', '2026-11-20', undefined],
    ]);
    const { items, ahead, undated } = told({ h: [stay({ end: '2026-12-02' })] });
    expect([...items, ...ahead]).toEqual([]);
    expect(undated.map(({ kind }) => kind)).toEqual(['admission']);
  });

  it('is the one that is recorded, be it the very day of its beginning', () => {
    for (const end of ['2026-03-09', '2026-03-01'])
      expect(days(told({ h: [encounter('s', 'IMP', { start: '2026-03-01', end })] }).items)).toEqual([
        ['admission', 'ended', '2026-03-01', end],
      ]);
  });

  it('is that of a plan, though it goes on: it says itself how long it is to hold', () => {
    const plan = {
      resourceType: 'CarePlan',
      id: 'c',
      status: 'active',
      intent: 'plan',
      title: 'Heart failure plan',
      period: { start: '2026-01-01', end: '2027-01-01' },
    };
    expect(days(told({ gp: [plan] }).items)).toEqual([['plan', 'ended', '2026-01-01', '2027-01-01']]);
  });

  it('is the latest that anybody records of one event, for none may be cut short', () => {
    const ends = ['2026-03-07', '2026-03-09', '2026-03-08'];
    const [stay] = recordOf({
      h: [encounter('s', 'IMP', { start: '2026-03-01', end: '2026-03-07' })],
    }).sections.flatMap(({ id, facts }) => (id === 'admissions' ? facts : []));
    if (!stay) throw new Error('no stay was read');
    const { period: _none, ...silent } = stay.entries[0];
    const entries = [...ends.map((end) => ({ ...silent, period: { start: '2026-03-01', end } })), silent];
    const record = recordOf({ h: [encounter('s', 'IMP', { start: '2026-03-01', end: '2026-03-07' })] });
    const sections = record.sections.map((view) =>
      view.id === 'admissions'
        ? { ...view, facts: [{ ...stay, entries: entries as unknown as Fact['entries'] }] }
        : view,
    );
    expect(days(timelineOf({ ...record, sections }, TODAY).items)).toEqual([
      ['admission', 'ended', '2026-03-01', '2026-03-09'],
    ]);
  });

  it('is where it stands, if nobody says when it began', () => {
    const { items } = told({
      h: [encounter('s', 'IMP', { end: '2026-03-09' }), encounter('c', 'AMB', { end: '2026-03-10' })],
    });
    expect(days(items)).toEqual([
      ['admission', 'point', '2026-03-09', undefined],
      ['contact', 'point', '2026-03-10', undefined],
    ]);
  });

  it('is not that of a contact of a moment', () => {
    expect(days(told({ gp: [encounter('c', 'AMB', { start: '2026-03-01', end: '2026-03-02' })] }).items)).toEqual([
      ['contact', 'point', '2026-03-01', undefined],
    ]);
  });
});

describe('what takes its time', () => {
  const plan = (more: object): Resource => ({
    resourceType: 'CarePlan',
    id: 'c',
    status: 'active',
    intent: 'plan',
    title: 'Heart failure plan',
    ...more,
  });

  it('begins when it is to hold, whenever it was written', () => {
    const period = { start: '2026-01-01', end: '2027-01-01' };
    expect(days(told({ gp: [plan({ created: '2025-12-01', period })] }).items)).toEqual([
      ['plan', 'ended', '2026-01-01', '2027-01-01'],
    ]);
  });

  it('stands with those who planned it, and is no stay in hospital', () => {
    const { items } = told({ gp: [plan({ period: { start: '2026-01-01' } })] });
    expect(items.map(({ lane }) => lane)).toEqual(['gp']);
  });

  it('has ended where it ended at the very moment of its beginning', () => {
    const moment = '2026-03-01T10:00:00Z';
    expect(days(told({ h: [encounter('s', 'IMP', { start: moment, end: moment })] }).items)).toEqual([
      ['admission', 'ended', moment, moment],
    ]);
  });

  it('has no end that is only foreseen where only the list of contacts tells of it', () => {
    const stay = encounter('s', 'IMP', { start: '2026-11-20', end: '2026-12-02' }, 'in-progress');
    const record = recordOf({ h: [stay] });
    const contacts = { ...record, sections: record.sections.filter(({ id }) => id === 'encounters') };
    expect(days(timelineOf(contacts, TODAY).items)).toEqual([['contact', 'goes-on', '2026-11-20', undefined]]);
  });
});

describe('what happened at one moment', () => {
  it('stands in one order, whatever came first', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const order = (some: readonly string[]): readonly string[] =>
      told({ gp: some.map((id) => encounter(id, 'AMB', { start: '2026-03-01' })) }).items.map(({ id }) => id);
    expect(order(ids)).toEqual([...order(ids)].sort());
    expect(order([...ids].reverse())).toEqual(order(ids));
    expect(order(['c', 'a', 'd', 'b'])).toEqual(order(ids));
  });

  it('stands by its identifier, whichever heading it is of', () => {
    const day = '2026-03-01';
    const code = { text: 'Influenza' };
    const kinds = [
      { resourceType: 'Immunization', id: 'v', status: 'completed', vaccineCode: code, occurrenceDateTime: day },
      { resourceType: 'Procedure', id: 'p', status: 'completed', code, performedDateTime: day },
      { resourceType: 'Condition', id: 'c', code, onsetDateTime: day },
      encounter('e', 'AMB', { start: day }),
      encounter('s', 'IMP', { start: day }),
      medicine('m', { authoredOn: day }),
    ];
    const ids = told({ gp: kinds }).items.map(({ id }) => id);
    expect(ids).toHaveLength(kinds.length);
    expect(ids).toEqual([...ids].sort());
  });
});

describe('what belongs to a stay', () => {
  it('is nothing that another organisation tells of under the same identifier', () => {
    const period = { start: '2026-03-01', end: '2026-03-09' };
    const { items } = told({
      h: [encounter('s', 'IMP', period)],
      gp: [encounter('s', 'AMB', { start: '2026-05-01' })],
    });
    expect(items.map(({ kind, also }) => [kind, also.map(({ section }) => section)])).toEqual([
      ['admission', ['encounters', 'discharges']],
      ['contact', []],
    ]);
  });

  it('is no contact of which one record is of another stay, or of none', () => {
    const record = recordOf({
      h: [encounter('s', 'IMP', { start: '2026-03-01' }), encounter('t', 'IMP', { start: '2026-06-01' })],
    });
    const contacts = record.sections.find(({ id }) => id === 'encounters')?.facts ?? [];
    const [first, second] = contacts;
    if (!first || !second) throw new Error('no contacts were read');
    const joined = (entries: readonly Entry[]): PatientRecord => ({
      ...record,
      sections: record.sections.map((view) =>
        view.id === 'encounters'
          ? { ...view, facts: [{ ...first, entries: entries as unknown as Fact['entries'] }] }
          : view,
      ),
    });
    const kinds = (entries: readonly Entry[]) => timelineOf(joined(entries), TODAY).items.map(({ kind }) => kind);
    expect(kinds([first.entries[0], second.entries[0]])).toContain('contact');
    const elsewhere = { ...first.entries[0], origin: { ...first.entries[0].origin, resource: 'Encounter/x' } };
    expect(kinds([first.entries[0], elsewhere])).toContain('contact');
    expect(kinds([first.entries[0], first.entries[0]])).not.toContain('contact');
  });

  it('stands in a stay’s own lane where only the list of contacts is to be seen', () => {
    const record = recordOf({ gp: [encounter('s', 'IMP', { start: '2026-03-01', end: '2026-03-09' })] });
    const seen = { ...record, sections: record.sections.filter(({ id }) => id === 'encounters') };
    expect(timelineOf(seen, TODAY).items.map(({ kind, lane, when }) => [kind, lane, when.shape])).toEqual([
      ['contact', 'hospital', 'ended'],
    ]);
  });
});

describe('an item', () => {
  it('is dated by the first of its records that has a day', () => {
    const record = altered(recordOf({ gp: [encounter('c', 'AMB', { start: '2026-03-01' })] }), () => ({}));
    const [fact] = record.sections.flatMap(({ facts }) => facts);
    if (!fact) throw new Error('no contact was read');
    const { date: _date, period: _period, ...undated } = fact.entries[0];
    const sections = record.sections.map((view) =>
      view.facts.length === 0
        ? view
        : { ...view, facts: [{ ...fact, entries: [undated, fact.entries[0]] as Fact['entries'] }] },
    );
    const { items, undated: without } = timelineOf({ ...record, sections }, TODAY);
    expect(items.map(({ entry }) => entry)).toEqual([fact.entries[0]]);
    expect(without).toEqual([]);
  });

  it('names each source once, and has an identifier of its own', () => {
    const { items } = told({ h: [encounter('s', 'IMP', { start: '2026-03-01' })] });
    expect(items.map(({ sources }) => sources)).toEqual([['h']]);
    expect(items[0]?.id).toMatch(/ admission h\/Encounter\/s/);
  });

  it.each<[what: string, firm: boolean, change: object]>([
    ['is current', true, { state: 'current' }],
    ['is over', true, { state: 'past' }],
    ['is planned', false, { state: 'planned' }],
    ['is called off', false, { state: 'negated' }],
    ['is not known to be so', false, { state: 'unknown' }],
    ['is doubtful', false, { cautions: ['amended'] }],
    ['is dated by when it was written down', false, { dateIs: 'recorded' }],
  ])('that %s is stated plainly: %s', (_what, firm, change) => {
    const record = altered(recordOf({ gp: [encounter('c', 'AMB', { start: '2026-03-01' })] }), () => change);
    expect(timelineOf(record, TODAY).items.map((item) => item.firm)).toEqual([firm]);
  });
});

describe('a medicine', () => {
  it('stands once on a day, however many records name it, and on each day of another', () => {
    const said = ['a', 'b'].map((id) => medicine(id, { authoredOn: '2026-03-01' }));
    const { items } = told({ gp: [...said, medicine('c', { authoredOn: '2026-04-01' })] });
    expect(days(items)).toEqual([
      ['medicine', 'point', '2026-03-01', undefined],
      ['medicine', 'point', '2026-04-01', undefined],
    ]);
    const [first] = items;
    expect(first?.entry).toBe(first?.fact.entries.find(({ date }) => date === '2026-03-01'));
  });

  it('without a day is listed as that, once', () => {
    const { items, undated } = told({ gp: [medicine('a'), medicine('b')] });
    expect(items).toEqual([]);
    expect(undated.map(({ kind }) => kind)).toEqual(['medicine']);
  });

  it('that has only a time of being taken stands where that begins', () => {
    const record = altered(recordOf({ gp: [medicine('a')] }), () => ({ period: { start: '2026-05-01' } }));
    expect(days(timelineOf(record, TODAY).items)).toEqual([['medicine', 'point', '2026-05-01', undefined]]);
  });
});

describe('where the picture ends', () => {
  it('is after today, and what begins at that moment is ahead', () => {
    const { items, ahead } = told({
      gp: [
        encounter('late', 'AMB', { start: '2026-11-22T23:59:59Z' }),
        encounter('next', 'AMB', { start: '2026-11-23T00:00:00Z' }, 'planned'),
      ],
    });
    expect(items.map(({ entry }) => entry.origin.resource)).toEqual(['Encounter/late']);
    expect(ahead.map(({ entry }) => entry.origin.resource)).toEqual(['Encounter/next']);
  });

  it('is after all that is recorded where nobody says which day it is', () => {
    const said = {
      gp: [encounter('a', 'AMB', { start: '2026-03-01' }), encounter('b', 'AMB', { start: '2026-02-01' })],
    };
    const timeline = timelineOf(recordOf(said), '');
    expect(timeline.edgeMs).toBe(Date.parse('2026-03-02T00:00:00Z') + 1);
    expect(timeline.items).toHaveLength(2);
    expect(timeline.ahead).toEqual([]);
    expect(timelineOf(recordOf({ gp: [] }), '').edgeMs).toBe(0);
  });
});
