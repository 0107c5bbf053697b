import { describe, expect, it } from 'vitest';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const B2B =
  '{ profile: smart-b2b, tokenEndpoint: https://north.example/token, clientId: corridor, scopes: system/*.rs }';
const EXCHANGE = B2B.replace('smart-b2b', 'token-exchange');

const file = (service: string, authorisation = B2B, plugin = 'fhir-r4'): string => `corridor: 1
name: Ousebridge Shared Care
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - ods: XB001
    name: Northcliffe Surgery
    kind: gp
    sources:
      - { id: north, plugin: ${plugin}, base: https://north.example/fhir, authorisation: ${authorisation} }
    teams:
      - { id: duty, name: Duty doctor, roles: [gp], service: ${service} }
  - ods: XB002
    name: Southbank Surgery
    kind: gp
    sources:
      - { id: south, plugin: fhir-r4, base: https://south.example/fhir, authorisation: ${B2B} }
`;

const problems = (...given: Parameters<typeof file>): readonly string[] => {
  const parsed = parseCommunity(file(...given), PLUGINS);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};
const AT = 'organisations[0].teams[0].service';

describe('the service of a team', () => {
  it('is not told by another organisation’s source: nobody describes another’s team', () => {
    expect(problems('{ source: south, id: d }')).toEqual([`${AT}.source is not a source of this organisation`]);
  });

  it('is not asked where a source answers only in somebody’s name', () => {
    expect(problems('{ source: north, id: d }', EXCHANGE)).toEqual([
      `${AT}.source is a source that answers only in somebody’s name`,
    ]);
  });

  it('is named by one id or one identifier, which is no search of another kind', () => {
    for (const wrong of [
      '{ source: north }',
      '{ source: north, id: d, identifier: "https://x|1" }',
      '{ source: north, id: "d,e" }',
      '{ source: north, identifier: "https://x|1,https://x|2" }',
      '{ source: north, identifier: "|1" }',
    ])
      expect(problems(wrong)).toHaveLength(1);
  });

  it('is kept with its team', () => {
    const parsed = parseCommunity(file('{ source: north, identifier: "https://x.example|1" }'), PLUGINS);
    expect(parsed.ok && parsed.community.member('XB001' as OdsCode)?.teams?.[0]?.service).toEqual({
      source: 'north',
      identifier: 'https://x.example|1',
    });
  });
});
