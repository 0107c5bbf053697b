import { describe, expect, it } from 'vitest';
import { relationshipOf } from '../../../launcher/access/relationship.ts';
import type { LaunchContext } from '../../../launcher/smart/launch-context.ts';
import { useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

const bench = useHostileLaunch({ readsCare: true });
const SCOPES =
  'launch openid fhirUser patient/Patient.r patient/Encounter.r patient/ServiceRequest.s patient/Task.rs patient/*.x';
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const SURGERY = { identifier: { system: ODS, value: 'XB001' } };
const HOSPITAL = { identifier: { system: ODS, value: 'XB101' } };

const encounter = (more: object = {}) => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'in-progress',
  subject: { reference: 'Patient/p1' },
  serviceType: { text: 'Cardiology' },
  location: [
    { location: { display: 'Ward 7' }, status: 'active' },
    { location: { display: 'Ward 3' }, status: 'completed' },
  ],
  ...more,
});
const referral = (more: object = {}) => ({
  resourceType: 'ServiceRequest',
  id: 's1',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  code: { text: 'Referral to cardiology' },
  requester: HOSPITAL,
  performer: [SURGERY],
  ...more,
});

const json = (value: unknown) => ({ body: JSON.stringify(value) });
const found = (...resources: object[]) =>
  json({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) });

async function launched(): Promise<LaunchContext> {
  bench.epr.token['scope'] = SCOPES;
  delete bench.epr.claims['nonce'];
  return (await bench.world.finish(await launchAt(bench.world, bench.epr))).context;
}
const asked = (path: string) => bench.epr.requests.filter((request) => request.path.startsWith(path));

describe('the encounter a launch names', () => {
  it('refuses the launch when it is another person’s', async () => {
    bench.epr.token['scope'] = SCOPES;
    bench.epr.token['encounter'] = 'e1';
    bench.epr.answer('/fhir/Encounter/e1', json(encounter({ subject: { reference: 'Patient/p2' } })));
    await bench.refused('launch.patient_mismatch');
  });

  const over = ['planned', 'finished', 'cancelled', 'entered-in-error', 'unknown', undefined];
  it.each(over)('shows no care when it is not under way: %s', async (status) => {
    bench.epr.token['encounter'] = 'e1';
    bench.epr.answer('/fhir/Encounter/e1', json(encounter({ status })));
    const context = await launched();
    expect(context.encounterId).toBeUndefined();
    expect(context.units).toBeUndefined();
    expect(relationshipOf(context)).toBe('self-claimed');
  });

  it('is not read where the token does not let it be, or the community does not say so; it stands as it was said', async () => {
    bench.epr.token['encounter'] = 'e1';
    bench.epr.answer('/fhir/Encounter/e1', json(encounter()));
    const { context } = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(context).toMatchObject({ encounterId: 'e1' });
    await bench.reopen({ readsCare: false });
    expect((await launched()).units).toBeUndefined();
    expect(asked('/fhir/Encounter')).toEqual([]);
  });

  it('stands as it was said while the EPR does not answer, or answers with another', async () => {
    bench.epr.token['encounter'] = 'e1';
    for (const answer of [{ status: 403 }, json(encounter({ id: 'e2' })), { body: '<html>' }]) {
      bench.epr.answer('/fhir/Encounter/e1', answer);
      expect(await launched()).toMatchObject({ encounterId: 'e1' });
      expect(relationshipOf(await launched())).toBe('encounter');
    }
  });

  it('gives the reader its units while it is open: of a ward left, nothing', async () => {
    bench.epr.token['encounter'] = 'e1';
    bench.epr.answer('/fhir/Encounter/e1', json(encounter()));
    const context = await launched();
    expect(context).toMatchObject({ encounterId: 'e1', units: ['cardiology', 'ward 7'] });
    expect(relationshipOf(context)).toBe('encounter');
    expect(asked('/fhir/ServiceRequest')).toEqual([]);
  });
});

describe('a referral at the home EPR', () => {
  const none: readonly (readonly [string, object])[] = [
    ['of another person', { subject: { reference: 'Patient/p2' } }],
    ['that is completed', { status: 'completed' }],
    ['that was revoked', { status: 'revoked' }],
    ['that is a draft', { status: 'draft' }],
    ['that must not be made', { doNotPerform: true }],
    ['that is only proposed', { intent: 'proposal' }],
    ['between two others', { performer: [{ identifier: { system: ODS, value: 'XB201' } }] }],
    ['to a name and no code', { performer: [{ display: 'XB001' }] }],
    ['to the code of another register', { performer: [{ identifier: { system: 'urn:x', value: 'XB001' } }] }],
    ['that is a blood test', { category: [{ coding: [{ system: 'http://snomed.info/sct', code: '108252007' }] }] }],
  ];
  it.each(none)('%s is no evidence of care', async (_name, more) => {
    bench.epr.answer('/fhir/ServiceRequest/_search', found(referral(more)));
    bench.epr.answer('/fhir/Task/_search', { status: 500 });
    expect(relationshipOf(await launched())).toBe('self-claimed');
  });

  it('is not looked for where the token does not let it be', async () => {
    bench.epr.answer('/fhir/ServiceRequest/_search', found(referral()));
    const { context } = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(context.careEvidence).toBeUndefined();
    expect(asked('/fhir/ServiceRequest')).toEqual([]);
  });

  it('to or from the reader’s organisation is evidence of care while it is open', async () => {
    for (const parties of [{}, { requester: SURGERY, performer: [HOSPITAL] }]) {
      bench.epr.answer('/fhir/ServiceRequest/_search', found(referral(parties)));
      expect(relationshipOf(await launched())).toBe('referral');
    }
  });

  it('counts by the organisation that is included, or that a role belongs to', async () => {
    const ours = { resourceType: 'Organization', id: 'o1', identifier: [{ system: ODS, value: 'XB001' }] };
    const role = { resourceType: 'PractitionerRole', id: 'r1', organization: { reference: 'Organization/o1' } };
    const to = (reference: string) => referral({ performer: [{ reference }] });
    bench.epr.answer('/fhir/ServiceRequest/_search', found(to('Organization/o1'), ours));
    expect(relationshipOf(await launched())).toBe('referral');
    bench.epr.answer('/fhir/ServiceRequest/_search', found(to('PractitionerRole/r1'), ours, role));
    expect(relationshipOf(await launched())).toBe('referral');
  });

  it('counts as a Task of it too, and puts no id of the patient into an address', async () => {
    const task = {
      resourceType: 'Task',
      id: 't1',
      status: 'accepted',
      intent: 'order',
      focus: { reference: 'ServiceRequest/s9' },
      for: { reference: 'Patient/p1' },
      owner: SURGERY,
    };
    bench.epr.answer('/fhir/ServiceRequest/_search', found());
    bench.epr.answer('/fhir/Task/_search', found(task));
    expect(relationshipOf(await launched())).toBe('referral');
    const [search] = asked('/fhir/Task');
    expect(search).toMatchObject({ method: 'POST', path: '/fhir/Task/_search', authorization: 'Bearer user-token' });
    expect(new URLSearchParams(search?.body).get('patient')).toBe('p1');
  });

  it('is not looked for when a registration or an open encounter shows more', async () => {
    bench.epr.patient['generalPractitioner'] = [{ identifier: { value: 'XB001' } }];
    expect(relationshipOf(await launched())).toBe('registration');
    expect(asked('/fhir/ServiceRequest')).toEqual([]);
  });
});

describe('the sign-in', () => {
  it('is asked for what shows care only where the community says so and the server offers it', async () => {
    const scopesAsked = async (): Promise<string> => {
      const { address } = await bench.world.start({ iss: bench.epr.iss, launch: 'opaque' });
      return new URL(address).searchParams.get('scope') ?? '';
    };
    expect(await scopesAsked()).not.toContain('Encounter');
    bench.epr.smart['scopes_supported'] = ['patient/Patient.r', 'patient/Encounter.rs', 'patient/Task.read'];
    await bench.reopen({ readsCare: true });
    expect((await scopesAsked()).split(' ')).toEqual(
      expect.arrayContaining(['patient/Patient.r', 'patient/Encounter.rs', 'patient/Task.read']),
    );
    expect(await scopesAsked()).not.toContain('ServiceRequest');
    await bench.reopen({ readsCare: false });
    expect(await scopesAsked()).not.toContain('Encounter');
  });
});
