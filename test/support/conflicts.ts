import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Conflict, ConflictKind } from '../../src/record/fact.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from './record.ts';

export function conflictsIn(entries: readonly Entry[], patient: Patient = aPatient()): readonly Conflict[] {
  const sources = ['gp', 'hospital', 'council'].map((id) => aSource(id));
  return buildRecord({ patient, sources, statuses: new Map(), entries, unread: [], nowMs: Date.UTC(2026, 10, 22) })
    .conflicts;
}

export function kinds(...entries: readonly (readonly Entry[])[]): readonly ConflictKind[] {
  return conflictsIn(entries.flat()).map(({ kind }) => kind);
}

export const allergy = (text: string, change: object = {}): Resource => ({
  resourceType: 'AllergyIntolerance',
  id: text,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text },
  ...change,
});

export const medicine = (text: string, directions: string, change: object = {}): Resource => ({
  resourceType: 'MedicationRequest',
  id: `${text} ${directions}`,
  status: 'active',
  intent: 'order',
  authoredOn: '2026-10-01',
  medicationCodeableConcept: { text },
  dosageInstruction: [{ text: directions }],
  ...change,
});

export const at = (source: string, ...resources: readonly Resource[]): readonly Entry[] =>
  entriesFrom(source, ...resources);
