import { buildRecord, type RecordParts } from '../../src/record/build-record.ts';
import type { SectionView } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus, SectionAnswer, SourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { answered, aPatient, aSource } from './record.ts';

export const GP = aSource('gp', 'gp', true);

export const HOSPITAL = aSource('hospital', 'acute');

export const NOW_MS = Date.UTC(2026, 10, 22, 9);

export function parts(change: Partial<RecordParts> = {}): RecordParts {
  return {
    patient: aPatient(),
    sources: [GP, HOSPITAL],
    statuses: new Map(),
    entries: [],
    unread: [],
    nowMs: NOW_MS,
    ...change,
  };
}

export function statuses(gp: SourceStatus, hospital: SourceStatus): ReadonlyMap<SourceId, SourceStatus> {
  return new Map([
    [GP.id, gp],
    [HOSPITAL.id, hospital],
  ]);
}

export function section(change: Partial<RecordParts>, id: SectionId): SectionView {
  const view = buildRecord(parts(change)).sections.find((candidate) => candidate.id === id);
  if (!view) throw new Error(`no section ${id}`);
  return view;
}

export const asthma = (id: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] },
  ...change,
});

export const empty = (state: SectionAnswer['state']): SectionAnswer => ({ state, count: 0 });

export const holding = (state: SectionAnswer['state']): FinalSourceStatus => answered({ allergies: empty(state) });
