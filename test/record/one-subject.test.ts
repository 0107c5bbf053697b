// Proves src/record/conflicts.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { EntryId } from '../../src/record/entry.ts';
import type { Conflict, FactKey } from '../../src/record/fact.ts';
import { kindsIn, oneEachSubject } from '../../src/record/one-subject.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const CODE = (code: string): object => ({ coding: [{ code }] });

const medicine = (name: string, change: object = {}): Resource => ({
  resourceType: 'MedicationRequest',
  id: name.toLowerCase(),
  status: 'active',
  intent: 'order',
  authoredOn: '2026-10-01',
  medicationCodeableConcept: { text: name },
  dosageInstruction: [{ text: 'One tablet twice a day' }],
  ...change,
});
const allergy = (text: string, change: object = {}): Resource => ({
  resourceType: 'AllergyIntolerance',
  id: `allergy-${text.toLowerCase()}`,
  clinicalStatus: CODE('active'),
  verificationStatus: CODE('confirmed'),
  code: { text },
  ...change,
});

function conflicts(said: { readonly [source: string]: readonly Resource[] }): readonly Conflict[] {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  }).conflicts;
}

const kinds = (found: readonly Conflict[]): readonly (readonly string[])[] => found.map(kindsIn);
const CODEINE_15 = medicine('Codeine 15mg tablets');
const CODEINE_30 = medicine('Codeine 30mg tablets');
const STOPPED = medicine('Codeine 15mg tablets', { status: 'stopped', authoredOn: '2026-11-01' });

describe('a medicine on hold at one organisation', () => {
  const held = medicine('Ramipril 5mg capsules', { status: 'on-hold', statusReason: { text: 'Acute kidney injury' } });

  it('differs from one that is active at another', () => {
    expect(kinds(conflicts({ hospital: [held], gp: [medicine('Ramipril 5mg capsules')] }))).toEqual([
      ['on-hold-here-active-there'],
    ]);
    const statement = {
      resourceType: 'MedicationStatement',
      id: 's',
      status: 'on-hold',
      medicationCodeableConcept: { text: 'Tritace 5mg' },
    };
    expect(kinds(conflicts({ hospital: [statement], gp: [medicine('Ramipril 5mg capsules')] }))).toEqual([
      ['on-hold-here-active-there'],
    ]);
  });

  it('does not differ from what the same source issues beside it, from another medicine, or from one that is over', () => {
    const other = { ...medicine('Ramipril 5mg capsules'), id: '2' };
    expect(conflicts({ hospital: [held, other], gp: [] })).toEqual([]);
    expect(conflicts({ hospital: [held], gp: [medicine('Bisoprolol 5mg tablets')] })).toEqual([]);
    expect(conflicts({ hospital: [held], gp: [{ ...other, status: 'completed' }] })).toEqual([]);
  });

  it('is not a hold of the supply at a pharmacy', () => {
    const supply = {
      resourceType: 'MedicationDispense',
      id: 'd',
      status: 'on-hold',
      medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
    };
    expect(conflicts({ pharmacy: [supply], gp: [medicine('Ramipril 5mg capsules')] })).toEqual([]);
  });
});

describe('disagreements about one substance', () => {
  it('are one with every side: an allergy to it, two doses of it, stopped here and active there', () => {
    const [only, ...others] = conflicts({
      gp: [CODEINE_15],
      hospital: [CODEINE_30],
      hospice: [STOPPED],
      council: [allergy('Codeine')],
    });
    expect(others).toEqual([]);
    expect(only && kindsIn(only)).toEqual(['allergy-and-medicine', 'two-doses', 'stopped-here-active-there']);
    expect(new Set(only?.sides.map((side) => side.split('/')[0]))).toEqual(
      new Set(['gp', 'hospital', 'hospice', 'council']),
    );
    expect(only?.facts).toHaveLength(4);
    expect(only?.of?.map(({ kind }) => kind)).toEqual([
      'allergy-and-medicine',
      'two-doses',
      'stopped-here-active-there',
    ]);
  });

  it('are one where the allergy is to its class, ruled out elsewhere, and of differing severity', () => {
    const found = conflicts({
      gp: [allergy('Penicillin', { criticality: 'high' })],
      hospital: [allergy('Penicillin', { criticality: 'low' }), medicine('Amoxicillin 500mg capsules')],
      clinic: [allergy('Penicillin', { verificationStatus: CODE('refuted') })],
    });
    expect(kinds(found)).toEqual([['allergy-and-medicine', 'allergy-severities-differ', 'allergy-refuted-elsewhere']]);
  });

  it('stay apart from those about another substance, and from two medicines of one class', () => {
    const found = conflicts({
      gp: [CODEINE_15, medicine('Bisoprolol 5mg tablets')],
      hospital: [CODEINE_30, medicine('Bisoprolol 10mg tablets')],
    });
    expect(kinds(found)).toEqual([['two-doses'], ['two-doses']]);
  });

  it('stay apart by another way into the body, where each has a dose of its own', () => {
    const found = conflicts({
      gp: [
        medicine('Morphine 10mg tablets'),
        medicine('Morphine 10mg/ml solution for injection ampoules', { dosageInstruction: [{ text: '5 mg' }] }),
      ],
      hospital: [
        medicine('Morphine 20mg tablets'),
        medicine('Morphine 10mg/ml solution for injection ampoules', { dosageInstruction: [{ text: '10 mg' }] }),
      ],
    });
    expect(kinds(found)).toEqual([['two-doses'], ['two-doses']]);
  });

  it('are the same whatever arrived first', () => {
    const said = { gp: [CODEINE_15], hospital: [CODEINE_30], hospice: [STOPPED], council: [allergy('Codeine')] };
    const turned = Object.fromEntries(Object.entries(said).reverse());
    expect(conflicts(turned)).toEqual(conflicts(said));
  });
});

describe('disagreements that share a substance', () => {
  const about = (kind: Conflict['kind'], side: string, ...subjects: readonly string[]): Conflict => ({
    id: `${kind}:${side}`,
    kind,
    section: 'medications',
    facts: [`medications:${side}` as FactKey],
    sides: [side as EntryId],
    ...(subjects.length > 0 && { subjects }),
  });
  const dose = about('two-doses', 'b', 'codeine');
  const stopped = about('stopped-here-active-there', 'a', 'codeine');
  const of = (found: readonly Conflict[]): readonly (readonly string[])[] =>
    found.map((one) => (one.of ?? [one]).map(({ id }) => id));

  it('are one, named by the worst, with an id of every kind and side in one order', () => {
    expect(oneEachSubject([stopped, dose])).toEqual([
      {
        id: 'two-doses+stopped-here-active-there:a+b',
        kind: 'two-doses',
        section: 'medications',
        facts: ['medications:b', 'medications:a'],
        sides: ['b', 'a'],
        of: [dose, stopped],
      },
    ]);
  });

  it('are one through a third that shares a substance with each, and leave the others alone', () => {
    const allergy = about('allergy-and-medicine', 'z', 'opioids');
    const between = about('allergy-refuted-elsewhere', 'y', 'opioids', 'codeine');
    const other = about('two-doses', 'x', 'bisoprolol');
    expect(of(oneEachSubject([between, stopped, other, allergy]))).toEqual([
      [allergy.id, stopped.id, between.id],
      [other.id],
    ]);
  });

  it('are one through what an earlier one of them was also about', () => {
    const allergy = about('allergy-and-medicine', 'z', 'opioids');
    const both = about('two-doses', 'y', 'opioids', 'codeine');
    expect(of(oneEachSubject([allergy, both, stopped]))).toEqual([[allergy.id, both.id, stopped.id]]);
  });

  it('stay as they are where they share none, or are about none, each once and the worst first', () => {
    const alone = about('practices-differ', 'p');
    const another = about('demographics-differ', 'q');
    expect(oneEachSubject([alone, another, dose, alone])).toEqual([dose, another, alone]);
  });

  it('are listed in one order, whatever was joined', () => {
    const alone = about('two-doses', 'a', 'x');
    const joined = oneEachSubject([alone, about('two-doses', 'b', 'y'), about('practices-differ', '0', 'y')]);
    expect(joined.map(({ id }) => id)).toEqual(['two-doses+practices-differ:0+b', alone.id]);
  });
});
