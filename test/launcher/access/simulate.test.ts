import { describe, expect, it } from 'vitest';
import { createPolicy } from '../../../launcher/access/policy.ts';
import { simulate, type Simulation } from '../../../launcher/access/simulate.ts';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const source = (id: string): string =>
  `[{ id: ${id}, plugin: fhir-r4, base: "https://${id}.example/fhir", authorisation: { profile: none } }]`;
const parsed = parseCommunity(
  `corridor: 1
name: Test
environment: test
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: [XB001, XB101, XB201] }]
roles: [{ id: gp, name: GP, sections: all, clearance: N, emergency: true }]
organisations:
  - { ods: XB001, name: Surgery, kind: gp, sources: ${source('gp')} }
  - { ods: XB101, name: Hospital, kind: acute, sources: ${source('acute')}, release: { withhold: [{ units: [Clinic Nine] }, { sections: [documents] }] } }
  - { ods: XB301, name: Stranger, kind: acute, sources: ${source('stranger')} }
  - { ods: XB201, name: Trust, kind: community, sources: ${source('trust')} }
`,
  PLUGINS,
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { community } = parsed;

const ASK: Simulation = {
  role: 'gp',
  organisation: 'XB001' as OdsCode,
  resident: 'ordinary',
  section: 'problems',
  labels: [],
  unit: '',
  purpose: 'direct-care',
  relationship: 'encounter',
  emergency: false,
  day: '2026-11-22',
};

function rules(more: Partial<Simulation>): Record<string, string> {
  const answer = simulate(community, createPolicy(community), { ...ASK, ...more });
  return Object.fromEntries((answer?.givers ?? []).map(({ member, see }) => [member.ods, see.rule]));
}

describe('the simulator names the rule', () => {
  it('of a role or an organisation that does not exist: none', () => {
    expect(simulate(community, createPolicy(community), { ...ASK, role: 'nobody' })).toBeUndefined();
    expect(simulate(community, createPolicy(community), { ...ASK, organisation: 'XZ999' as OdsCode })).toBeUndefined();
  });

  it('of a record that does not open, and asks no further', () => {
    const answer = simulate(community, createPolicy(community), { ...ASK, purpose: 'research' });
    expect(answer).toMatchObject({ opening: { allowed: false, rule: 'purpose.direct-care' }, givers: [] });
  });

  it('of an objection, of an agreement that is not there, of the reader’s own organisation', () => {
    expect(rules({ resident: 'objection' })).toEqual({
      XB001: 'see.care',
      XB101: 'consent.objection',
      XB301: 'pathway.in-force',
      XB201: 'consent.objection',
    });
  });

  it('of a unit and of a section that their organisation does not release', () => {
    expect(rules({ unit: 'Clinic nine' })['XB101']).toBe('release.organisation');
    expect(rules({ unit: 'Clinic Ten' })['XB101']).toBe('see.care');
    expect(rules({ section: 'documents' })['XB101']).toBe('release.organisation');
    expect(rules({ unit: 'Clinic nine', organisation: 'XB101' as OdsCode })['XB101']).toBe('see.care');
  });

  it('of a broken glass, which opens what an objection holds back and says so', () => {
    expect(rules({ resident: 'objection', emergency: true })['XB101']).toBe('see.emergency');
    expect(rules({ resident: 'refused-always', emergency: true })['XB101']).toBe('consent.refused-always');
  });
});
