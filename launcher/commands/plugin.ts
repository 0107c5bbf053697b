import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { EprPlugin } from '../../plugins/plugin.ts';
import { ArgumentError, unknownArgument } from '../argument-error.ts';
import { pluginQuestions } from '../conformance/plugin-checks.ts';
import { asHtml } from '../conformance/report-page.ts';
import { asJson, asText, holds, type CheckReport } from '../conformance/report.ts';
import { runChecks } from '../conformance/run-checks.ts';
import { builtInPlugins } from '../main.ts';
import { showProgress } from './show-progress.ts';

type Options = { readonly all?: boolean; readonly html?: string; readonly json?: string };

export function pluginCommand(): Command {
  const check = new Command('check')
    .description('hold a plugin, or every built-in one, to the contract; exit 0 only when all of it holds')
    .argument('[name]', 'id of a plugin')
    .option('--all', 'every built-in plugin')
    .option('--html <file>', 'also write the report as a page')
    .option('--json <file>', 'also write the report as JSON')
    .action(checkPlugins);
  return new Command('plugin').description('what joins an EPR').addCommand(check);
}

async function checkPlugins(name: string | undefined, options: Options): Promise<void> {
  const plugins = builtInPlugins();
  const wanted = options.all ? plugins : plugins.filter(({ id }) => id === name);
  if (wanted.length === 0) throw noSuchPlugin(name, plugins);
  const questions = wanted.flatMap((plugin) => pluginQuestions({ plugin, readme: readmeOf(plugin.id) }));
  const progress = showProgress();
  const checks = await runChecks(questions, { limitMs: 10_000, progress, now: () => Date.now() });
  report(
    { subject: options.all ? 'All built-in plugins' : `Plugin ${name ?? ''}`, at: new Date().toISOString(), checks },
    options,
  );
}

function noSuchPlugin(given: string | undefined, plugins: readonly EprPlugin[]): ArgumentError {
  const choices = plugins.map(({ id }) => id);
  return given === undefined
    ? new ArgumentError('argument.missing_plugin', `name a plugin, or use --all; there are ${choices.join(', ')}`)
    : unknownArgument('argument.unknown_plugin', { option: 'plugin', given, choices });
}

/** To the terminal, and to the files that were asked for; a failure is the exit code's too. */
export function report(found: CheckReport, { html, json }: Pick<Options, 'html' | 'json'>): void {
  process.stdout.write(`${asText(found)}\n`);
  if (html !== undefined) writeFileSync(html, asHtml(found));
  if (json !== undefined) writeFileSync(json, asJson(found));
  if (!holds(found)) process.exitCode = 1;
}

/** Beside the sources; a built package brings none, and then a README says nothing. */
function readmeOf(id: string): string {
  try {
    return readFileSync(new URL(`../../plugins/${id}/README.md`, import.meta.url), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw cause;
  }
}
