import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../sandbox/community.ts';
import { initialModes } from '../../../sandbox/people/index.ts';
import { about, community, held, story, words } from '../../support/sandbox/people.ts';

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
  'merged',
  'superseded-number',
  'referred',
];

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

  it('hero: the practice’s copy of a hospital letter is the hospital’s letter, byte for byte', () => {
    const summary = (ods: string): unknown => {
      const number = 'DS-2026-10-28-4471';
      const document = about(story('hero'), ods, 'DocumentReference').find((r) => words([r]).includes(number));
      const url = /"url":"(Binary\/[^"]+)"/.exec(words(document ? [document] : []))?.[1];
      return held(ods).find((resource) => `Binary/${String(resource.id)}` === url)?.['data'];
    };
    expect(summary('XB101')).toBeTypeOf('string');
    expect(summary('XB001')).toBe(summary('XB101'));
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

  it('merged: one active registration with the number, one inactive that points to it', () => {
    const gwen = story('merged');
    const links = about(gwen, 'XB102', 'Patient').filter((patient) => patient['active'] === false);
    expect(links.map((patient) => words([patient]))).toEqual([expect.stringContaining('replaced-by')]);
    expect(words(links)).not.toContain('nhs-number');
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

  it('superseded-number: the hospital holds only the number that was replaced, the practice both', () => {
    const elowen = story('superseded-number');
    const numbers = (ods: string): readonly unknown[] =>
      about(elowen, ods)
        .filter(({ resourceType }) => resourceType === 'Patient')
        .flatMap(({ identifier }) => identifier as { system: string; use: string; value: string }[])
        .filter(({ system }) => system === 'https://fhir.nhs.uk/Id/nhs-number')
        .map(({ use, value }) => [use, value]);
    const [[, replaced]] = numbers('XB102') as [[string, string]];
    expect(replaced).not.toBe(elowen.nhsNumber);
    expect(numbers('XB006')).toEqual([
      ['official', elowen.nhsNumber],
      ['old', replaced],
    ]);
  });

  it('referred: an open referral with the codes of both sides, and no visit at the trust', () => {
    const rufus = story('referred');
    const [referral] = about(rufus, 'XB201').filter(({ resourceType }) => resourceType === 'ServiceRequest');
    expect(referral).toMatchObject({
      status: 'active',
      requester: { identifier: { value: 'XB005' } },
      performer: [{ identifier: { value: 'XB201' } }],
    });
    expect(about(rufus, 'XB201').some(({ resourceType }) => resourceType === 'Encounter')).toBe(false);
  });
});
