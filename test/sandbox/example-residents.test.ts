import { describe, expect, it } from 'vitest';
import { createPolicy } from '../../launcher/access/policy.ts';
import { residentsOf, simulate, type Simulation } from '../../launcher/access/simulate.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { writeCommunityFile } from '../../sandbox/community-file.ts';
import { buildPeople } from '../../sandbox/people/index.ts';
import type { OdsCode } from '../../src/record/source.ts';

const people = buildPeople();
const text = writeCommunityFile(people, (ods) => {
  const index = people.organisations.findIndex((one) => one.ods === ods);
  if (people.organisations[index]?.epr === 'none') return undefined;
  const origin = `http://localhost:${String(9_000 + index)}`;
  return { origin, fhirBase: `${origin}/fhir`, issuer: `${origin}/auth` };
});
const parsed = parseCommunity(text, PLUGINS);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { community } = parsed;

const ASK: Omit<Simulation, 'resident'> = {
  role: 'nurse',
  organisation: 'XB101' as OdsCode,
  section: 'problems',
  labels: [],
  unit: '',
  purpose: 'direct-care',
  relationship: 'encounter',
  emergency: false,
  day: '2026-11-22',
};
const rulesFor = (resident: string): ReadonlySet<string> => {
  const answer = simulate(community, createPolicy(community), { ...ASK, resident });
  return new Set(answer?.givers.filter(({ member }) => member.ods !== 'XB101').map(({ see }) => see.rule));
};

describe('the stories of the sandbox in the simulator', () => {
  it('are refused in a live community, as examples of any kind are', () => {
    const live = parseCommunity(text.replace('environment: test', 'environment: live'), PLUGINS);
    expect(!live.ok && live.problems.map(({ field }) => field)).toContain('examples');
  });

  it('are nobody’s names, numbers or dates, and are left out where the residents may be somebody', () => {
    const examples = text.slice(text.indexOf('\nexamples:'), text.indexOf('\norganisations:'));
    expect(examples).not.toMatch(/\d{10}|\d{4}-\d{2}-\d{2}/);
    for (const { name } of people.residents)
      for (const part of name.split(/[ ,]+/).filter((word) => word.length > 4))
        expect(examples, part).not.toContain(part);
    const { stories: _stories, ...imported } = people;
    expect(writeCommunityFile(imported, () => undefined)).not.toContain('examples:');
  });

  it('are refused when there is no such story', () => {
    expect(simulate(community, createPolicy(community), { ...ASK, resident: 'nobody' })).toBeUndefined();
  });

  it('are all there, and each is judged by what its story shows', () => {
    expect([...residentsOf(community).keys()]).toEqual(
      expect.arrayContaining(people.residents.map(({ story }) => story)),
    );
    expect([...rulesFor('objection')]).toContain('consent.objection');
    expect([...rulesFor('sensitive')]).toEqual(['label.clearance']);
    expect([...rulesFor('hero')]).toEqual(['see.care']);
  });

  it('say of a restricted person that nothing names an organisation', () => {
    const ask = { ...ASK, resident: 'restricted' };
    expect(simulate(community, createPolicy(community), ask)?.unnamed).toBe(true);
    expect(simulate(community, createPolicy(community), { ...ASK, resident: 'hero' })?.unnamed).toBe(false);
  });
});
