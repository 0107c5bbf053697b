import { describe, expect, it } from 'vitest';
import type { Community } from '../../../launcher/trust/community.ts';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const file = (north: readonly string[], south: readonly string[] = [], kind = 'gp'): string => `corridor: 1
name: Ousebridge Shared Care
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - ods: XB001
    name: Northcliffe Surgery
    kind: ${kind}
    teams:
${north.map((line) => `      - ${line}`).join('\n')}
  - ods: XB002
    name: Southbank Surgery
    kind: gp
    teams:
      - { id: admin, name: Administration, roles: [gp] }
${south.map((line) => `      - ${line}`).join('\n')}
`;

const problems = (...given: Parameters<typeof file>): readonly string[] => {
  const parsed = parseCommunity(file(...given), PLUGINS);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};

const read = (...given: Parameters<typeof file>): Community => {
  const parsed = parseCommunity(file(...given), PLUGINS);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  return parsed.community;
};

describe('the teams of an organisation', () => {
  it('are refused when two have one id, for their messages would go to either', () => {
    expect(problems(['{ id: duty, name: Duty, roles: [gp] }', '{ id: duty, name: Other, roles: [gp] }'])).toEqual([
      'organisations[0].teams[1].id is used before as a team id',
    ]);
  });

  it.each(['XB009/duty', 'XB001/nobody'])(
    'are refused when what is left unanswered goes to %s, which is nowhere',
    (to) => {
      expect(problems([`{ id: duty, name: Duty, roles: [gp], escalatesTo: ${to} }`])).toEqual([
        'organisations[0].teams[0].escalatesTo names a team that is not there',
      ]);
    },
  );

  it('are refused when what is left unanswered goes round in a ring', () => {
    const found = problems(
      ['{ id: duty, name: Duty, roles: [gp], escalatesTo: XB002/lead }'],
      ['{ id: lead, name: Lead, roles: [gp], escalatesTo: XB001/duty }'],
    );
    expect(found).toEqual([
      'organisations[0].teams[0].escalatesTo comes back to the same team',
      'organisations[1].teams[1].escalatesTo comes back to the same team',
    ]);
  });

  it('are refused with a role that is none, an inbox of somebody else, and at a commissioner', () => {
    expect(problems(['{ id: duty, name: Duty, roles: [nurse] }'])).toEqual([
      'organisations[0].teams[0].roles[0] is a role that is not in roles',
    ]);
    expect(problems(['{ id: duty, name: Duty, roles: [gp], inbox: elsewhere }'])).toEqual([
      'organisations[0].teams[0].inbox is not a source of this organisation',
    ]);
    expect(problems(['{ id: duty, name: Duty, roles: [gp] }'], [], 'commissioner')).toEqual([
      'organisations[0].teams stand under a commissioner',
    ]);
  });

  it('stand beside the client of their EPR, which has a name of its own and keys over https', () => {
    const client = (id: string, jwksUri: string): string =>
      file(['{ id: duty, name: Duty, roles: [gp] }'])
        .replace(
          '    kind: gp\n    teams:\n      - { id: duty',
          `    kind: gp\n    client: { id: ${id}, jwksUri: ${jwksUri} }\n    teams:\n      - { id: duty`,
        )
        .replace(
          '    kind: gp\n    teams:\n      - { id: admin',
          '    kind: gp\n    client: { id: south, jwksUri: https://south.example/jwks }\n    teams:\n      - { id: admin',
        );
    const found = (text: string): readonly string[] => {
      const parsed = parseCommunity(text, PLUGINS);
      return parsed.ok ? [] : parsed.problems.map(({ field }) => field);
    };
    expect(found(client('north', 'https://north.example/jwks'))).toEqual([]);
    expect(found(client('south', 'https://north.example/jwks'))).toEqual(['organisations[1].client.id']);
    expect(found(client('north', 'http://north.example/jwks'))).toEqual(['organisations[0].client.jwksUri']);
  });

  it('have deadlines even when the file gives none, and keep what it gives', () => {
    const community = read([
      '{ id: duty, name: Duty doctor, takes: Dose questions, roles: [gp], deadlineHours: { urgent: 1 }, escalatesTo: XB002/admin }',
    ]);
    expect(community.member('XB001' as OdsCode)?.teams).toEqual([
      {
        id: 'duty',
        name: 'Duty doctor',
        takes: 'Dose questions',
        roles: ['gp'],
        deadlineHours: { urgent: 1, routine: 72 },
        escalatesTo: 'XB002/admin',
      },
    ]);
    expect(community.member('XB002' as OdsCode)?.teams?.[0]).toMatchObject({
      deadlineHours: { urgent: 4, routine: 72 },
    });
  });
});
