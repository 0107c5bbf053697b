import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../../launcher/commands/audit.ts';
import { backupCommand } from '../../../launcher/commands/backup.ts';
import { keysCommand } from '../../../launcher/commands/keys.ts';
import { linkCommand } from '../../../launcher/commands/link.ts';
import { objectionsCommand } from '../../../launcher/commands/objections.ts';
import { policyCommand } from '../../../launcher/commands/policy.ts';
import { restoreCommand } from '../../../launcher/commands/restore.ts';
import { runCommand } from '../../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'corridor-arguments-'));
const at = (name: string): string => join(folder, name);
const NOBODY = at('nobody-here');
const SQLITE = { CORRIDOR_STORAGE_URL: `sqlite:${join(folder, 'a.sqlite')}`, CORRIDOR_ADMIN_TOKEN: 'x'.repeat(32) };
const POSTGRES = { CORRIDOR_STORAGE_URL: 'postgres://127.0.0.1:1/none' };

beforeAll(() => writeFileSync(at('there'), '{'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Wrong = readonly [
  what: string,
  command: () => Command,
  args: readonly string[],
  code: string,
  says: string,
  environment: { readonly [name: string]: string },
];

const WRONG: readonly Wrong[] = [
  [
    'a number of nobody',
    auditCommand,
    ['report', '--patient', '123'],
    'not_an_nhs_number',
    '--patient: is not an NHS number',
    SQLITE,
  ],
  ['no question', auditCommand, ['report'], 'choose_one', 'one of --patient, --user and --unusual', SQLITE],
  ['two questions', auditCommand, ['report', '--user', 'a', '--unusual'], 'choose_one', 'give one of', SQLITE],
  [
    'plain words for a user',
    auditCommand,
    ['report', '--user', 'a', '--plain'],
    'does_not_fit',
    'goes with --patient',
    SQLITE,
  ],
  [
    'another language',
    auditCommand,
    ['report', '--user', 'a', '--language', 'fr'],
    'unknown_language',
    '“fr”; use one of en, cy',
    SQLITE,
  ],
  ['no name of who asks', auditCommand, ['replay', 'v1', '--by', ' '], 'missing', '--by: is empty', SQLITE],
  ['a key that is none', auditCommand, ['verify', '--key', 'abc'], 'not_a_key', '--key: one is not a key', SQLITE],
  [
    'heads that are not there',
    auditCommand,
    ['verify', '--heads', NOBODY],
    'unreadable_file',
    'can’t be read (ENOENT)',
    SQLITE,
  ],
  ['no file to restore', restoreCommand, [], 'missing', 'which file?', SQLITE],
  ['a backup that is not there', restoreCommand, [NOBODY], 'unreadable_file', 'is not there', SQLITE],
  ['a file for PostgreSQL', restoreCommand, [at('there')], 'does_not_fit', 'pg_restore', POSTGRES],
  ['PostgreSQL', backupCommand, [NOBODY], 'does_not_fit', 'pg_dump', POSTGRES],
  ['keys over a file', keysCommand, ['make', at('there')], 'unwritable_file', 'it is there already', SQLITE],
  [
    'a link’s keys over a file',
    linkCommand,
    ['keys', 'jwt', at('there')],
    'unwritable_file',
    'it is there already',
    SQLITE,
  ],
  ['a policy that is not there', policyCommand, ['test', NOBODY], 'unreadable_file', 'can’t be read (ENOENT)', SQLITE],
  [
    'an objection that never holds',
    objectionsCommand,
    ['add', '--patient', '9990000018', '--by', 'Ada', '--from', '2026-02-01', '--to', '2026-01-01'],
    'never_holds',
    '--to: is before --from',
    SQLITE,
  ],
  [
    'a launcher elsewhere in clear',
    objectionsCommand,
    ['end', 'o1', '--by', 'Ada', '--launcher', 'http://record.example'],
    'unknown_launcher',
    'is no address of this machine',
    SQLITE,
  ],
  [
    'a launcher that does not run',
    objectionsCommand,
    ['end', 'o1', '--by', 'Ada', '--launcher', 'http://127.0.0.1:1'],
    'unknown_launcher',
    'does not answer',
    SQLITE,
  ],
];

describe('what is typed wrongly at a terminal', () => {
  it.each(WRONG)(
    'is called so, with a code and what to do, and no blame for the configuration: %s',
    async (_what, command, args, code, says, environment) => {
      const run = await runCommand(command(), args, environment);
      expect(run).toMatchObject({ code: 1, out: '' });
      expect(run.err).toContain(says);
      expect(run.err).toMatch(new RegExp(`^corridor: .*\\(argument\\.${code}\\)\\n$`));
    },
  );

  it('is never the setting of a witness: that is the configuration’s', async () => {
    const run = await runCommand(auditCommand(), ['verify'], { ...SQLITE, CORRIDOR_AUDIT_WITNESSES: 'abc' });
    expect(run.err).toContain('CORRIDOR_AUDIT_WITNESSES');
  });
});
