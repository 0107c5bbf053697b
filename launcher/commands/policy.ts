import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type CellChange, diffPolicies } from '../access/policy-diff.ts';
import { readPolicies, type PolicySet } from '../access/policy-set.ts';
import { runPolicyTests } from '../access/policy-tests.ts';
import { ConfigError } from '../config.ts';
import { readCommunity } from '../main.ts';

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
        .description('say which cells of role, section, label and purpose change from one policy to another')
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
  const changes = diffPolicies(before, after, roles);
  for (const change of changes) process.stdout.write(`${lineOf(change)}\n`);
  const opened = changes.filter((change) => change.after.allowed && !change.before.allowed).length;
  const closed = changes.filter((change) => !change.after.allowed && change.before.allowed).length;
  process.stdout.write(`${String(changes.length)} cells change: ${String(opened)} open, ${String(closed)} close\n`);
}

/** `+` opens, `-` closes, `~` is the same answer by another rule. */
function lineOf({ role, section, label, purpose, situation, before, after }: CellChange): string {
  const sign = after.allowed === before.allowed ? '~' : after.allowed ? '+' : '-';
  return `${sign} ${role} · ${section} · ${label} · ${purpose} · ${situation}: ${before.rule} → ${after.rule}`;
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
    throw new ConfigError([`${file} can’t be read (${code})`]);
  }
}
