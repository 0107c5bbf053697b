import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { environmentName, SETTINGS } from '../launcher/config.ts';
import { ERRORS } from '../launcher/errors.ts';
import { PLUGINS } from '../plugins/index.ts';
import { settingsSchema, type PluginManifest } from '../plugins/manifest.ts';
import { asvsPage, dcb0129Page, dtacPage } from './assurance.ts';
import { readmeWithEprs } from './epr-table.ts';
import { pluginReadmes } from './plugin-settings.ts';

/** Pages that can be derived from a table are, so that they can't drift; `test/docs.test.ts` keeps them equal. */
export const PAGES: { readonly [file: string]: () => string } = {
  'configuration.md': configurationPage,
  'errors.md': errorsPage,
  'assurance/asvs.md': () => asvsPage(NOTE),
  'assurance/dcb0129.md': () => dcb0129Page(NOTE),
  'assurance/dtac.md': () => dtacPage(NOTE),
  ...pluginReadmes(),
  '../README.md': readmeWithEprs,
};

/** The settings of each plugin that an organisation may write, between two marks in its README. */
export function withSettings(readme: string, manifest: PluginManifest): string {
  return readme.replace(
    /(<!-- settings: made by `npm run docs` -->\n)[\s\S]*?(<!-- \/settings -->)/,
    (_whole, start: string, end: string) => `${start}\n${settingsTable(manifest)}\n\n${end}`,
  );
}

/** Plugins whose README has the marks. */
export function readmesWithSettings(): readonly { readonly file: string; readonly manifest: PluginManifest }[] {
  return PLUGINS.flatMap(({ manifest }) => {
    if (!manifest) return [];
    const file = `plugins/${manifest.id}/README.md`;
    return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes('<!-- settings:')
      ? [{ file, manifest }]
      : [];
  });
}

type Property = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
};

function settingsTable(manifest: PluginManifest): string {
  const { properties = {}, required = [] } = settingsSchema(manifest) as {
    readonly properties?: { readonly [name: string]: Property };
    readonly required?: readonly string[];
  };
  const rows = Object.entries(properties).map(([name, property]) => {
    const fallback = property.default === undefined ? '–' : `\`${JSON.stringify(property.default)}\``;
    const values =
      property.enum?.map((value) => `\`${String(value)}\``).join(', ') ?? property.type ?? 'see the schema';
    return row([
      `\`${name}\``,
      values,
      required.includes(name) ? 'must be given' : fallback,
      property.description ?? '',
    ]);
  });
  if (rows.length === 0) return 'None.';
  return ['| Setting | Values | Default | What it is for |', '|---|---|---|---|', ...rows].join('\n');
}

const NOTE = '<!-- Made by `npm run docs`; change the table in the code instead. -->';

function configurationPage(): string {
  const all = Object.entries(SETTINGS);
  const areas = [...new Set(all.map(([name]) => areaOf(name)))];
  const sections = areas.map((area) =>
    [
      `## ${area}`,
      '',
      '| Setting | Environment | Default | Unit | What it is for |',
      '|---|---|---|---|---|',
      ...all
        .filter(([name]) => areaOf(name) === area)
        .map(([name, { fallback, unit, doc }]) =>
          row([`\`${name}\``, `\`${environmentName(name)}\``, defaultOf(fallback), unit, doc]),
        ),
    ].join('\n'),
  );
  return `${NOTE}
# Configuration

Every setting and limit of the launcher. A setting is read from the environment, or given to \`startLauncher\` by its
name, which wins. A value that can't be used stops the start with a message that names every problem at once, and so
does a misspelt name. Who is in the community is not here: that is the community file.

${sections.join('\n\n')}
`;
}

function errorsPage(): string {
  return `${NOTE}
# Errors

Every error a person or a program can be told of. The code is stable. The words are what a clinician reads; the support
number beside them finds the log line. Private detail goes to the log only. As JSON:
\`{"error": code, "message": …, "nextStep": …, "supportId": …}\`.

| Code | Status | What is said | What the reader can do |
|---|---|---|---|
${Object.entries(ERRORS)
  .map(([code, { status, message, nextStep }]) => row([`\`${code}\``, String(status), message, nextStep]))
  .join('\n')}
`;
}

function areaOf(name: string): string {
  return name.split('.')[0] ?? '';
}

function defaultOf(fallback: unknown): string {
  return typeof fallback === 'string' || typeof fallback === 'number' ? `\`${String(fallback)}\`` : '–';
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, render] of Object.entries(PAGES)) writeFileSync(new URL(file, import.meta.url), render());
  for (const { file, manifest } of readmesWithSettings()) {
    const address = new URL(`../${file}`, import.meta.url);
    const text = withSettings(readFileSync(address, 'utf8'), manifest);
    writeFileSync(address, await format(text, { ...(await resolveConfig(address)), filepath: file }));
  }
}
