import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { PatientRecord, SectionView } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { reconcile, type MedicineRow, type Reconciliation } from '../../src/record/reconciliation.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { MedicationEntry } from '../../src/record/sections/medications.ts';
import type { SourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { splitByWindow } from '../../src/record/split-by-window.ts';
import { answered, aPatient, aSource } from '../support/record.ts';

const TODAY = '2026-11-22';
const NOW_MS = Date.UTC(2026, 10, 22);

type Said = { readonly [source: string]: { readonly resources?: readonly Resource[]; readonly ended?: SourceStatus } };

function medicine(id: string, text: string, dose: number, more: object = {}): Resource {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    authoredOn: '2026-11-02',
    medicationCodeableConcept: { text },
    dosageInstruction: [
      {
        doseAndRate: [{ doseQuantity: { value: dose, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
      },
    ],
    ...more,
  } as Resource;
}

function recordOf(said: Said): PatientRecord {
  const readings = Object.entries(said).map(
    ([id, { resources = [] }]) => [id as SourceId, readResources(resources, id as SourceId)] as const,
  );
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id, index) => aSource(id, id === 'hospital' ? 'acute' : 'gp', index === 0)),
    statuses: new Map(
      readings.map(([id, { entries }]) => [
        id,
        said[id]?.ended ??
          answered({ medications: { state: entries.length > 0 ? 'answered' : 'nothing-held', count: entries.length } }),
      ]),
    ),
    entries: readings.flatMap(([, { entries }]) => entries),
    unread: readings.flatMap(([, { unread }]) => unread),
    nowMs: NOW_MS,
  });
}

const tableOf = (said: Said): Reconciliation => reconcile(recordOf(said), TODAY);
const rowNamed = ({ rows }: Reconciliation, name: string): MedicineRow => {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`no row ${name}`);
  return row;
};
const idsIn = (row: MedicineRow, source: string): readonly string[] =>
  (row.cells.get(aSource(source).organisation.ods) ?? []).flatMap(({ entries }) => entries.map(({ id }) => id));

const silent: SourceStatus = {
  state: 'unavailable',
  code: 'source.unavailable',
  at: '2026-11-22T09:00:00Z',
  tookMs: 8000,
  sections: {},
};

describe('medicines side by side', () => {
  it('makes no cell for an organisation that did not answer, and a column that says so', () => {
    const table = tableOf({
      gp: { resources: [medicine('1', 'Ramipril 5mg capsules', 5)] },
      hospital: { ended: silent },
    });
    const [, hospital] = table.columns;
    expect(hospital).toMatchObject({ state: 'unavailable', whole: false });
    expect(idsIn(rowNamed(table, 'Ramipril'), 'hospital')).toEqual([]);
    expect(table.without).toEqual([]);
  });

  it('does not take for whole an answer that holds something back, or came with what could not be read', () => {
    const held = { medications: { state: 'answered' as const, count: 0, withheld: 1 } };
    const table = tableOf({
      gp: { resources: [medicine('1', 'Ramipril 5mg capsules', 5)] },
      hospital: { ended: answered(held) },
      hospice: { resources: [{ resourceType: 'MedicationRequest', id: 'x', status: 'active' }] },
    });
    expect(table.columns.map(({ whole, sources }) => [sources[0], whole])).toEqual([
      ['gp', true],
      ['hospice', false],
      ['hospital', false],
    ]);
  });

  it('names apart who answered and records none of these', () => {
    const table = tableOf({ gp: { resources: [medicine('1', 'Ramipril 5mg capsules', 5)] }, hospital: {} });
    expect(table.columns.map(({ sources }) => sources)).toEqual([['gp']]);
    expect(table.without.map(({ sources }) => sources)).toEqual([['hospital']]);
  });

  it('puts brand and substance in one row, each organisation in its own cell, and adds no word of its own', () => {
    const table = tableOf({
      gp: { resources: [medicine('1', 'Ramipril 5mg capsules', 5)] },
      hospital: { resources: [medicine('2', 'Tritace 5mg capsules', 5)] },
    });
    expect(table.rows).toHaveLength(1);
    const row = rowNamed(table, 'Ramipril');
    expect([idsIn(row, 'gp'), idsIn(row, 'hospital')]).toEqual([
      ['gp/MedicationRequest/1'],
      ['hospital/MedicationRequest/2'],
    ]);
  });

  it('marks different doses with both sides and both dates, and puts them before what agrees', () => {
    const table = tableOf({
      gp: { resources: [medicine('1', 'Ramipril 5mg capsules', 5), medicine('3', 'Amlodipine 5mg tablets', 5)] },
      hospital: { resources: [medicine('2', 'Ramipril 2.5mg capsules', 2.5, { authoredOn: '2026-10-28' })] },
    });
    expect(table.rows.map(({ name }) => name)).toEqual(['Ramipril', 'Amlodipine']);
    const [mark] = rowNamed(table, 'Ramipril').marks;
    expect(mark?.kind).toBe('two-doses');
    expect(mark?.sides.map(({ entry, date }) => [entry.origin.source, date])).toEqual([
      ['gp', '2026-11-02'],
      ['hospital', '2026-10-28'],
    ]);
  });

  it('marks a stop in hospital against what the practice still issues, with the day of the stop', () => {
    const stop = { status: 'stopped', statusReason: { text: 'AKI' }, authoredOn: '2026-10-01' };
    const ended = { dosageInstruction: [], extension: [] };
    const table = tableOf({
      gp: { resources: [medicine('1', 'Furosemide 40mg tablets', 40, { authoredOn: '2024-01-05' })] },
      hospital: { resources: [medicine('2', 'Furosemide 40mg tablets', 40, { ...stop, ...ended })] },
    });
    const marks = rowNamed(table, 'Furosemide').marks;
    expect(marks.map(({ kind }) => kind)).toEqual(['stopped-here-active-there']);
    expect(marks[0]?.sides.map(({ entry }) => entry.state).sort()).toEqual(['current', 'past']);
  });

  it('keeps what a practice says of all medicines with its column, and makes no row of it', () => {
    const none = {
      resourceType: 'MedicationStatement',
      id: 'n',
      status: 'active',
      medicationCodeableConcept: {
        coding: [{ system: 'http://snomed.info/sct', code: '787481004', display: 'No known medications' }],
        text: 'No known medications',
      },
    } as Resource;
    const table = tableOf({
      gp: { resources: [none] },
      hospital: { resources: [medicine('1', 'Ramipril 5mg capsules', 5)] },
    });
    expect(table.rows.map(({ name }) => name)).toEqual(['Ramipril']);
    expect(table.columns.find(({ sources }) => sources[0] === 'gp')?.remarks.map(({ title }) => title)).toEqual([
      'No known medications',
    ]);
  });

  it('counts what ended before the window and leaves it to the section', () => {
    const old = { status: 'completed', authoredOn: '2019-02-01' };
    const table = tableOf({ gp: { resources: [medicine('1', 'Amoxicillin 500mg capsules', 500, old)] } });
    expect([table.rows.length, table.older]).toEqual([0, 1]);
  });
});

const NAMES = [
  'Ramipril 5mg capsules',
  'Tritace 5mg capsules',
  'Ramipril',
  'Warfarin 3mg tablets',
  'Senna',
  '  ',
  'Morphine 10mg/5ml oral solution',
];
const STATUSES = [
  'active',
  'stopped',
  'completed',
  'on-hold',
  'cancelled',
  'draft',
  'unknown',
  'entered-in-error',
  undefined,
];
const DATES = ['2026-11-02', '2026-02', '2019', '2062-01-01', undefined];

const anyMedicine = fc.record({
  name: fc.constantFrom(...NAMES),
  dose: fc.constantFrom(2.5, 5, 10),
  status: fc.constantFrom(...STATUSES),
  authoredOn: fc.constantFrom(...DATES),
  doNotPerform: fc.boolean(),
  type: fc.constantFrom('MedicationRequest', 'MedicationStatement', 'MedicationDispense'),
});
const anySaid = fc.dictionary(
  fc.constantFrom('gp', 'hospital', 'hospice', 'trust'),
  fc.record({ medicines: fc.array(anyMedicine, { maxLength: 8 }), silent: fc.boolean() }),
  { minKeys: 1 },
);

describe('for anything that any organisation may say', () => {
  it('every current or recently ended record of every source stands in exactly one cell, its own organisation’s, and nothing else does', () => {
    fc.assert(
      fc.property(anySaid, (given) => {
        const said: Said = Object.fromEntries(
          Object.entries(given).map(([source, { medicines, silent: none }]) => [
            source,
            {
              resources: medicines.map(({ name, dose, type, ...more }, index) =>
                medicine(String(index), name, dose, { ...more, resourceType: type }),
              ),
              ...(none && { ended: silent }),
            },
          ]),
        );
        const record = recordOf(said);
        const table = reconcile(record, TODAY);
        const view = record.sections.find(({ id }) => id === 'medications') as SectionView<MedicationEntry>;
        const wanted = splitByWindow(view, TODAY)
          .inside.flatMap(({ entries }) => entries)
          .filter(({ statement }) => statement === 'medicine')
          .map((entry) => `X${entry.origin.source}`.toUpperCase() + ' ' + entry.id);
        const stands = table.rows.flatMap(({ cells }) =>
          [...cells].flatMap(([ods, statements]) =>
            statements.flatMap(({ entries }) => entries.map(({ id }) => `${ods} ${id}`)),
          ),
        );
        expect([...stands].sort()).toEqual([...wanted].sort());
        // Whoever holds something, and whoever can't be known not to, has a column; each organisation once in all.
        const shown = table.columns.map(({ organisation }) => organisation.ods);
        expect(new Set(shown).size + table.without.length).toBe(Object.keys(said).length);
        for (const { cells } of table.rows) for (const ods of cells.keys()) expect(shown).toContain(ods);
        for (const { whole } of table.without) expect(whole).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});
