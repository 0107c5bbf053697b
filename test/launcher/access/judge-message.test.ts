import { describe, expect, it } from 'vitest';
import { createJudgeMessage, type MessageParty } from '../../../launcher/access/judge-message.ts';
import type { ConsentStatement } from '../../../launcher/access/consent.ts';
import { createPolicy } from '../../../launcher/access/policy.ts';
import type { Community, Member, Role } from '../../../launcher/trust/community.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const [WARD, SURGERY, STRANGER] = ['XH001', 'XB001', 'XC009'] as OdsCode[] as [OdsCode, OdsCode, OdsCode];
const members = [
  { ods: WARD, name: 'Infirmary', kind: 'acute', sources: [] },
  { ods: SURGERY, name: 'Surgery', kind: 'gp', sources: [] },
  { ods: STRANGER, name: 'Elsewhere', kind: 'gp', sources: [] },
] satisfies readonly Member[];
const roles: readonly Role[] = [
  { id: 'gp', name: 'GP', sections: ['medications', 'allergies'], clearance: 'N' },
  { id: 'allergist', name: 'Allergist', sections: ['allergies'], clearance: 'N' },
  { id: 'lead', name: 'Lead', sections: ['medications'], clearance: 'V' },
];
const community = {
  roles,
  pathways: [{ id: 'p', name: 'Care', purpose: 'direct-care', askers: [WARD, SURGERY], givers: [WARD, SURGERY] }],
  member: (ods: OdsCode) => members.find((one) => one.ods === ods),
} satisfies Pick<Community, 'roles' | 'pathways' | 'member'>;

const RESIDENT = { nhsNumber: '9990000018', restricted: false };
const MEDICINE = { source: 'ward-epr' as SourceId, resource: 'MedicationRequest/m1' };
const party = (role: string, ods = SURGERY): MessageParty => ({ ods, role, names: [] });

const DENIAL = {
  base: { type: 'deny', purposes: [], givers: [], receivers: [], sections: [], labels: [], data: [] },
  exceptions: [],
} as unknown as ConsentStatement;

const judgeWith = (statements: readonly ConsentStatement[] = []) =>
  createJudgeMessage({
    community,
    policy: createPolicy(community),
    stored: () => Promise.resolve(statements),
    now: () => Date.parse('2026-11-22T09:00:00Z'),
  });

describe('what somebody wrote about a resident', () => {
  it('is kept from a role that nobody knows, and from an organisation that no agreement names', async () => {
    const judge = judgeWith();
    expect(await judge(party('porter'), RESIDENT, { giver: WARD })).toMatchObject({ allowed: false });
    expect(await judge(party('gp', STRANGER), RESIDENT, { giver: WARD })).toMatchObject({
      allowed: false,
      rule: 'pathway.in-force',
    });
  });

  it('is kept from a role that the part of the record it hangs on is kept from, in the words of the rule', async () => {
    const verdict = await judgeWith()(party('allergist'), RESIDENT, { giver: WARD, item: MEDICINE });
    expect(verdict).toEqual({
      allowed: false,
      rule: 'role.section',
      words: 'The community has not agreed this part of the record for this role.',
    });
    expect(await judgeWith()(party('allergist'), RESIDENT, { giver: WARD })).toEqual({ allowed: true });
  });

  it('is kept from whoever is not cleared for the very item it hangs on, and as sensitive as that is', async () => {
    const restricted = ['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R'];
    const sexual = ['http://terminology.hl7.org/CodeSystem/v3-ActCode|STD'];
    for (const labels of [restricted, sexual])
      expect(await judgeWith()(party('gp'), RESIDENT, { giver: WARD, item: { ...MEDICINE, labels } })).toMatchObject({
        allowed: false,
      });
    const item = { ...MEDICINE, labels: restricted };
    expect(await judgeWith()(party('lead'), RESIDENT, { giver: WARD, item })).toEqual({ allowed: true });
  });

  it('is judged in the sections its item really stands in, not in all that such a resource may stand in', async () => {
    const item = { source: 'ward-epr' as SourceId, resource: 'Basic/b', sections: ['medications' as const] };
    expect(await judgeWith()(party('allergist'), RESIDENT, { giver: WARD, item })).toMatchObject({
      allowed: false,
      rule: 'role.section',
    });
    expect(await judgeWith()(party('gp'), RESIDENT, { giver: WARD, item })).toEqual({ allowed: true });
  });

  it('is kept from all but whoever wrote it once the resident objects, whenever it was written', async () => {
    const judge = judgeWith([DENIAL]);
    expect(await judge(party('gp'), RESIDENT, { giver: WARD, item: MEDICINE })).toMatchObject({
      allowed: false,
      rule: 'consent.objection',
    });
    expect(await judge(party('gp'), RESIDENT, { giver: SURGERY, item: MEDICINE })).toEqual({ allowed: true });
  });

  it('is kept back by what the person said under any number they are known by', async () => {
    for (const said of ['9990000026', '9990000034']) {
      const judge = createJudgeMessage({
        community,
        policy: createPolicy(community),
        stored: (nhsNumber) => Promise.resolve(nhsNumber === said ? [DENIAL] : []),
        now: () => Date.parse('2026-11-22T09:00:00Z'),
      });
      const known = { ...RESIDENT, supersedes: '9990000026', formerNumbers: ['9990000034', '9990000026'] };
      const asked = { giver: WARD, item: MEDICINE };
      expect(await judge(party('gp'), known, asked)).toMatchObject({ rule: 'consent.objection' });
      expect(await judge(party('gp'), RESIDENT, asked)).toEqual({ allowed: true });
    }
  });

  it('is kept, of somebody whose whereabouts are restricted, from whoever is not cleared for them', async () => {
    const hidden = { ...RESIDENT, restricted: true };
    expect(await judgeWith()(party('gp'), hidden, { giver: SURGERY })).toMatchObject({
      allowed: false,
      rule: 'message.restricted',
    });
    expect(await judgeWith()(party('lead'), hidden, { giver: WARD, item: MEDICINE })).toEqual({ allowed: true });
  });

  it('is shown to whom the agreement lets see such an item', async () => {
    expect(await judgeWith()(party('gp'), RESIDENT, { giver: WARD, item: MEDICINE })).toEqual({ allowed: true });
  });
});
