import { describe, expect, it } from 'vitest';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import { communityOf, handoverFile } from '../../support/handover-world.ts';

const problems = (from: string | RegExp, to: string): readonly string[] => {
  const text = handoverFile().replace(from, to);
  if (text === handoverFile()) throw new Error('nothing was changed');
  const parsed = parseCommunity(text, PLUGINS);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};

describe('who must take on what', () => {
  it.each<[string, string, string, string]>([
    [
      'a lead that is nobody',
      'lead: { address: XB201/lead',
      'lead: { address: XB201/nobody',
      'handovers.lead.address names a team that is not there',
    ],
    [
      'a practice’s team that no practice has',
      'practice: duty }, {',
      'practice: nobody }, {',
      'handovers.rules[0].to[0].practice names a team that is not there',
    ],
    [
      'a team that none of those involved has',
      'team: intake',
      'team: nobody',
      'handovers.rules[0].to[1].team names a team that is not there',
    ],
    [
      'an address that leads nowhere',
      '{ involved: [community, council], team: intake }',
      '{ address: XB009/duty }',
      'handovers.rules[0].to[1].address names a team that is not there',
    ],
    ['two rules of one name', 'id: conveyance,', 'id: discharge,', 'handovers.rules[1].id is used before as a rule id'],
  ])('is refused with %s', (_name, from, to, problem) => {
    expect(problems(from, to)).toEqual([problem]);
  });

  it('may be a role, at an organisation that gives it to somebody, and at no other', () => {
    const to = '{ involved: [community, council], team: intake }';
    expect(problems(to, '{ address: XB401/role-gp }')).toEqual([]);
    const nobody = 'handovers.rules[0].to[1].address names a team that is not there';
    expect(problems(to, '{ address: XB401/role-nurse }')).toEqual([nobody]);
  });

  it('is refused in a live community when a source would be believed by a secret alone', () => {
    const found = problems('environment: test', 'environment: live');
    expect(found.some((problem) => problem.endsWith('notices.jwksUri is left out in a live community'))).toBe(true);
  });

  it('is read with its lead, its rules and how each source is heard', () => {
    const community = communityOf();
    expect(community.handovers).toMatchObject({
      subscriptionDays: 30,
      lead: { address: 'XB201/lead', afterHours: 48 },
    });
    expect(community.sources.map(({ notices }) => notices?.by)).toEqual([
      undefined,
      undefined,
      'subscription',
      undefined,
      'polling',
    ]);
  });

  const times = (days: string, more = ''): string =>
    `  openingTimes: { days: ${days}${more} }\n  lead: { hours: working, address: XB201/lead,`;
  it.each<[string, string, string]>([
    [
      'working hours that nobody says',
      '  lead: { hours: working, address: XB201/lead,',
      'handovers.openingTimes is left out, though hours are counted as working',
    ],
    ['opening times of no day', times('{}'), 'handovers.openingTimes.days names no day'],
    [
      'a day that ends before it begins',
      times("{ mon: ['18:00', '08:00'] }"),
      'handovers.openingTimes.days.mon ends before it begins',
    ],
    [
      'a time zone that is none',
      times("{ mon: ['08:00', '18:00'] }", ', zone: Europe/Nowhere'),
      'handovers.openingTimes.zone is no time zone',
    ],
  ])('is refused with %s', (_name, to, problem) => {
    expect(problems('  lead: { address: XB201/lead,', to)).toContain(problem);
  });

  it('counts by the clock unless it says otherwise, and in opening times where it does', () => {
    expect(communityOf().handovers).toMatchObject({ lead: { hours: 'clock' }, rules: [{ hours: 'clock' }, {}] });
    const to = times("{ mon: ['08:00', '24:00'] }", ", closed: ['2026-12-25']");
    const working = communityOf(handoverFile().replace('  lead: { address: XB201/lead,', to)).handovers;
    expect(working).toMatchObject({
      lead: { hours: 'working' },
      openingTimes: { zone: 'Europe/London', closed: ['2026-12-25'] },
    });
  });
});
