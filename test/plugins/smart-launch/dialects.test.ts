import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../plugins/smart-launch/dialects/index.ts';
import { launch } from '../../../plugins/smart-launch/launch.ts';
import { pageSettings } from '../../../plugins/smart-launch/page-settings.ts';
import { registrationFor } from '../../../plugins/smart-launch/registrations.ts';

const settings = (dialect: string, sections = {}) => ({ dialect, sections, webMessaging: true });
const read = (dialect: string, token: object, claims: object = {}) =>
  launch.readContext({ token: { ...token }, claims: { ...claims } }, settings(dialect));

describe('a dialect', () => {
  it.each(DIALECTS.map(({ id }) => id))(
    '%s never leaves out what a launch needs, and asks for nothing of the record',
    (id) => {
      const scopes = launch.scopes(['patient/Patient.r', 'launch', 'openid', 'fhirUser'], settings(id));
      expect(scopes).toEqual(expect.arrayContaining(['launch', 'openid', 'fhirUser', 'patient/Patient.r']));
      expect(scopes.filter((scope) => /\*|offline_access|\.[cud]/.test(scope))).toEqual([]);
    },
  );

  it.each(DIALECTS.map(({ id }) => id))('%s reads the standard’s own places when they are filled', (id) => {
    const facts = read(
      id,
      { patient: 'p1', encounter: 'e1', need_patient_banner: false },
      { fhirUser: 'Practitioner/1' },
    );
    expect(facts).toMatchObject({
      patientId: 'p1',
      encounterId: 'e1',
      fhirUser: 'Practitioner/1',
      needPatientBanner: false,
    });
  });

  it('takes no patient from two EMIS contexts, and none from a context of another kind', () => {
    const entry = (patient: string, type = 'smart_on_fhir') => ({ type, patient });
    expect(read('emis-x', { authorization_details: [entry('a'), entry('b')] }).patientId).toBeUndefined();
    expect(read('emis-x', { authorization_details: [entry('a', 'payment')] }).patientId).toBeUndefined();
  });

  it('EMIS-X: finds the patient in authorization_details, in the answer or in the claims', () => {
    const details = { authorization_details: [{ type: 'smart_on_fhir', patient: 'p9', locations: ['https://x'] }] };
    expect(read('emis-x', details).patientId).toBe('p9');
    expect(read('emis-web', {}, { ...details, practitioner_id: '7' })).toMatchObject({
      patientId: 'p9',
      fhirUser: 'Practitioner/7',
    });
  });

  it('Medplum: finds the user in profile when fhirUser is not granted', () => {
    expect(read('medplum', { patient: 'p', profile: { reference: 'Practitioner/8' } }).fhirUser).toBe('Practitioner/8');
  });

  it('OpenEMR: finds intent and encounter inside the intent', () => {
    const facts = read('openemr', { patient: 'p', intent: { intent: 'med-review', encounter: 'e7' } });
    expect(facts).toMatchObject({ intent: 'med-review', encounterId: 'e7' });
  });

  it('Oracle Health: asks for online access, which is all a provider app gets', () => {
    expect(launch.scopes(undefined, settings('oracle'))).toContain('online_access');
  });
});

describe('an intent', () => {
  it('leads to the section the community file names for it, and other words stay as they are', () => {
    const given = settings('generic', { 'medication-review': 'medications' });
    const facts = (intent: string) => launch.readContext({ token: { patient: 'p', intent }, claims: {} }, given).intent;
    expect([facts('medication-review'), facts('toString'), facts('allergies')]).toEqual([
      'medications',
      'toString',
      'allergies',
    ]);
  });
});

describe('SMART Web Messaging', () => {
  const answer = (origin: string) => ({
    token: { smart_web_messaging_handle: 'h', smart_web_messaging_origin: origin },
    claims: {},
  });
  const told = (origin: string) =>
    pageSettings({ settings: settings('generic'), answer: answer(origin), frameAncestors: ['https://epr.example'] });

  it.each(['*', 'null', 'https://evil.example', 'https://epr.example.evil'])('is off for the origin %s', (origin) => {
    expect(told(origin)).toBeUndefined();
  });

  it('speaks to the one origin that may frame us', () => {
    expect(told('https://epr.example')).toEqual({ handle: 'h', origin: 'https://epr.example' });
  });
});

describe('what is pasted into a vendor’s portal', () => {
  it.each(DIALECTS.map(({ id }) => id))(
    '%s: exact addresses of this launcher, our keys, no secret, and the vendor’s steps',
    (id) => {
      const registration = registrationFor(id, 'https://corridor.example', 'XB001');
      expect(registration).toMatchObject({
        launch_uri: 'https://corridor.example/launch',
        redirect_uris: ['https://corridor.example/callback/XB001'],
        jwks_uri: 'https://corridor.example/.well-known/jwks.json',
        token_endpoint_auth_method: 'private_key_jwt',
      });
      expect(registration.steps.length).toBeGreaterThan(0);
      expect(JSON.stringify(registration)).not.toMatch(/secret/i);
    },
  );

  it.each(DIALECTS.map(({ id }) => id))(
    'registrations/%s.json is what it comes to, with LAUNCHER and ODS to fill in',
    (id) => {
      const file = new URL(`../../../plugins/smart-launch/registrations/${id}.json`, import.meta.url);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(registrationFor(id, 'https://LAUNCHER', 'ODS'));
    },
  );
});
