import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asObject, asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Resident, SandboxCommunity, SandboxOrganisation } from '../community.ts';
import { Mistake } from '../mistake.ts';
import { readFolder } from './folder.ts';
import type { Holding } from './folder.ts';
import { joinPersons, withNhsNumber } from './nhs-numbers.ts';
import type { HumanBeing } from './nhs-numbers.ts';
import { readOrganisation } from './organisation.ts';
import { splitByProvider } from './split.ts';

export type Imported = {
  readonly community: SandboxCommunity;
  /** What was left out, and why. */ readonly notes: readonly string[];
};

type Member = { readonly organisation: SandboxOrganisation; readonly holding: Holding };

/** Records that someone else wrote, as a community. */
export async function importFolder(
  folder: string,
  { split = false }: { readonly split?: boolean } = {},
): Promise<Imported> {
  const read = await readFolder(folder, split);
  const notes = [...read.notes];
  const holdings = split ? read.holdings.flatMap((holding) => splitByProvider(holding.resources)) : read.holdings;
  const kept = holdings.filter((holding) => {
    const hasPatient = patientsIn(holding).length > 0;
    if (!hasPatient) notes.push(`${holding.name}: no patient, so no organisation`);
    return hasPatient;
  });
  if (kept.length === 0)
    throw new Mistake([`no organisation with a patient was found in ${folder}`, ...notes].join('\n  '));
  const taken = new Set<string>();
  const members = kept.map((holding, index) => ({ holding, organisation: readOrganisation(holding, index, taken) }));
  const everybody = members.flatMap(({ holding }) =>
    patientsIn(holding).map((patient) => ({ holder: holding.name, patient })),
  );
  const persons = joinPersons(everybody, await readTruth(folder));
  return { community: buildCommunity(members, persons), notes };
}

function buildCommunity(members: readonly Member[], persons: readonly HumanBeing[]): SandboxCommunity {
  const numbers = new Map(
    persons.flatMap((person) => person.held.map(({ patient }) => [patient, person.nhsNumber] as const)),
  );
  const resources = members.map(({ organisation, holding }) => {
    const numbered = holding.resources.map((resource) => {
      const number = numbers.get(resource);
      return number === undefined ? resource : withNhsNumber(resource, number);
    });
    return [organisation.ods, numbered] as const;
  });
  return {
    name: 'Imported records',
    organisations: members.map((member) => member.organisation),
    residents: residents(members, persons),
    resources: new Map(resources),
  };
}

function residents(members: readonly Member[], persons: readonly HumanBeing[]): readonly Resident[] {
  const used = new Set<string>();
  const places = members.map(({ organisation, holding }) => ({
    ods: organisation.ods,
    patients: new Set(patientsIn(holding)),
  }));
  return persons.map(({ held, nhsNumber }) => {
    const name = nameOf(held[0]?.patient);
    const patientIds: Record<string, string> = {};
    for (const { ods, patients } of places) {
      const here = held.find((one) => patients.has(one.patient));
      if (here) patientIds[ods] = String(here.patient.id);
    }
    const count = Object.keys(patientIds).length;
    return {
      story: unused(slug(name), used),
      shows: `Held by ${count} organisation${count === 1 ? '' : 's'}.`,
      name,
      nhsNumber,
      patientIds,
    };
  });
}

function patientsIn(holding: Holding): readonly Resource[] {
  return holding.resources.filter((resource) => resource.resourceType === 'Patient');
}

/** `truth.json`: lists of `<file> Type/id` that are the same thing. Absent or of another shape, it joins nobody. */
async function readTruth(folder: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(folder, 'truth.json'), 'utf8').catch(() => '{}');
  const lists = asObject(JSON.parse(text))?.['duplicates'];
  return Array.isArray(lists)
    ? lists.filter((list): list is string[] => Array.isArray(list) && list.every((name) => typeof name === 'string'))
    : [];
}

function nameOf(patient: Resource | undefined): string {
  const [name] = asObjects(patient?.['name']);
  const given = Array.isArray(name?.['given']) ? (name['given'] as readonly unknown[]).map(String).join(' ') : '';
  return (
    [given, asString(name?.['family'])].filter(Boolean).join(' ') || (asString(name?.['text']) ?? 'Unnamed person')
  );
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'person'
  );
}

function unused(story: string, used: Set<string>): string {
  let name = story;
  for (let number = 2; used.has(name); number += 1) name = `${story}-${number}`;
  used.add(name);
  return name;
}
