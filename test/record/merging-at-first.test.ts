import { describe, expect, it } from 'vitest';
import { WHOLE } from '../../src/record/build-record.ts';
import type { EntryId } from '../../src/record/entry.ts';
import { mergeAtOnce, type Merging, type RecordParts } from '../../src/record/merge.ts';
import { mergingAtFirst } from '../../src/record/merging-at-first.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { viewFor } from '../../src/app/views.ts';
import { answered, aPatient, aSource, entriesFrom } from '../support/record.ts';

const IDS = viewFor(undefined).first;
const AT_FIRST = mergingAtFirst(IDS);

const entries = ['gp', 'hospital'].flatMap((source) =>
  entriesFrom(
    source,
    { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin' }, clinicalStatus: code('active') },
    {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Amoxicillin 500 mg capsules' },
    },
    { resourceType: 'Condition', id: 'c', code: { text: 'Asthma' }, clinicalStatus: code('active') },
  ),
);

function code(value: string): object {
  return { coding: [{ code: value }] };
}

function merged(merging: Merging, change: Partial<RecordParts> = {}): PatientRecord {
  const sources = [aSource('gp'), aSource('hospital')];
  const statuses = new Map(
    sources.map(({ id }) => [id, answered({ medications: { state: 'answered', count: 2 } })] as const),
  );
  return mergeAtOnce({ patient: aPatient(), sources, statuses, entries, unread: [], nowMs: 0, ...change }, merging);
}

function factsOf(record: PatientRecord, section: string): readonly (readonly EntryId[])[] {
  const view = record.sections.find(({ id }) => id === section);
  return (view?.facts ?? []).map((fact) => fact.entries.map(({ id }) => id));
}

describe('what is merged in the first moment of a page', () => {
  it('leaves out no section and no entry', () => {
    const record = merged(AT_FIRST);
    expect(record.sections.map(({ id }) => id).toSorted()).toEqual(SECTIONS.map(({ id }) => id).toSorted());
    expect(record.sections.flatMap(({ facts }) => facts.flatMap((fact) => fact.entries)).length).toBe(entries.length);
    expect(record.unread).toEqual([]);
    expect(record.completeness).toEqual(merged(WHOLE).completeness);
  });

  it('groups what can harm at once just as it is grouped later', () => {
    expect(factsOf(merged(AT_FIRST), 'allergies')).toEqual(factsOf(merged(WHOLE), 'allergies'));
    expect(factsOf(merged(AT_FIRST), 'allergies')).toHaveLength(1);
  });

  it('lets each record of the other sections stand for itself', () => {
    expect(factsOf(merged(WHOLE), 'medications')).toHaveLength(1);
    expect(factsOf(merged(AT_FIRST), 'medications')).toHaveLength(2);
  });

  it('says of no section that nothing is recorded while anything is unread', () => {
    const unread = [
      {
        origin: { source: aSource('gp').id, resource: 'Condition/x' },
        resourceType: 'Condition',
        reason: 'must-have-missing',
      },
    ] as const;
    const absences = merged(AT_FIRST, { entries: [], unread })
      .sections.filter(({ section }) => section.reads.length === 0)
      .map(({ absence }) => absence.kind);
    expect(new Set(absences)).toEqual(new Set(['incomplete']));
  });

  it('looks for no disagreement yet', () => {
    expect(merged(WHOLE).conflicts.map(({ kind }) => kind)).toContain('allergy-and-medicine');
    expect(merged(AT_FIRST).conflicts).toEqual([]);
  });
});
