import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsset } from '../../../launcher/access/policy-assets.ts';
import { explainCommand } from '../../../launcher/commands/explain.ts';
import { type CommandRun, runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'corridor-explain-'));
const at = (name: string): string => join(folder, name);
const ROLES =
  'roles: [{ id: gp, name: GP, sections: all, clearance: N }, { id: nurse, name: Nurse, sections: all, clearance: N }]';
const community = (more: string): string => `corridor: 1
name: Test
environment: test
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: all }]
${ROLES}
${more}
examples: [{ id: moved-house, about: moved here last week }]
organisations:
  - { ods: XB001, name: Surgery, kind: gp, sources: [{ id: gp, plugin: fhir-r4, base: "https://gp.example/fhir", authorisation: { profile: none } }] }
  - { ods: XB101, name: Hospital, kind: acute }
`;

beforeAll(() => {
  writeFileSync(at('community.yaml'), community(''));
  writeFileSync(at('later.yaml'), community('policies: [{ file: later.cedar, version: v2, from: 2030-01-01 }]'));
  writeFileSync(at('later.cedar'), readAsset('default.cedar'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function explain(...more: readonly string[]): Promise<CommandRun> {
  const asked = ['--community', at('community.yaml'), '--role', 'gp', '--organisation', 'XB001', ...more];
  return runCommand(explainCommand(), asked);
}

describe('corridor explain, asked for what is not there', () => {
  it.each([
    ['role', 'consultant', '“consultant”; use one of gp, nurse (argument.unknown_role)'],
    ['organisation', 'XB999', '“XB999”; use one of XB001, XB101 (argument.unknown_organisation)'],
    [
      'resident',
      'nobody',
      '“nobody”; use one of ordinary, objection, refused-always, sensitive, very-restricted, moved-house (argument.unknown_resident)',
    ],
  ])(
    'says that it is the %s, and which there are, and does not blame the configuration',
    async (option, given, words) => {
      const { code, out, err } = await explain(`--${option}`, given);
      expect({ code, out, err }).toEqual({ code: 1, out: '', err: `corridor: --${option}: there is no ${words}\n` });
    },
  );

  it('says that no policy is in force on the day, and from when the first is', async () => {
    const { code, out, err } = await explain('--community', at('later.yaml'), '--day', '2026-11-22');
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'corridor: --day: no policy of the community file is in force on 2026-11-22; the first begins on 2030-01-01 (argument.no_policy)\n',
    });
  });
});

it('corridor explain says of each organisation what the reader sees, and by which rule', async () => {
  const { code, out } = await explain();
  expect(code).toBe(0);
  expect(out).toMatch(/^XB001 {2}Surgery: problems seen\. .+ \[.+\]$/m);
});
