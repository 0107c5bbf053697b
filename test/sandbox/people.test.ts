import { describe, expect, it } from 'vitest';
import { buildPeople } from '../../sandbox/people/index.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { SourceId } from '../../src/record/source.ts';
import { luhn, verhoeff } from '../support/sandbox/check-digits.ts';
import { codingsOf, community, held, referencesOf, TODAY } from '../support/sandbox/people.ts';

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
      'text/xml': '<?xml',
    };
    const binaries = [...community.resources.values()].flat().filter((resource) => resource.resourceType === 'Binary');
    expect(new Set(binaries.map((binary) => binary['contentType']))).toEqual(new Set(Object.keys(starts)));
    for (const binary of binaries) {
      const text = Buffer.from(String(binary['data']), 'base64').toString('latin1');
      // The printout of a blood gas is the shortest: six lines.
      expect(text.length).toBeGreaterThan(100);
      expect(text.startsWith(starts[String(binary['contentType'])] ?? '?')).toBe(true);
      expect(text).not.toMatch(/<script|javascript:/i);
    }
  });
});
