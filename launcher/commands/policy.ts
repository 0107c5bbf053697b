import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type CellChange, diffPolicies, type RuleChange } from '../access/policy-diff.ts';
import { ACTION_WORDS } from '../access/policy-table.ts';
import { readPolicies, type PolicySet } from '../access/policy-set.ts';
import { runPolicyTests } from '../access/policy-tests.ts';
import { ArgumentError } from '../argument-error.ts';
import { ConfigError } from '../config.ts';
import { readCommunity } from '../main.ts';
import { showProgress } from './show-progress.ts';

export function policyCommand(): Command {
  return new Command('policy')
    .description('try a policy file before it counts')
    .addCommand(
      new Command('test')
        .description('run the cases beside a policy (NAME.tests.yaml) and say which rule answered')
        .argument('<file>', 'policy file (Cedar)')
        .option('--tests <file>', 'file of cases, when it is not beside the policy')
        .action(test),
    )
    .addCommand(
      new Command('diff')
        .description('say what changes from one policy to another: for whom, of what, when, and by which rule')
        .argument('<old>', 'policy file')
        .argument('<new>', 'policy file')
        .requiredOption('--community <file>', 'community file, for its roles')
        .action(diff),
    );
}

async function test(file: string, options: { readonly tests?: string }): Promise<void> {
  const policies = await readSet(file);
  const results = runPolicyTests(policies, await readText(options.tests ?? file.replace(/\.cedar$/, '.tests.yaml')));
  for (const { name, passed, words } of results)
    process.stdout.write(`${passed ? 'ok     ' : 'FAILED '} ${name}${passed ? '' : `: ${words}`}\n`);
  const failed = results.filter((result) => !result.passed).length;
  process.stdout.write(
    `${String(policies.rules.size)} rules, ${String(results.length)} cases, ${String(failed)} failed\n`,
  );
  if (failed > 0) process.exitCode = 1;
}

async function diff(oldFile: string, newFile: string, options: { readonly community: string }): Promise<void> {
  const [before, after] = [await readSet(oldFile), await readSet(newFile)];
  const { roles } = await readCommunity(options.community);
  const { cells, rules } = diffPolicies(before, after, roles, { progress: showProgress() });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const rule of rules) say(ruleLine(rule));
  for (const cell of cells) say(cellLine(cell));
  const opened = cells.filter((cell) => cell.after.allowed && !cell.before.allowed).length;
  const closed = cells.filter((cell) => !cell.after.allowed && cell.before.allowed).length;
  const many = (count: number, word: string): string => `${String(count)} ${word}${count === 1 ? '' : 's'}`;
  say(
    `${many(rules.length, 'rule')} and ${many(cells.length, 'cell')} changed: ${String(opened)} open, ${String(closed)} close`,
  );
}

function ruleLine({ id, change, seen }: RuleChange): string {
  const unseen = seen ? '' : ': nothing that is compared here shows what it does; try it with `corridor explain`';
  return `rule ${id} is ${change}${unseen}`;
}

/** `+` opens, `-` closes, `~` is the same answer by another rule or with other duties. */
function cellLine({ role, action, section, label, purpose, situation, before, after }: CellChange): string {
  const sign = after.allowed === before.allowed ? '~' : after.allowed ? '+' : '-';
  const what = [ACTION_WORDS[action], section, label].filter((word) => word !== undefined).join(' · ');
  const duties =
    before.obligations.join() === after.obligations.join() ? '' : ` (${dutiesOf(before)} → ${dutiesOf(after)})`;
  return `${sign} ${role} · ${what} · ${purpose} · ${situation}: ${before.rule} → ${after.rule}${duties}`;
}

function dutiesOf({ obligations }: CellChange['before']): string {
  return obligations.length > 0 ? obligations.join(' and ') : 'no duty';
}

async function readSet(file: string): Promise<PolicySet> {
  const read = readPolicies(await readText(file), file);
  if ('problems' in read) throw new ConfigError(read.problems.map((problem) => `${file}: ${problem}`));
  return read.set;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ArgumentError('argument.unreadable_file', `${file} can’t be read (${code})`);
  }
}
