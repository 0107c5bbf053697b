import { Command } from 'commander';
import { checkCommunity, type Finding } from '../admin/check-community.ts';
import { readCommunity } from '../main.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('check a community file and ask each organisation’s endpoints whether they answer as they should')
    .argument('<file>', 'community file (YAML)')
    .option('--offline', 'check the file only, ask nobody')
    .action((file: string, options: { readonly offline?: boolean }) => check(file, options.offline === true));
}

async function check(file: string, offline: boolean): Promise<void> {
  const community = await readCommunity(file);
  process.stdout.write(
    `${community.name}: ${String(community.members.length)} members, ${String(community.sources.length)} sources; the file is valid.\n`,
  );
  if (offline) return;
  const findings = await checkCommunity(community, { deadlineMs: 5_000, maxBytes: 8_388_608, atOnce: 8 });
  const bad = findings.filter((finding) => !finding.ok).length;
  process.stdout.write(
    `${table(findings)}\n${String(findings.length - bad)} answer as they should, ${String(bad)} don’t.\n`,
  );
  if (bad > 0) process.exitCode = 1;
}

function table(findings: readonly Finding[]): string {
  const rows = [
    ['ODS', 'Organisation', 'Endpoint', 'Result'],
    ...findings.map((finding) => [
      finding.ods,
      finding.organisation,
      finding.endpoint,
      `${finding.ok ? 'ok' : 'PROBLEM'}: ${finding.words}`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
