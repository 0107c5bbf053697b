import { describe, expect, it } from 'vitest';
import { useHostileLaunch } from '../support/hostile-launch.ts';
import { launchAt } from '../support/launch-world.ts';

const bench = useHostileLaunch();

describe('a user or patient who is not who the launch is about', () => {
  it.each([
    ['45 the id_token names another patient', () => (bench.epr.claims['patient'] = 'p2'), 'launch.patient_mismatch'],
    [
      '45 fhirContext names another patient',
      () => (bench.epr.token['fhirContext'] = [{ reference: 'Patient/p2' }]),
      'launch.patient_mismatch',
    ],
    [
      '47 fhirUser on another server',
      () => (bench.epr.claims['fhirUser'] = 'https://evil.example/fhir/Practitioner/u1'),
      'launch.no_identity',
    ],
    ['47 fhirUser is a patient', () => (bench.epr.claims['fhirUser'] = 'Patient/p1'), 'launch.no_identity'],
    [
      '47 fhirUser that climbs',
      () => (bench.epr.claims['fhirUser'] = 'Practitioner/../Patient/p1'),
      'launch.no_identity',
    ],
    ['47 fhirUser is dots', () => (bench.epr.claims['fhirUser'] = 'Practitioner/..'), 'launch.no_identity'],
    ['47 fhirUser is a group', () => (bench.epr.claims['fhirUser'] = 'Group/1'), 'launch.no_identity'],
    ['47 no fhirUser', () => delete bench.epr.claims['fhirUser'], 'launch.no_identity'],
    [
      '48 the user can’t be read',
      () => bench.epr.answer('/fhir/Practitioner/u1', { status: 403 }),
      'launch.no_identity',
    ],
    ['48 another user comes', () => (bench.epr.practitioner['id'] = 'u2'), 'launch.no_identity'],
    ['49 a role that is not mapped', () => (bench.epr.claims['role_code'] = 'R9999'), 'launch.role_unmapped'],
    ['49 a role called like a method', () => (bench.epr.claims['role_code'] = 'constructor'), 'launch.role_unmapped'],
    ['49 no role anywhere', () => delete bench.epr.claims['role_code'], 'launch.role_unmapped'],
    [
      '49 two roles that differ',
      () => Object.assign(bench.epr.claims, { nhsid_nrbac_roles: [{ role_code: 'R8000' }, { role_code: 'R0260' }] }),
      'launch.role_unmapped',
    ],
    [
      '49 a selected role that is not mapped',
      () =>
        Object.assign(bench.epr.claims, {
          selected_roleid: '2',
          nhsid_nrbac_roles: [
            { person_roleid: '1', role_code: 'R8000' },
            { person_roleid: '2', role_code: 'R9' },
          ],
        }),
      'launch.role_unmapped',
    ],
    ['50 no patient', () => delete bench.epr.token['patient'], 'launch.no_patient'],
    [
      '51 the patient is an address',
      () => (bench.epr.token['patient'] = 'https://evil.example/Patient/p1'),
      'launch.no_patient',
    ],
    ['51 the patient is dots', () => (bench.epr.token['patient'] = '..'), 'launch.no_patient'],
    [
      '51 the patient has two hundred characters',
      () => (bench.epr.token['patient'] = 'x'.repeat(200)),
      'launch.no_patient',
    ],
    ['52 another patient comes', () => (bench.epr.patient['id'] = 'p2'), 'patient.unreadable'],
    [
      '52 an OperationOutcome comes',
      () => (bench.epr.patient['resourceType'] = 'OperationOutcome'),
      'patient.unreadable',
    ],
    ['52 the patient can’t be read', () => bench.epr.answer('/fhir/Patient/p1', { status: 404 }), 'patient.unreadable'],
    [
      '52 the patient is a redirect',
      () => bench.epr.answer('/fhir/Patient/p1', { status: 302, headers: { location: '/fhir/Practitioner/u1' } }),
      'patient.unreadable',
    ],
    ['53 no NHS number', () => (bench.epr.patient['identifier'] = []), 'patient.no_nhs_number'],
    [
      '54 a wrong NHS number',
      () => (bench.epr.patient['identifier'] = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000019' }]),
      'patient.nhs_invalid',
    ],
    [
      '56 replaced by itself',
      () => (bench.epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'Patient/p1' } }]),
      'patient.unreadable',
    ],
    [
      '56 replaced by someone elsewhere',
      () => (bench.epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'https://x/Patient/1' } }]),
      'patient.unreadable',
    ],
  ])('%s', async (_title, spoil, code) => {
    spoil();
    await bench.refused(code);
  });

  it('46 another tenant', async () => {
    await bench.reopen({ tenant: 'north' });
    bench.epr.token['tenant'] = 'south';
    await bench.refused('launch.mixup');
  });
});

describe('a user and a patient who are said in another way', () => {
  it('49 the role may come from the user’s PractitionerRoles when they agree', async () => {
    delete bench.epr.claims['role_code'];
    const role = (code: string) => ({
      resourceType: 'PractitionerRole',
      practitioner: { reference: 'Practitioner/u1' },
      code: [{ coding: [{ system: 's', code }] }],
    });
    bench.epr.roles.push(role('R0260'), role('R1234'), { ...role('R8000'), active: false });
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { role: 'gp' },
    });
  });

  it('49 the selected one of several CIS2 roles counts', async () => {
    Object.assign(bench.epr.claims, {
      selected_roleid: '2',
      nhsid_nrbac_roles: [
        { person_roleid: '1', role_code: 'S0:G0:R8000' },
        { person_roleid: '2', role_code: 'S0010:G0020:R0260' },
      ],
    });
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { role: 'gp' },
    });
  });

  it('51 Patient/p1 is p1', async () => {
    bench.epr.token['patient'] = 'Patient/p1';
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { homePatientId: 'p1' },
    });
  });

  it('56 a merged patient is followed to the one that replaced it', async () => {
    bench.epr.answer('/fhir/Patient/p2', { body: JSON.stringify({ ...bench.epr.patient, id: 'p2' }) });
    bench.epr.patient['link'] = [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }];
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { homePatientId: 'p2' },
    });
  });
});
