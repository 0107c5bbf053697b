import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Conflict, ConflictKind } from '../../src/record/fact.ts';
import { parseNhsNumber, type NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import { readDate, type RecordedDate } from '../../src/record/fhir/date.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { OdsCode, OrganisationKind, Source, SourceId } from '../../src/record/source.ts';

/** Builders for tests of the record: invented people and places only; NHS numbers of the 999 test range. */
export function aDate(text: string): RecordedDate {
  const date = readDate(text);
  if (date === undefined) throw new Error(`not a FHIR date: ${text}`);
  return date;
}

export function aPatient(change: Partial<Patient> = {}): Patient {
  return {
    nhsNumber: parseNhsNumber('999 000 0018') ?? ('' as NhsNumber),
    family: 'Example',
    given: 'Alex',
    birthDate: aDate('1948-03-14'),
    ...change,
  };
}

export function aSource(id: string, kind: OrganisationKind = 'gp', home = false): Source {
  const organisation = { ods: `X${id}`.toUpperCase() as OdsCode, name: `The ${id}`, kind };
  return { id: id as SourceId, organisation, home };
}

export function answered(sections: SectionAnswers = {}): FinalSourceStatus {
  return { state: 'answered', at: '2026-11-22T09:00:00Z', tookMs: 120, sections };
}

/** What one source's resources say, read as the launcher reads them. */
export function entriesFrom(source: string, ...resources: readonly Resource[]): readonly Entry[] {
  return readResources(resources, source as SourceId).entries;
}

/** The one entry that one resource makes, of that section if it is said; fails loudly when there is none or more. */
export function entryFrom<E extends Entry = Entry>(resource: Resource, source = 'gp', section?: E['section']): E {
  const reading = readResources([resource], source as SourceId);
  const [entry, ...others] = reading.entries.filter((one) => section === undefined || one.section === section);
  if (!entry || others.length > 0) throw new Error(`expected one entry, got ${JSON.stringify(reading)}`);
  return entry as E;
}

/** The kinds of disagreement in what these sources say together, on 22 November 2026. */
export function conflictKinds(said: { readonly [source: string]: readonly Resource[] }): readonly ConflictKind[] {
  return conflictsOf(said).map(({ kind }) => kind);
}

/** The disagreements themselves. */
export function conflictsOf(said: { readonly [source: string]: readonly Resource[] }): readonly Conflict[] {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  }).conflicts;
}
