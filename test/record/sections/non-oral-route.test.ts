import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../../support/record.ts';

const medicine = (name: string, route?: string, text = 'One daily'): Resource => ({
  resourceType: 'MedicationRequest',
  id: '1',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: name },
  dosageInstruction: [{ text, ...(route !== undefined && { route: { text: route } }) }],
});

/** How many lines two organisations' records make. */
function lines(here: Resource, there: Resource): number {
  const sources = { gp: here, hospital: there };
  const record = buildRecord({
    patient: aPatient(),
    sources: Object.keys(sources).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(sources).flatMap(([source, resource]) => entriesFrom(source, resource)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  return record.sections.find(({ id }) => id === 'medications')?.facts.length ?? 0;
}

describe('a medicine of which one record names no route', () => {
  it.each([
    ['Bisoprolol 5mg tablets', 'PEG'],
    ['Bisoprolol 5mg tablets', 'Via nasogastric tube'],
    ['Morphine 10mg', 'Subcutaneous'],
    ['Furosemide 40mg', 'Intravenous'],
    ['Insulin glargine 100units/ml solution for injection', 'Subcutaneous'],
    ['Diazepam 10mg', 'Rectal'],
    ['Glyceryl trinitrate 400micrograms', 'Sublingual'],
  ])('stays apart from one by a route that is not by mouth: %s by %s', (name, route) => {
    expect(lines(medicine(name, route), medicine(name))).toBe(2);
  });

  it.each([
    ['Bisoprolol 5mg tablets', 'Oral'],
    ['Bisoprolol 5mg tablets', 'By mouth'],
    ['Salbutamol 100micrograms/dose inhaler', 'Inhalation'],
    ['Hydrocortisone 1% cream', 'Cutaneous'],
    ['Latanoprost 50micrograms/ml eye drops', 'Eye'],
    ['Miconazole 20mg/g oromucosal oral gel', 'Oral'],
  ])('is one with a record by mouth, or by the way its own form says: %s by %s', (name, route) => {
    expect(lines(medicine(name, route), medicine(name))).toBe(1);
  });
});
