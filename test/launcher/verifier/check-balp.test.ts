import { describe, expect, it } from 'vitest';
import { buildAuditEvent } from '../../../launcher/audit/balp/build-audit-event.ts';
import { canonicalJson } from '../../../launcher/audit/canonical-json.ts';
import { checkBalp } from '../../../launcher/verifier/check-balp.ts';
import { AUDIT_TYPES, auditEvent, PLACES } from '../../support/audit-events.ts';

type Json = { [field: string]: unknown };
type Agent = Json & { type: { coding: { code: string }[] } };
type Event = Json & { agent: Agent[]; entity: (Json & { type: Json })[]; meta: { profile?: string[] } };

/** As it is stored and read again. */
function written(type: (typeof AUDIT_TYPES)[number], more = {}): Event {
  return JSON.parse(JSON.stringify(buildAuditEvent(auditEvent(type, more), PLACES))) as Event;
}

function profileOf(event: Event): string | undefined {
  return event.meta.profile?.[0]?.split('IHE.BasicAudit.').at(-1);
}

function agentCoded(event: Event, code: string): Agent {
  const found = event.agent.find((agent) => agent.type.coding[0]?.code === code);
  if (!found) throw new Error(`no agent ${code}`);
  return found;
}

describe('the checker of BALP', () => {
  const breaks: readonly (readonly [string, (event: Event) => void, string])[] = [
    ['a type of another system', (event) => (event['type'] = { system: 'x', code: 'rest' }), 'type: is not'],
    ['a missing subtype', (event) => delete event['subtype'], 'subtype: has none'],
    ['an action of R', (event) => (event['action'] = 'R'), 'action: is not E'],
    ['a failure that claims success', (event) => (event['outcome'] = '8'), 'outcome: is not 0'],
    ['a recorded date without a time', (event) => (event['recorded'] = '2026-11-22'), 'recorded'],
    ['a client without an address', (event) => delete agentCoded(event, '110153')['network'], 'client].network: 1..1'],
    ['a server that is nobody', (event) => delete agentCoded(event, '110152')['who'], 'server].who: 1..1'],
    ['a client with media', (event) => (agentCoded(event, '110153')['media'] = {}), 'client].media: 0..0'],
    [
      'a user with a network',
      (event) => (agentCoded(event, 'IRCP')['network'] = { type: '5', address: 'x' }),
      'user].network: 0..0',
    ],
    [
      'a user who did not request',
      (event) => (agentCoded(event, 'IRCP')['requestor'] = false),
      'user].requestor: is not true',
    ],
    ['no patient', (event) => event.entity.splice(0, 1), 'entity[patient]: 1..1'],
    [
      'a patient that is a group',
      (event) => ((event.entity[0] as Json)['what'] = { reference: 'Group/1' }),
      'Reference(Patient)',
    ],
    ['no query', (event) => event.entity.splice(1, 1), 'entity[query]: 1..1'],
    ['a query in the clear', (event) => ((event.entity[1] as Json)['query'] = 'GET /Patient?x'), 'is not base64'],
    [
      'a query with a what',
      (event) => ((event.entity[1] as Json)['what'] = { reference: 'Binary/1' }),
      'query].what: 0..0',
    ],
    [
      'a request id without a value',
      (event) => ((event.entity[2] as Json)['what'] = {}),
      'transaction].what.identifier.value',
    ],
    ['no observer', (event) => (event['source'] = {}), 'source.observer: 1..1'],
  ];

  it.each(breaks)('finds %s in a PatientQuery', (_name, spoil, message) => {
    const event = written('source.asked');
    expect(checkBalp(event)).toEqual([]);
    spoil(event);
    expect(checkBalp(event).join('\n')).toContain(message);
  });

  it('finds the codes of client and server swapped, in a query and in a read', () => {
    for (const type of ['source.asked', 'document.viewed'] as const) {
      const event = written(type);
      const client = agentCoded(event, type === 'source.asked' ? '110153' : '110152');
      expect(client['who']).toEqual((event['source'] as Json)['observer']);
      const asOther = written(type === 'source.asked' ? 'document.viewed' : 'source.asked');
      expect(checkBalp({ ...event, meta: asOther.meta })).not.toEqual([]);
    }
    const read = written('document.viewed');
    expect(agentCoded(read, '110153')['who']).toMatchObject({ identifier: { value: 'https://north.example/fhir' } });
  });

  it('finds an entity beside the closed ones of a decision', () => {
    const event = written('record.viewed');
    event.entity.push({ type: { system: 'x', code: 'y' }, what: { reference: 'Basic/1' } });
    expect(checkBalp(event).join()).toContain('slicing is closed');
  });

  it('finds a decision recorded by other than who decided', () => {
    const event = written('record.refused');
    agentCoded(event, 'authserver')['who'] = { reference: 'Device/other' };
    expect(checkBalp(event).join()).toContain('val-audit-source');
  });

  it('does not know a profile that is not there', () => {
    const event = written('record.viewed');
    expect(checkBalp({ ...event, meta: { profile: ['https://x/IHE.BasicAudit.Other'] } }).join()).toContain(
      'not a profile',
    );
    expect(checkBalp({ resourceType: 'Patient' })).toEqual(['resourceType: is not AuditEvent']);
  });
});

describe('what the launcher writes', () => {
  it.each(AUDIT_TYPES)('%s conforms to what it claims, well and badly ended', (type) => {
    expect(checkBalp(written(type))).toEqual([]);
    expect(checkBalp(written(type, { outcome: 'failed', code: 'source.timeout' }))).toEqual([]);
    expect(checkBalp(written(type, { nhsNumber: undefined, user: undefined, organisation: undefined }))).toEqual([]);
  });

  it('a grant names its rule, the version of the policy, the evidence of care and, in an emergency, BTG', () => {
    const detail = { policy: '2026-11', relationship: 'encounter', emergencyUntil: '2026-11-22T10:00:00Z' };
    const event = written('record.viewed', { code: 'open.care', purpose: 'break-glass', detail });
    expect(checkBalp(event)).toEqual([]);
    const text = JSON.stringify(event);
    expect(text).toContain('{"system":"urn:corridor:policy","value":"2026-11"}');
    expect(text).toContain('"valueString":"open.care"');
    expect(agentCoded(event, 'IRCP')).toMatchObject({ purposeOfUse: [{ coding: [{ code: 'BTG' }] }] });
    expect(text).toContain('\\"relationship\\":\\"encounter\\"');
  });

  it.each(AUDIT_TYPES)('%s is written in its one spelling', (type) => {
    for (const more of [{}, { outcome: 'failed', code: 'source.timeout', requestId: 'r' } as const]) {
      const text = JSON.stringify(buildAuditEvent(auditEvent(type, more), PLACES));
      expect(text).toBe(canonicalJson(JSON.parse(text)));
    }
  });

  it('claims the pattern of each act, and none for a query that failed', () => {
    const claims = Object.fromEntries(AUDIT_TYPES.map((type) => [type, profileOf(written(type))]));
    expect(claims).toMatchObject({
      'record.viewed': 'AuthZconsent',
      'record.refused': 'AuthZconsent',
      'source.asked': 'PatientQuery',
      'source.settled': 'PrivacyDisclosure.Recipient',
      'document.viewed': 'PatientRead',
      'record.seen': 'PrivacyDisclosure.Source',
      'record.printed': 'PrivacyDisclosure.Source',
      'record.exported': 'PrivacyDisclosure.Source',
      'message.sent': 'PatientCreate',
      'message.opened': 'PatientRead',
      'message.listed': 'PrivacyDisclosure.Source',
      'message.delivered': 'PrivacyDisclosure.Source',
      'message.refused': 'AuthZconsent',
      'notice.heard': 'PrivacyDisclosure.Recipient',
      'notice.withdrawn': 'PrivacyDisclosure.Recipient',
    });
    const failed = written('source.asked', { outcome: 'failed', code: 'source.timeout' });
    expect(profileOf(failed)).toBeUndefined();
    expect(failed['contained']).toMatchObject([{ resourceType: 'OperationOutcome' }]);
  });

  it('says the purpose, the role and the name of the reader where the profile has a place for them', () => {
    expect(agentCoded(written('source.asked'), 'IRCP')).toMatchObject({
      name: 'Dr Test Reader',
      who: { identifier: { system: 'https://xb001.example/fhir', value: 'user-1' } },
      role: [{ coding: [{ code: 'gp' }] }],
      purposeOfUse: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }] }],
    });
    const emergency = written('access.break_glass', { purpose: 'break-glass' });
    expect(JSON.stringify(agentCoded(emergency, 'IRCP'))).toContain('"BTG"');
  });

  it('marks the events of a test community as test data', () => {
    expect(written('source.asked').meta).toMatchObject({ security: [{ code: 'HTEST' }] });
  });
});
