import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSourceOpener } from '../../../launcher/federation/open-source.ts';
import { createSourceAgents, type SourceAgents } from '../../../launcher/federation/source-fetch.ts';
import { federate } from '../../../launcher/federation/federate.ts';
import type { LocatedRequest } from '../../../launcher/identity/located-request.ts';
import type { Community, CommunitySource } from '../../../launcher/trust/community.ts';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import { createSourceHeaders } from '../../../launcher/trust/source-headers.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { SourceSettings } from '../../../plugins/plugin.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import {
  collect,
  entriesOf,
  locatedOf,
  NHS_NUMBER,
  openBench,
  settledOf,
  SMALL_LIMITS,
} from '../../support/federation.ts';
import { openGpConnectServer, type GpConnectServer } from '../../support/gp-connect-server.ts';

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NHS_NUMBER }],
  name: [{ use: 'official', family: 'Ashdown', given: ['Wren'] }],
  birthDate: '1948-03-07',
};
const PENICILLIN = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  clinicalStatus: 'active',
  code: { text: 'Penicillin' },
  patient: { reference: 'Patient/p1' },
};
const SECTIONS = ['demographics', 'allergies', 'medications', 'care-plans'] as const;

let practice: GpConnectServer;
let agents: SourceAgents;
let ask: () => ReturnType<typeof collect>;

beforeEach(async () => {
  practice = await openGpConnectServer(PATIENT, { includeAllergies: [PENICILLIN] });
  agents = createSourceAgents({ connections: 4, connectMs: 1_000 });
  const gpConnect = PLUGINS.find(({ id }) => id === 'gp-connect')?.source;
  // The server stands where the proxy does; the practice's own address is only a part of the path.
  const settings = { proxy: new URL(practice.base).origin, provider: 'https://practice.example/A82038/fhir' };
  const source: CommunitySource = {
    id: 'practice' as SourceId,
    ods: 'XB003' as OdsCode,
    plugin: 'gp-connect',
    settings: gpConnect?.readSettings(settings) as SourceSettings,
    authorisation: {
      profile: 'gpconnect',
      fromAsid: '200000000115',
      toAsid: '200000000116',
      allowUnsignedJwt: true,
      allowLoopbackHttp: true,
    },
    deadlineMs: 2_000,
  };
  const community = { roles: [], member: () => undefined } as unknown as Community;
  const open = createSourceOpener({
    source: () => source,
    plugins: PLUGINS,
    token: () => Promise.resolve(undefined),
    headers: createSourceHeaders({
      community,
      keys: await makeKeys(),
      issuer: 'https://corridor.example',
      now: Date.now,
    }),
    agents,
    limits: SMALL_LIMITS,
  });
  ask = () => {
    const bench = openBench({}, { open });
    return collect(
      federate(
        withSdsId(locatedOf({ sources: ['practice'], sections: SECTIONS })),
        bench.deps,
        new AbortController().signal,
      ),
    );
  };
});
afterEach(async () => {
  await Promise.all([practice.close(), agents.close()]);
});

/** GP Connect names a user by the national number; the bench's has none. */
function withSdsId(located: LocatedRequest): LocatedRequest {
  const { session } = located.request;
  const user = { ...session.context.user, sdsUserId: '555000000001' };
  const context = { ...session.context, user };
  return { ...located, request: { ...located.request, session: { ...session, context } } } as LocatedRequest;
}

it('asks the practice by way of the proxy, with the token and the headers of the spine, and reads what it says', async () => {
  const events = await ask();
  expect(entriesOf(events, 'practice')).toEqual(['practice/Patient/p1', 'practice/AllergyIntolerance/a1']);
  const { status } = settledOf(events, 'practice');
  expect(status.state).toBe('answered');
  expect(status.sections).toMatchObject({
    allergies: { state: 'answered', count: 1 },
    medications: { state: 'nothing-held', count: 0 },
  });
  // Of care plans GP Connect has none to give: they were not asked, and are not said to be absent.
  expect(status.sections).not.toHaveProperty('care-plans');
  for (const { path, headers } of practice.asked) {
    expect(path).toBe('/https://practice.example/A82038/fhir/Patient/$gpc.getstructuredrecord');
    expect(headers).toMatchObject({
      'ssp-from': '200000000115',
      'ssp-to': '200000000116',
      'ssp-interactionid': 'urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1',
      'ssp-traceid': headers['x-request-id'],
    });
    const [head = '', claims = '', signature] = (headers.authorization ?? '').replace('Bearer ', '').split('.');
    expect([JSON.parse(Buffer.from(head, 'base64url').toString()), signature]).toEqual([
      { alg: 'none', typ: 'JWT' },
      '',
    ]);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'https://practice.example/A82038/fhir',
      reason_for_request: 'directcare',
      requesting_practitioner: { id: '555000000001' },
    });
  }
});

it('tells the reader that the practice withholds, where its patient does not consent', async () => {
  practice.answer = () => ({
    status: 403,
    body: {
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code: 'NO_PATIENT_CONSENT' }] } }],
    },
  });
  expect(settledOf(await ask(), 'practice').status).toMatchObject({ state: 'withheld', by: 'source' });
});

it('tells the reader that the record is still on its way from the last practice', async () => {
  const warning = [
    {
      url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-ListWarningCode-1',
      valueCode: 'data-in-transit',
    },
  ];
  const list = { resourceType: 'List', extension: warning, code: { coding: [{ code: '886921000000105' }] } };
  practice.answer = ({ parameters }) =>
    parameters.length === 0
      ? undefined
      : { body: { resourceType: 'Bundle', entry: [PATIENT, list, PENICILLIN].map((resource) => ({ resource })) } };
  const events = await ask();
  expect(settledOf(events, 'practice').status.sections.allergies).toEqual({
    state: 'truncated',
    count: 1,
    code: 'source.in_transit',
  });
});
