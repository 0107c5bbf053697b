import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import type { Resource } from '../../src/record/resource.ts';
import { isRestricted, saysOfHome, withoutWhereabouts } from '../../src/record/whereabouts.ts';
import { aPatient, entriesFrom } from '../support/record.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const person = (code?: string): Resource => ({
  resourceType: 'Patient',
  id: 'p',
  ...(code && { meta: { security: [{ system: CONFIDENTIALITY, code }] } }),
  name: [{ family: 'Example', given: ['Alex'] }],
  address: [{ line: ['1 Hidden Street'], postalCode: 'LS1 1AA' }],
  telecom: [{ system: 'phone', value: '01632 960001' }],
  generalPractitioner: [{ display: 'Hidden Surgery' }],
});
const relative: Resource = {
  resourceType: 'RelatedPerson',
  id: 'r',
  active: true,
  name: [{ text: 'Sam Hidden' }],
  telecom: [{ system: 'phone', value: '01632 960002' }],
};
const housing: Resource = {
  resourceType: 'Observation',
  id: 'h',
  status: 'final',
  category: [{ coding: [{ code: 'social-history' }] }],
  code: { text: 'Housing' },
  valueString: 'Refuge in Hidden Lane',
};
const smoking: Resource = { ...housing, id: 's', code: { text: 'Smoking status' }, valueString: 'Never smoked' };
const visit: Resource = {
  resourceType: 'Encounter',
  id: 'v',
  status: 'finished',
  class: { code: 'HH', display: 'home health' },
  location: [{ location: { display: '1 Hidden Street' } }],
};
const stay: Resource = {
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  class: { code: 'IMP', display: 'inpatient' },
  location: [{ location: { display: 'Ward 5' } }],
  hospitalization: { dischargeDisposition: { text: 'Care home' }, destination: { display: 'Hidden House' } },
};

const team: Resource = {
  resourceType: 'CareTeam',
  id: 't',
  status: 'active',
  name: 'Older people north',
  managingOrganization: [{ display: 'Hidden City Council' }],
  participant: [{ member: { reference: '#n' } }],
  contained: [
    {
      resourceType: 'Practitioner',
      id: 'n',
      name: [{ text: 'Nia Nurse' }],
      telecom: [{ system: 'phone', value: '01632 960003' }],
    },
  ],
};

const all = (code?: string): readonly Entry[] =>
  entriesFrom('gp', person(code), relative, housing, smoking, visit, stay, team);
const left = (entries: readonly Entry[], restricted = false): readonly Entry[] =>
  withoutWhereabouts(entries, aPatient(restricted ? { restricted: true } : {}));

describe('somebody whose whereabouts are restricted', () => {
  it('by nobody is shown whole, the very entries that were read', () => {
    const entries = all();
    expect(left(entries)).toBe(entries);
    expect(left(all('N'))).toHaveLength(entries.length);
    expect(JSON.stringify(left(entries))).toContain('1 Hidden Street');
  });

  it.each(['R', 'V', 'REDACTED', 'r'])(
    'by the label %s of one source has no address, number, practice or home from any',
    (code) => {
      const text = JSON.stringify(
        left([...all(code), ...entriesFrom('hospital', person(), relative, housing, visit, stay)]),
      );
      expect(text).not.toMatch(/Hidden (Street|Surgery|Lane|House)|LS1|01632/);
    },
  );

  it('by the home EPR has none either', () => {
    expect(JSON.stringify(left(all(), true))).not.toMatch(/Hidden (Street|Surgery|Lane|House)|LS1|01632/);
  });

  it('keeps what leads to no place: who she is, her relative, that she was visited, was in hospital and went to a care home', () => {
    const entries = left(all(), true);
    const of = (section: string): readonly Entry[] => entries.filter((entry) => entry.section === section);
    expect(of('demographics')).toMatchObject([{ addresses: [], telecom: [], practice: [] }]);
    expect(of('personal-contacts')).toMatchObject([{ title: 'Sam Hidden', telecom: [] }]);
    expect(of('social-context').map(({ title }) => title)).toEqual(['Smoking status']);
    expect(of('encounters')).toMatchObject([
      { kind: 'home-visit', locations: [] },
      { kind: 'admission', locations: ['Ward 5'], discharge: { to: 'Care home' } },
    ]);
    expect(of('encounters')[0]).not.toHaveProperty('discharge');
    expect(of('discharges')).toMatchObject([{ to: 'Care home' }]);
    expect(of('professional-contacts')).toMatchObject([{ title: 'Nia Nurse', telecom: [] }]);
    for (const section of ['gp-practice', 'local-authority']) {
      expect(all().map((entry) => entry.section)).toContain(section);
      expect(of(section)).toEqual([]);
    }
    expect(of('social-context')[0]).not.toHaveProperty('telecom');
  });

  it('is known by a label that ends in the code, and by no other', () => {
    const labelled = (...labels: readonly string[]): boolean => isRestricted({ labels });
    expect(labelled(`${CONFIDENTIALITY}|R`)).toBe(true);
    expect(labelled(`${CONFIDENTIALITY}|N`, `${CONFIDENTIALITY}|V`)).toBe(true);
    expect(labelled(`${CONFIDENTIALITY}|NR`, 'R', `${CONFIDENTIALITY}|RX`)).toBe(false);
    expect(labelled()).toBe(false);
  });

  it('is not known by the label of another record than the person’s own', () => {
    const meta = { security: [{ system: CONFIDENTIALITY, code: 'R' }] };
    const entries = entriesFrom('gp', person(), { ...smoking, meta });
    expect(left(entries)).toBe(entries);
  });

  it('has a home in what is told of housing, and in nothing else', () => {
    expect(entriesFrom('gp', housing, smoking).map(saysOfHome)).toEqual([true, false]);
    expect(entriesFrom('gp', person()).some(saysOfHome)).toBe(false);
  });
});
