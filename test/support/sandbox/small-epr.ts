import type { Resource } from '../../../src/record/resource.ts';
import { openEpr } from '../../../sandbox/eprs/epr.ts';
import type { Epr, EprOptions } from '../../../sandbox/eprs/epr.ts';
import type { SandboxOrganisation } from '../../../sandbox/community.ts';
import { freePort } from '../free-port.ts';
import { makeTestClient } from './test-client.ts';
import type { TestClient } from './test-client.ts';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';

export const SMALL_NHS_NUMBER = '9990000018';

export const SMALL_SURGERY: SandboxOrganisation = {
  ods: 'XT001',
  name: 'Test Lane Surgery',
  kind: 'gp',
  epr: 'full',
  users: [
    {
      practitionerId: 'dr-a',
      name: 'Dr Asha Testing',
      roleCode: 'R0260',
      roleName: 'General Medical Practitioner',
      sdsUserId: '555000000001',
    },
    {
      practitionerId: 'nurse-b',
      name: 'Ben Testing',
      roleCode: 'R8001',
      roleName: 'Nurse Access Role',
      sdsUserId: '555000000002',
    },
  ],
};

/** Two patients: p1 with 240 observations, a medicine by reference and a letter; p2 with one observation. */
export function smallRecords(): readonly Resource[] {
  const observations = Array.from({ length: 240 }, (_unused, index) =>
    observation(`o${index}`, 'p1', index % 2 === 0 ? 'laboratory' : 'vital-signs'),
  );
  return [
    {
      resourceType: 'Patient',
      id: 'p1',
      identifier: [{ system: NHS, value: SMALL_NHS_NUMBER }],
      name: [{ family: 'Tester', given: ['Ann'] }],
      birthDate: '1950-01-02',
      gender: 'female',
    },
    {
      resourceType: 'Patient',
      id: 'p2',
      identifier: [{ system: NHS, value: '9990000026' }],
      name: [{ family: 'Other', given: ['Bob'] }],
      birthDate: '1960-01-02',
      gender: 'male',
    },
    ...observations,
    observation('other', 'p2', 'laboratory'),
    { resourceType: 'Medication', id: 'm1', code: { text: 'Ramipril 5 mg capsules' } },
    { resourceType: 'Practitioner', id: 'prescriber', name: [{ text: 'Dr Prescriber' }] },
    {
      resourceType: 'MedicationRequest',
      id: 'mr1',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      requester: { reference: 'Practitioner/prescriber' },
      medicationReference: { reference: 'Medication/m1' },
    },
    {
      resourceType: 'Appointment',
      id: 'a1',
      status: 'booked',
      participant: ['Patient/p1', 'Practitioner/prescriber'].map((reference) => ({
        actor: { reference },
        status: 'accepted',
      })),
    },
    { resourceType: 'Binary', id: 'b1', contentType: 'text/plain', data: Buffer.from('Dear Dr').toString('base64') },
    { resourceType: 'Binary', id: 'b2', contentType: 'text/plain', data: Buffer.from('Nobody’s').toString('base64') },
    {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      subject: { reference: 'Patient/p1' },
      content: [{ attachment: { contentType: 'text/plain', url: 'Binary/b1' } }],
    },
  ];
}

function observation(id: string, patient: string, category: string): Resource {
  const coding = { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category };
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [coding] }],
    subject: { reference: `Patient/${patient}` },
    code: { text: 'Test' },
  };
}

export type SmallEpr = { readonly epr: Epr; readonly client: TestClient; close(): Promise<void> };

/** A running EPR and an app registered with it, on a free port. */
export async function openSmallEpr(options: Partial<EprOptions> = {}): Promise<SmallEpr> {
  const client = makeTestClient('tester');
  const epr = await openEpr({
    organisation: SMALL_SURGERY,
    resources: smallRecords(),
    port: await freePort(),
    launcherUrl: 'http://127.0.0.1:9',
    otherClients: [client.registration],
    ...options,
  });
  return { epr, client, close: () => epr.close() };
}
