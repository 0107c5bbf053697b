import { readDate } from '../../src/record/fhir/date.ts';
import type { RecordParts } from '../../src/record/merge.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SourceStatus } from '../../src/record/source-status.ts';
import type { OrganisationKind, OdsCode, Source, SourceId } from '../../src/record/source.ts';
import { buildRecord, readResources, recordOfEntries } from '../../src/index.ts';
import type { ResidentData } from '../resident.ts';

export type State =
  'complete' | 'waiting' | 'partial' | 'failed' | 'withheld' | 'nothing recorded' | 'unread' | 'conflict';
export const STATES: readonly State[] = [
  'complete',
  'waiting',
  'partial',
  'failed',
  'withheld',
  'nothing recorded',
  'unread',
  'conflict',
];

export type GalleryData = { readonly today: string; readonly residents: readonly ResidentData[] };

/** A real record of a resident, with what each organisation answered changed to what the state is about. */
export function recordIn(state: State, { residents, today }: GalleryData): PatientRecord {
  const story =
    state === 'conflict' ? 'penicillin-conflict' : state === 'nothing recorded' ? 'nothing-recorded' : 'hero';
  const data = residents.find((one) => one.story === story);
  if (!data) throw new Error(`no resident ${story}`);
  const patient = patientOf(data);
  const nowMs = Date.parse(`${today}T09:00:00Z`);
  const sources = data.organisations.map(sourceOf);
  const half = Math.ceil(sources.length / 2);
  const silent = (index: number): boolean =>
    state === 'waiting' || (['partial', 'failed', 'withheld'].includes(state) && index >= half);
  const readings = data.organisations.map(({ resources, ods }, index) =>
    readResources(
      silent(index) ? [] : resources.map((one) => (state === 'unread' ? broken(one) : one)),
      ods as SourceId,
    ),
  );
  const entries = readings.flatMap((reading) => reading.entries);
  // The ledger of those who have answered, worked out as for any page that brings its own entries.
  const answered = recordOfEntries(patient, state === 'nothing recorded' ? [] : entries, sources, nowMs);
  if (state === 'nothing recorded' || state === 'complete' || state === 'conflict') return answered;
  const statuses = new Map<SourceId, SourceStatus>(
    answered.sources.map(({ source, status }, index) => [
      source.id,
      silent(index) ? (SILENT[state] ?? status) : status,
    ]),
  );
  const parts: RecordParts = {
    patient,
    sources,
    statuses,
    entries,
    unread: readings.flatMap(({ unread }) => unread),
    nowMs,
  };
  return buildRecord(parts);
}

const settled = { at: '2026-11-20T09:00:05Z', tookMs: 5000, sections: {} };
const SILENT: { readonly [state in State]?: SourceStatus } = {
  waiting: { state: 'waiting' },
  partial: { state: 'waiting' },
  failed: { state: 'unavailable', code: 'source.unavailable', ...settled },
  withheld: { state: 'withheld', by: 'policy', rule: 'objection', ...settled },
};

/** Without what it must have, nothing can be read. */
function broken(resource: ResidentData['organisations'][number]['resources'][number]): typeof resource {
  const { resourceType, id, subject, patient } = resource;
  const one = {
    resourceType,
    ...(id !== undefined && { id }),
    ...(subject !== undefined && { subject }),
    ...(patient !== undefined && { patient }),
  };
  return resourceType === 'AllergyIntolerance' || resourceType === 'Condition' ? one : resource;
}

export function patientOf({ family, given, nhsNumber, birthDate, gender }: ResidentData): Patient {
  return { nhsNumber, family, given, gender, birthDate: readDate(birthDate) } as Patient;
}

export function sourceOf({ ods, name, kind }: ResidentData['organisations'][number], index: number): Source {
  return {
    id: ods as SourceId,
    organisation: { ods: ods as OdsCode, name, kind: kind as OrganisationKind },
    home: index === 0,
  };
}
