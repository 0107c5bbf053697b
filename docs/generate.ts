import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environmentName, SETTINGS } from '../launcher/config.ts';
import { ERRORS } from '../launcher/errors.ts';
import { asvsPage, dcb0129Page, dtacPage } from './assurance.ts';
import { pluginReadmes } from './plugin-settings.ts';

/** Pages that can be derived from a table are, so that they can't drift; `test/docs.test.ts` keeps them equal. */
export const PAGES: { readonly [file: string]: () => string } = {
  'configuration.md': configurationPage,
  'errors.md': errorsPage,
  'assurance/asvs.md': () => asvsPage(NOTE),
  'assurance/dcb0129.md': () => dcb0129Page(NOTE),
  'assurance/dtac.md': () => dtacPage(NOTE),
  ...pluginReadmes(),
};

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
}
