import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EprPlugin } from '../../../plugins/plugin.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { describeProblems, parseCommunity } from '../../../launcher/trust/parse-community.ts';

const PLUGINS: readonly EprPlugin[] = [
  {
    id: 'smart-launch',
    name: 'SMART launch',
    launch: { kind: 'smart', scopes: () => [], readContext: () => ({ needPatientBanner: true }) },
  },
  {
    id: 'fhir-r4',
    name: 'FHIR R4',
    source: {
      readSettings: (settings) =>
        typeof settings['base'] === 'string'
          ? { base: settings['base'] }
          : { problems: [{ field: 'base', message: 'is not a FHIR base address' }] },
      open: () => {
        throw new Error('not opened here');
      },
    },
  },
];

const GOOD = `corridor: 1
name: Ousebridge Shared Care
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: [XB001], from: 2026-01-01, to: 2027-01-01 }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - ods: XB001
    name: Northcliffe Surgery
    kind: gp
    launch:
      plugin: smart-launch
      iss: http://localhost:8410/fhir
      issuers: [http://localhost:8410/auth]
      clientId: corridor
      clientAuthentication: private_key_jwt
      allowedOrigins: [http://localhost:8410]
      frameAncestors: [http://localhost:8410]
      nonce: required
      allowLoopbackHttp: true
      roles: { R0260: gp, R8000: gp }
    sources:
      - id: northcliffe-epr
        plugin: fhir-r4
        base: http://localhost:8410/fhir
        authorisation: { profile: smart-b2b, tokenEndpoint: http://localhost:8410/auth/token, clientId: corridor, scopes: system/*.rs, allowLoopbackHttp: true }
        deadlineMs: 8000
  - ods: XC001
    name: Ousebridge ICB
    kind: commissioner
`;

/** Every problem of GOOD after one change, as `line field message`. */
function problemsAfter(find: string, replacement: string): string[] {
  expect(GOOD).toContain(find);
  const parsed = parseCommunity(GOOD.replace(find, replacement), PLUGINS);
  return parsed.ok ? [] : parsed.problems.map(({ line, field, message }) => `${line} ${field} ${message}`);
}

const SECOND_MEMBER = (ods: string, iss: string, source: string) => `  - ods: ${ods}
    name: Second
    kind: gp
    launch: { plugin: smart-launch, iss: "${iss}", issuers: ["https://a.example/auth"], clientId: c, clientAuthentication: public, allowedOrigins: ["${new URL(iss).origin}"], frameAncestors: ["https://a.example"], allowLoopbackHttp: true, roles: { R1: gp } }
    sources:
      - { id: ${source}, plugin: fhir-r4, base: "https://a.example/fhir", authorisation: { profile: none } }
  - ods: XC001
`;

describe('a community file is refused as a whole', () => {
  it.each([
    [
      '111 http without the loud opt-in',
      '      allowLoopbackHttp: true\n',
      '',
      '14 organisations[0].launch.iss uses http',
    ],
    [
      '111 http beyond this machine',
      'iss: http://localhost:8410/fhir',
      'iss: http://epr.example/fhir',
      '14 organisations[0].launch.iss uses http beyond this machine',
    ],
    [
      'the loud opt-in in a live community',
      'environment: test',
      'environment: live',
      '21 organisations[0].launch.allowLoopbackHttp is not allowed in a live community',
    ],
    [
      '111 no frame ancestors',
      '      frameAncestors: [http://localhost:8410]\n',
      '',
      '12 organisations[0].launch.frameAncestors is missing',
    ],
    [
      'empty frame ancestors',
      'frameAncestors: [http://localhost:8410]',
      'frameAncestors: []',
      '19 organisations[0].launch.frameAncestors must not be empty',
    ],
    [
      'a wildcard ancestor',
      'frameAncestors: [http://localhost:8410]',
      'frameAncestors: ["*"]',
      '19 organisations[0].launch.frameAncestors[0] is not an origin',
    ],
    [
      'an origin with a path',
      'allowedOrigins: [http://localhost:8410]',
      'allowedOrigins: [http://localhost:8410/auth]',
      '18 organisations[0].launch.allowedOrigins[0] is not an origin',
    ],
    [
      'origins that leave out the iss',
      'allowedOrigins: [http://localhost:8410]',
      'allowedOrigins: [http://localhost:9999]',
      '18 organisations[0].launch.allowedOrigins leaves out the origin of iss',
    ],
    [
      'an iss with a query',
      'iss: http://localhost:8410/fhir',
      'iss: "http://localhost:8410/fhir?x=1"',
      '14 organisations[0].launch.iss has a user name, query or fragment',
    ],
    [
      'an iss in capitals',
      'iss: http://localhost:8410/fhir',
      'iss: http://LOCALHOST:8410/fhir',
      '14 organisations[0].launch.iss is not written in its plain form',
    ],
    [
      'an unknown launch plugin',
      'plugin: smart-launch',
      'plugin: magic',
      '13 organisations[0].launch.plugin is not a plugin that can launch',
    ],
    [
      'a source plugin that only launches',
      'plugin: fhir-r4',
      'plugin: smart-launch',
      '25 organisations[0].sources[0].plugin is not a plugin that can read',
    ],
    [
      'a role map to an unknown role',
      'R8000: gp',
      'R8000: consultant',
      '22 organisations[0].launch.roles.R8000 maps to a role that is not in roles',
    ],
    [
      'settings the plugin refuses',
      '        base: http://localhost:8410/fhir\n',
      '',
      '24 organisations[0].sources[0].base is not a FHIR base address',
    ],
    [
      'a source on http without the opt-in',
      'scopes: system/*.rs, allowLoopbackHttp: true',
      'scopes: system/*.rs',
      '27 organisations[0].sources[0].authorisation.tokenEndpoint uses http',
    ],
    [
      'a pathway that names a stranger',
      'givers: [XB001]',
      'givers: [XZ999]',
      '5 pathways[0].givers[0] names an organisation that is not a member',
    ],
    [
      'a pathway that names a commissioner',
      'givers: [XB001]',
      'givers: [XC001]',
      '5 pathways[0].givers[0] names a commissioner',
    ],
    [
      'a date that does not exist',
      'from: 2026-01-01',
      'from: 2026-02-30',
      '5 pathways[0].from is not a date (YYYY-MM-DD)',
    ],
    ['a pathway that ends before it begins', 'to: 2027-01-01', 'to: 2025-01-01', '5 pathways[0].to is before from'],
    [
      'a role with an unknown section',
      'sections: all',
      'sections: [allergies, gossip]',
      '7 roles[0].sections[1] is not a section of the record',
    ],
    ['an unknown kind', 'kind: gp', 'kind: circus', '11 organisations[0].kind must be'],
    [
      'a misspelt field',
      'clientId: corridor\n',
      'clientId: corridor\n      cleintId: x\n',
      '17 organisations[0].launch.cleintId is not a field of this file',
    ],
    ['an ODS code that is not text', 'ods: XB001', 'ods: 12345', '9 organisations[0].ods must be text'],
    [
      'a deadline of a minute',
      'deadlineMs: 8000',
      'deadlineMs: 60000',
      '28 organisations[0].sources[0].deadlineMs must be at most 30000',
    ],
    ['an unknown file version', 'corridor: 1', 'corridor: 2', '1 corridor must be 1'],
    ['the same field twice', 'name: Ousebridge Shared Care', 'name: A\nname: B', '3 (file) has the same field twice'],
    ['broken YAML', 'roles:\n', 'roles: [\n', '(file) is not readable YAML here'],
    [
      'a commissioner with a source',
      'kind: commissioner\n',
      'kind: commissioner\n    sources: [{ id: x, plugin: fhir-r4, base: "https://a.example/fhir", authorisation: { profile: none } }]\n',
      '32 organisations[1].sources stands under a commissioner',
    ],
  ])('%s', (_title, find, replacement, expected) => {
    expect(problemsAfter(find, replacement).join('\n')).toContain(expected);
  });

  it('111 the same iss in two members, even with another slash', () => {
    expect(problemsAfter('  - ods: XC001\n', SECOND_MEMBER('XB002', 'http://localhost:8410/fhir/', 'second'))).toEqual([
      '32 organisations[1].launch.iss is the iss of another member too',
    ]);
  });

  it('the same ODS code and the same source id in two members', () => {
    expect(
      problemsAfter('  - ods: XC001\n', SECOND_MEMBER('XB001', 'https://a.example/fhir', 'northcliffe-epr')),
    ).toEqual([
      '29 organisations[1].ods is used before as an ODS code',
      '34 organisations[1].sources[0].id is used before as a source id',
    ]);
  });

  it('no authorisation at a source of a live community', () => {
    const live = GOOD.replace('environment: test', 'environment: live').replace(
      /\{ profile: smart-b2b.*\}/,
      '{ profile: none }',
    );
    const parsed = parseCommunity(live, PLUGINS);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.message)).toContain('is none in a live community');
  });

  it('aliases that lead nowhere or unfold without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n`;
    for (const text of [`name: *nobody\n${GOOD}`.replace('name: Ouse', 'title: Ouse'), bomb])
      expect(parseCommunity(text, PLUGINS)).toMatchObject({
        ok: false,
        problems: [{ message: expect.stringContaining('alias') }],
      });
  });

  it.each(['', '---\n---\n', '- a', 'null', '5', '!!binary x', '{', '\u0000', 'corridor: 1'])(
    'a file that is no community: %j',
    (text) => {
      const parsed = parseCommunity(text, PLUGINS);
      expect(parsed.ok ? [] : parsed.problems.length).not.toBe(0);
      expect(parsed.ok).toBe(false);
    },
  );

  it('whatever line is lost or doubled, the file is read or refused with a line that exists', () => {
    const lines = GOOD.split('\n');
    const spoilt = fc
      .tuple(fc.nat(lines.length - 1), fc.constantFrom('drop', 'double', 'cut', 'indent'))
      .map(([at, how]) => {
        const line = lines[at] ?? '';
        const changed = {
          drop: [],
          double: [line, line],
          cut: [line.slice(0, line.length / 2)],
          indent: [`  ${line}`],
        }[how];
        return [...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join('\n');
      });
    fc.assert(
      fc.property(spoilt, (text) => {
        const parsed = parseCommunity(text, PLUGINS);
        return (
          parsed.ok ||
          (parsed.problems.length > 0 && parsed.problems.every(({ line }) => line >= 1 && line <= lines.length + 1))
        );
      }),
      { numRuns: 150 },
    );
  });

  it('all problems are named at once, in the order of the file, with what to do', () => {
    const broken = GOOD.replace('plugin: smart-launch', 'plugin: magic').replace(
      'from: 2026-01-01, to: 2027-01-01',
      'from: 2026-01-01, to: 2025-01-01',
    );
    const parsed = parseCommunity(broken, PLUGINS);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : describeProblems('community.yaml', parsed.problems)).toBe(
      'community.yaml:5: pathways[0].to is before from; correct one of the two dates\n' +
        'community.yaml:13: organisations[0].launch.plugin is not a plugin that can launch; use one of: smart-launch',
    );
  });
});

describe('a right community file', () => {
  const parsed = parseCommunity(GOOD, PLUGINS);
  const community = parsed.ok ? parsed.community : undefined;

  it('is read whole, with commissioners outside "all"', () => {
    expect(parsed).toMatchObject({ ok: true });
    expect(community?.pathways[0]?.askers).toEqual(['XB001']);
    expect(community?.member('XC001' as OdsCode)?.sources).toEqual([]);
    expect(community?.sources.map((source) => source.id)).toEqual(['northcliffe-epr']);
  });

  it('finds a member by its iss and by nothing near it', () => {
    expect(community?.memberByIss('http://localhost:8410/fhir')?.ods).toBe('XB001');
    expect(community?.memberByIss('http://localhost:8410/fhir/x')).toBeUndefined();
  });

  it('is frozen all the way down', () => {
    expect(Object.isFrozen(community)).toBe(true);
    expect(Object.isFrozen(community?.members[0]?.launch?.allowedOrigins)).toBe(true);
  });
});
