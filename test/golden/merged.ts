import type { Resident } from '../../sandbox/community.ts';
import { initialModes } from '../../sandbox/people/index.ts';
import { readHomePatient } from '../../launcher/identity/home-patient.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import { NHS_NUMBER_SYSTEM } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { PARTS, readResources } from '../../src/record/read-resources.ts';
import type { Reading } from '../../src/record/entry.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { OdsCode, Source, SourceId } from '../../src/record/source.ts';
import { about, community, held, TODAY, words } from '../support/sandbox/people.ts';

const NOW = `${TODAY}T09:00:00Z`;

/**
 * What a reader at the first of the resident's organisations sees once all have been asked, without a launcher: one that
 * is down from the start, or that holds two people under the number, gives nothing and is a gap.
 */
export function mergedRecordOf(resident: Resident): PatientRecord {
  const holders = Object.keys(resident.patientIds);
  const sources = holders.map((ods, index) => sourceOf(ods, index === 0));
  const states = new Map(holders.map((ods) => [ods, statusOf(resident, ods)]));
  const readings = holders
    .filter((ods) => states.get(ods)?.state === 'answered')
    .map((ods) => readingOf(resident, ods));
  return buildRecord({
    patient: homePatient(resident, holders[0] ?? ''),
    sources,
    statuses: new Map(sources.map((source) => [source.id, states.get(source.id) ?? answered(SECTIONS_ANSWERED)])),
    entries: readings.flatMap(({ entries }) => entries),
    unread: readings.flatMap(({ unread }) => unread),
    nowMs: Date.parse(NOW),
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

function statusOf(resident: Resident, ods: string): FinalSourceStatus {
  if (initialModes[ods] === 'down') return { ...answered({}), state: 'unavailable', code: 'source.unreachable' };
  const namesakes = held(ods).filter(
    (one) => one.resourceType === 'Patient' && one['active'] !== false && hasNumber(one['identifier'], resident.nhsNumber),
  );
  return namesakes.length > 1 ? { ...answered({}), state: 'failed', code: 'source.ambiguous' } : answered(SECTIONS_ANSWERED);
}

function hasNumber(identifiers: unknown, number: string | undefined): boolean {
  const text = JSON.stringify(identifiers ?? []);
  return number !== undefined && text.includes(NHS_NUMBER_SYSTEM) && text.includes(number);
}

/** Each section was asked and answered; how many entries came is counted by the record itself. */
const SECTIONS_ANSWERED: SectionAnswers = Object.fromEntries(
  SECTIONS.map(({ id }) => [id, { state: 'answered', count: 0 }]),
);

function answered(sections: SectionAnswers): FinalSourceStatus {
  return { state: 'answered', at: NOW, tookMs: 100, sections };
}

function homePatient(resident: Resident, ods: string): Patient {
  const [patient] = about(resident, ods, 'Patient');
  const home = patient && readHomePatient(patient, Date.parse(NOW));
  if (!home || 'refused' in home) throw new Error(`${resident.story} cannot be opened at ${ods}: ${words(patient ? [patient] : [])}`);
  return home.patient;
}
