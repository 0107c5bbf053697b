import { describe, expect, it } from 'vitest';
import { buildPeople, initialModes } from '../../sandbox/people/index.ts';
import type { Resident } from '../../sandbox/community.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';

const TODAY = '2026-11-20';
const community = buildPeople(TODAY);

const STORIES = [
  'hero',
  'objection',
  'sensitive',
  'safeguarding',
  'name-change',
  'no-nhs-number',
  'penicillin-conflict',
  'dose-changed',
  'source-down',
  'documents-only',
  'nothing-recorded',
  'twins',
  'restricted',
  'ambiguous',
  'end-of-life',
  'long-stay-social-care',
];

function story(name: string): Resident {
  const resident = community.residents.find((candidate) => candidate.story === name);
  if (!resident) throw new Error(`no story ${name}`);
  return resident;
}

function held(ods: string): readonly Resource[] {
  return community.resources.get(ods) ?? [];
}

/** What one organisation holds about the resident, by the reference to its Patient. */
function about(resident: Resident, ods: string, type?: string): readonly Resource[] {
  const patient = `Patient/${resident.patientIds[ods] ?? ''}`;
  return held(ods).filter(
    (resource) =>
      (type === undefined || resource.resourceType === type) &&
      (`${resource.resourceType}/${String(resource.id)}` === patient || referencesOf(resource).includes(patient)),
  );
}

function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : key === 'data' ? [] : referencesOf(inner),
  );
}

function codingsOf(value: unknown): readonly { readonly system?: unknown; readonly code?: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(codingsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'system' in value && 'code' in value ? [value] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => (key === 'data' ? [] : codingsOf(inner)))];
}

const words = (resources: readonly Resource[]): string => JSON.stringify(resources);

describe('the pretend community', () => {
  it('has the members of the real business case', () => {
    const count = (kind: string): number => community.organisations.filter((o) => o.kind === kind).length;
    expect([count('commissioner'), count('acute'), count('community') + count('mental-health')]).toEqual([3, 3, 4]);
    expect([count('ambulance'), count('council'), count('home-care')]).toEqual([2, 4, 2]);
    expect(count('gp')).toBeGreaterThanOrEqual(6);
  });

  it('leaves commissioners and the unconnected member without any record', () => {
    for (const organisation of community.organisations.filter((o) => o.epr === 'none')) {
      expect(held(organisation.ods), organisation.name).toEqual([]);
      expect(organisation.users).toEqual([]);
    }
  });

  it('has at least 24 organisations with records and people who can open them', () => {
    const holding = community.organisations.filter((o) => held(o.ods).some((r) => r.resourceType === 'Patient'));
    expect(holding.length).toBeGreaterThanOrEqual(24);
    for (const { name, users } of holding) {
      expect(users.length, name).toBeGreaterThanOrEqual(1);
      expect(users.length, name).toBeLessThanOrEqual(4);
    }
  });

  it('knows one person at three organisations by one user id', () => {
    const places = community.organisations.filter((o) => o.users.some((user) => user.sdsUserId === '555040000101'));
    expect(places.length).toBe(3);
  });

  it('is the same community each time it is built for the same day', () => {
    const again = buildPeople(TODAY);
    expect([...again.resources]).toEqual([...community.resources]);
    expect(again.residents).toEqual(community.residents);
  });

  it('moves its appointments with the day it is built for', () => {
    const later = buildPeople('2028-02-29');
    const starts = [...later.resources.values()]
      .flat()
      .filter((r) => r.resourceType === 'Appointment' && r['status'] === 'booked');
    expect(starts.length).toBeGreaterThan(5);
    for (const appointment of starts) expect(String(appointment['start']) > '2028-02-29').toBe(true);
  });

  it('files nothing after today', () => {
    for (const resource of [...community.resources.values()].flat()) {
      const meta = resource['meta'] as { readonly lastUpdated: string };
      expect(meta.lastUpdated.slice(0, 10) <= TODAY, `${resource.resourceType}/${String(resource.id)}`).toBe(true);
    }
  });

  it('gives every resource an id of its own and references that lead somewhere in the same organisation', () => {
    for (const [ods, resources] of community.resources) {
      const ids = resources.map((resource) => `${resource.resourceType}/${String(resource.id)}`);
      const known = new Set(ids);
      expect(known.size, ods).toBe(ids.length);
      const dangling = resources
        .flatMap(referencesOf)
        .filter((reference) => !known.has(reference) && !reference.startsWith('#'));
      expect(dangling, ods).toEqual([]);
    }
  });

  it('uses only NHS numbers of the test range that pass the check', () => {
    const numbers = [...community.resources.values()].flat().flatMap((resource) =>
      JSON.stringify(resource['identifier'] ?? [])
        .split('https://fhir.nhs.uk/Id/nhs-number","value":"')
        .slice(1)
        .map((rest) => rest.slice(0, 10)),
    );
    expect(numbers.length).toBeGreaterThan(50);
    for (const number of new Set([...numbers, ...community.residents.flatMap((r) => r.nhsNumber ?? [])])) {
      expect(number).toMatch(/^999/);
      expect(parseNhsNumber(number)).toBe(number);
    }
  });

  it('uses SNOMED CT and LOINC codes whose check digits are right', () => {
    const codings = [...community.resources.values()].flat().flatMap(codingsOf);
    for (const { system, code } of codings) {
      if (system === 'http://snomed.info/sct' || system === 'https://dmd.nhs.uk')
        expect(verhoeff(String(code)), String(code)).toBe(0);
      if (system === 'http://loinc.org') expect(luhn(String(code).replace('-', '')), String(code)).toBe(0);
    }
  });

  it('is read without a fault by the record', () => {
    for (const [ods, resources] of community.resources) {
      const { unread } = readResources(resources, ods as SourceId);
      expect(
        unread.filter((item) => item.reason !== 'type-not-read'),
        ods,
      ).toEqual([]);
    }
  });

  it('writes letters that are what they say they are', () => {
    const starts: Readonly<Record<string, string>> = {
      'application/pdf': '%PDF-1.4',
      'text/html': '<!DOCTYPE html>',
      'application/rtf': '{\\rtf1',
      'text/plain': '',
    };
    const binaries = [...community.resources.values()].flat().filter((resource) => resource.resourceType === 'Binary');
    expect(new Set(binaries.map((binary) => binary['contentType']))).toEqual(new Set(Object.keys(starts)));
    for (const binary of binaries) {
      const text = Buffer.from(String(binary['data']), 'base64').toString('latin1');
      expect(text.length).toBeGreaterThan(200);
      expect(text.startsWith(starts[String(binary['contentType'])] ?? '?')).toBe(true);
      expect(text).not.toMatch(/<script|javascript:/i);
    }
  });
});

describe('the stories', () => {
  it('are all told, each with its line', () => {
    expect(community.residents.map((resident) => resident.story)).toEqual(expect.arrayContaining(STORIES));
    for (const resident of community.residents) expect(resident.shows.length).toBeGreaterThan(20);
  });

  it('hero: eighteen organisations and fifteen hundred resources or more', () => {
    const hero = story('hero');
    const places = Object.keys(hero.patientIds);
    expect(places.length).toBe(18);
    expect(places.flatMap((ods) => about(hero, ods)).length).toBeGreaterThanOrEqual(1500);
    for (const ods of places) expect(about(hero, ods).length, ods).toBeGreaterThan(1);
  });

  it('no patient’s birth date differs between organisations', () => {
    for (const resident of community.residents) {
      const dates = Object.keys(resident.patientIds).map((ods) => about(resident, ods, 'Patient')[0]?.['birthDate']);
      expect(new Set(dates).size, resident.story).toBe(1);
    }
  });

  it('objection: the practice holds the objection', () => {
    expect(words(about(story('objection'), 'XB002', 'Consent'))).toContain('Objection to information sharing');
  });

  it('sensitive: some items are labelled very restricted, some restricted, most not at all', () => {
    const all = Object.keys(story('sensitive').patientIds).flatMap((ods) => about(story('sensitive'), ods));
    const labelled = (code: string): number =>
      all.filter((r) => words([{ resourceType: 'x', ...(r['meta'] as object) }]).includes(`"code":"${code}"`)).length;
    expect(labelled('V')).toBeGreaterThan(3);
    expect(labelled('R')).toBeGreaterThan(3);
    expect(labelled('V') + labelled('R')).toBeLessThan(all.length / 2);
  });

  it('safeguarding: a protection plan at the council and the practice, and the mother', () => {
    const child = story('safeguarding');
    expect(words(about(child, 'XB402', 'Flag'))).toContain('child protection plan');
    expect(words(about(child, 'XB004', 'Flag'))).toContain('child protection plan');
    expect(words(about(child, 'XB402', 'RelatedPerson'))).toContain('Kayleigh');
  });

  it('name-change: the practice knows both names, the infirmary only the old one', () => {
    const priya = story('name-change');
    expect(words(about(priya, 'XB004', 'Patient'))).toMatch(/Thornton.*Nair/);
    expect(words(about(priya, 'XB101', 'Patient'))).not.toContain('Thornton');
  });

  it('no-nhs-number: the ambulance chart has none', () => {
    expect(words(about(story('no-nhs-number'), 'XB301', 'Patient'))).not.toContain('nhs-number');
    expect(words(about(story('no-nhs-number'), 'XB004', 'Patient'))).toContain('nhs-number');
  });

  it('penicillin-conflict: anaphylaxis here, none known there, flucloxacillin active', () => {
    const thomas = story('penicillin-conflict');
    expect(words(about(thomas, 'XB101', 'AllergyIntolerance'))).toContain('Anaphylaxis');
    expect(words(about(thomas, 'XB006', 'AllergyIntolerance'))).toContain('409137002');
    const running = about(thomas, 'XB531', 'MedicationRequest').filter((r) => r['status'] === 'active');
    expect(words(running)).toContain('Flucloxacillin 500mg capsules');
  });

  it('dose-changed: 2.5 mg at discharge, 10 mg on repeat', () => {
    const joan = story('dose-changed');
    expect(words(about(joan, 'XB101', 'MedicationRequest'))).toContain('Ramipril 2.5mg capsules');
    expect(words(about(joan, 'XB005', 'MedicationStatement'))).toContain('Ramipril 10mg capsules');
  });

  it('source-down: his hospital is down from the start and no other story needs it', () => {
    expect(initialModes).toEqual({ XB103: 'down' });
    const users = community.residents.filter((resident) => 'XB103' in resident.patientIds);
    expect(users.map((resident) => resident.story)).toEqual(['source-down']);
  });

  it('documents-only: the practice holds letters and nothing coded', () => {
    expect(community.organisations.find((o) => o.ods === 'XB003')?.epr).toBe('documents-only');
    const types = new Set(about(story('documents-only'), 'XB003').map((resource) => resource.resourceType));
    expect(types).toEqual(new Set(['Patient', 'Binary', 'DocumentReference']));
  });

  it('nothing-recorded: five organisations, hardly an item', () => {
    const jonas = story('nothing-recorded');
    const items = Object.keys(jonas.patientIds)
      .flatMap((ods) => about(jonas, ods))
      .filter((r) => r.resourceType !== 'Patient');
    expect(Object.keys(jonas.patientIds).length).toBe(5);
    expect(items.length).toBeLessThanOrEqual(3);
  });

  it('twins: alike in everything but the number', () => {
    const [first, second] = [story('twins'), story('twins-sister')];
    expect(first.nhsNumber).not.toBe(second.nhsNumber);
    const face = (resident: Resident): unknown => {
      const patient = about(resident, 'XB004', 'Patient')[0];
      return [
        patient?.['birthDate'],
        patient?.['address'],
        (patient?.['name'] as { readonly family: string }[])[0]?.family,
      ];
    };
    expect(face(first)).toEqual(face(second));
  });

  it('restricted: labelled, and no address, telephone or practice in any Patient or letter', () => {
    const nadia = story('restricted');
    for (const ods of Object.keys(nadia.patientIds)) {
      const [patient] = about(nadia, ods, 'Patient');
      expect(words([patient ?? { resourceType: 'none' }])).toContain('"code":"R"');
      for (const element of ['address', 'telecom', 'generalPractitioner']) expect(patient).not.toHaveProperty(element);
    }
  });

  it('ambiguous: the infirmary has two Patients with the number', () => {
    const number = story('ambiguous').nhsNumber ?? '';
    expect(held('XB101').filter((r) => r.resourceType === 'Patient' && words([r]).includes(number)).length).toBe(2);
  });

  it('end-of-life: the hospice says not for resuscitation, the hospital’s older decision says for', () => {
    const arthur = story('end-of-life');
    expect(words(about(arthur, 'XB501', 'Consent'))).toContain('450476008');
    expect(words(about(arthur, 'XB101', 'Consent'))).toContain('450475007');
  });

  it('long-stay-social-care: a placement with its funding, equipment and support reasons', () => {
    const raymond = story('long-stay-social-care');
    expect(words(about(raymond, 'XB404', 'EpisodeOfCare'))).toContain('Council funded');
    expect(about(raymond, 'XB404', 'DeviceRequest').length).toBeGreaterThan(1);
    expect(words(about(raymond, 'XB404', 'Condition'))).toContain('Primary support reason');
  });
});

/** SNOMED CT identifiers end in a Verhoeff check digit: 0 is right. */
function verhoeff(code: string): number {
  const multiply = (a: number, b: number): number =>
    a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 10) % 5;
  const once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permute = (digit: number, times: number): number =>
    times === 0 ? digit : permute(once[digit] ?? 0, times - 1);
  return [...code].reverse().reduce((check, digit, index) => multiply(check, permute(Number(digit), index % 8)), 0);
}

/** LOINC codes end in a Luhn (modulus 10) check digit: 0 is right. */
function luhn(code: string): number {
  const sum = [...code].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10;
}
