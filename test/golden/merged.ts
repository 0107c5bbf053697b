import type { Resident } from '../../sandbox/community.ts';
import { initialModes } from '../../sandbox/people/index.ts';
import { readHomePatient } from '../../launcher/identity/home-patient.ts';
import { matchPatient } from '../../launcher/identity/match.ts';
import { readNhsNumbers } from '../../launcher/identity/nhs-numbers.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { PARTS } from '../../src/record/silence.ts';
import type { Reading } from '../../src/record/entry.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { OdsCode, Source, SourceId } from '../../src/record/source.ts';
import { about, community, held, TODAY } from '../support/sandbox/people.ts';

const NOW = `${TODAY}T09:00:00Z`;
const NOW_MS = Date.parse(NOW);

/**
 * What a reader at the first of the resident's organisations sees once all have been asked, without a launcher and before
 * any policy. Each source is searched by the number and matched as the launcher does it: one that is down, that knows
 * nobody under the number or that can't say which of two it means gives nothing.
 */
export function mergedRecordOf(resident: Resident): PatientRecord {
  const holders = Object.keys(resident.patientIds);
  const patient = homePatient(resident, holders[0] ?? '');
  const statuses = new Map(holders.map((ods) => [ods as SourceId, statusOf(patient, ods)]));
  const answering = holders.filter((ods) => statuses.get(ods as SourceId)?.state === 'answered');
  const readings = answering.map((ods) => readingOf(resident, ods));
  return buildRecord({
    patient,
    sources: holders.map((ods, index) => sourceOf(ods, index === 0)),
    statuses,
    entries: readings.flatMap(({ entries }) => entries),
    unread: readings.flatMap(({ unread }) => unread),
    nowMs: NOW_MS,
  });
}

/** Everything about the resident there, with the names, places and products it refers to. */
function readingOf(resident: Resident, ods: string): Reading {
  const parts = held(ods).filter(({ resourceType }) => PARTS.has(resourceType));
  return readResources([...new Set([...parts, ...about(resident, ods)])], ods as SourceId);
}

function sourceOf(ods: string, home: boolean): Source {
  const organisation = community.organisations.find((candidate) => candidate.ods === ods);
  if (!organisation) throw new Error(`no organisation ${ods}`);
  return {
    id: ods as SourceId,
    organisation: { ods: ods as OdsCode, name: organisation.name, kind: organisation.kind },
    home,
  };
}

function statusOf(patient: Patient, ods: string): FinalSourceStatus {
  const settled = { at: NOW, tookMs: 100 };
  if (initialModes[ods] === 'down')
    return { ...settled, state: 'unavailable', code: 'source.unreachable', sections: {} };
  const found = held(ods).filter(
    (one) => one.resourceType === 'Patient' && readNhsNumbers(one, NOW_MS).valid.includes(patient.nhsNumber),
  );
  const match = matchPatient(patient, found, NOW_MS);
  if (match.found === 'one') return { ...settled, state: 'answered', sections: everySection('answered') };
  if (match.found === 'none') return { ...settled, state: 'nothing-held', sections: everySection('nothing-held') };
  return { ...settled, state: 'failed', code: `source.${match.found}`, sections: {} };
}

/** Each section was asked; how many entries came is counted by the record itself. */
function everySection(state: 'answered' | 'nothing-held'): SectionAnswers {
  return Object.fromEntries(SECTIONS.map(({ id }) => [id, { state, count: 0 }]));
}

function homePatient(resident: Resident, ods: string): Patient {
  const [patient] = about(resident, ods, 'Patient');
  const home = patient && readHomePatient(patient, NOW_MS);
  if (!home || 'refused' in home) throw new Error(`${resident.story} cannot be opened at ${ods}`);
  return home.patient;
}
