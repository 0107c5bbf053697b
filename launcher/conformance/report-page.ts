import { SECTIONS } from '../../src/record/sections/index.ts';
import { CONNECTION, countOf, holds, type Check, type CheckReport, type Score, type SectionScore } from './report.ts';

/** The report as a page that stands alone: no script, no address of anything, and fit to be printed. */
export function asHtml(report: CheckReport): string {
  const { subject, at, checks, score } = report;
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const parts = [
    `<h1>${escaped(subject)}</h1><p>Checked on <time datetime="${escaped(at)}">${escaped(dayAndTime(at))}</time></p>`,
    summaryOf(report),
    failed.length > 0 ? `<h2>What does not hold</h2>${checkTable('Failed', failed)}` : '',
    score ? scoreOf(score) : '',
    '<h2>Every check</h2>',
    ...groupsOf(checks).map(([name, of]) => checkTable(name, of)),
  ];
  return `<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title>
<style>${STYLE}</style><main>
${parts.filter(Boolean).join('\n')}
</main></html>
`;
}

function summaryOf(report: CheckReport): string {
  const verdict = holds(report)
    ? '<b class="held">✓ All of it holds</b>'
    : '<b class="failed">✗ Not all of it holds</b>';
  return `<p class="verdict">${verdict} ${countOf(report.checks)}</p>`;
}

function scoreOf({ connection, maturity, sections }: Score): string {
  const reached = CONNECTION.indexOf(connection);
  const steps = CONNECTION.slice(1).map(
    (step, index) => `<li${index < reached ? ' class="reached"' : ''}>${index < reached ? '✓ ' : ''}${step}</li>`,
  );
  const rows = sections.map(sectionRow);
  return [
    `<h2>Connection: ${connection} (${String(reached)} of ${String(CONNECTION.length - 1)})</h2>`,
    `<ol class="steps">${steps.join('')}</ol>`,
    `<h2>Maturity: ${maturity.toFixed(1)} of 4</h2>`,
    '<p>0 not there · 1 answered, nothing held · 2 words only · 3 partly coded, or not in full · 4 coded and in full. Each section from what was really answered about one person of the test data; the maturity is their mean.</p>',
    rows.length > 0
      ? table('sections', 'Sections', ['Section', 'Level', 'What was answered'], rows)
      : '<p>Nobody was asked about.</p>',
  ].join('\n');
}

function sectionRow({ section, level, words }: SectionScore): string {
  const heading = SECTIONS.find(({ id }) => id === section)?.heading ?? section;
  const bar = '■'.repeat(level) + '□'.repeat(4 - level);
  return `<tr><th scope="row">${escaped(heading)}</th><td class="level"><span aria-hidden="true">${bar}</span> ${String(level)}</td><td>${escaped(words)}</td></tr>`;
}

/** By whom they are about: the first words of their titles. */
function groupsOf(checks: readonly Check[]): readonly (readonly [name: string, checks: readonly Check[]])[] {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const name = /^([^:]{1,80}): /.exec(check.title)?.[1] ?? 'Endpoints';
    const group = groups.get(name) ?? [];
    group.push(check);
    groups.set(name, group);
  }
  return [...groups];
}

const MARKS: { readonly [outcome in Check['outcome']]: string } = {
  held: '✓ held',
  failed: '✗ failed',
  'not-applicable': '– does not apply',
  'not-asked': '– not asked',
};

function checkTable(name: string, checks: readonly Check[]): string {
  const rows = checks.map(({ outcome, title, words, tookMs }) => {
    const said = title.startsWith(`${name}: `) ? title.slice(name.length + 2) : title;
    return `<tr><td class="${outcome}">${MARKS[outcome]}</td><th scope="row">${escaped(said)}</th><td>${escaped(words)}</td><td class="ms">${String(tookMs)}</td></tr>`;
  });
  return table('checks', name, ['Outcome', 'Check', 'What was seen', 'Milliseconds'], rows);
}

function table(kind: string, caption: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((word) => `<th scope="col">${word}</th>`).join('');
  return `<table class="${kind}"><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function dayAndTime(instant: string): string {
  const at = new Date(instant);
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${instant.slice(11, 16)} UTC`;
}

const STYLE = `body{font:16px/1.5 Arial,sans-serif;margin:0;color:#212b32}main{max-width:60rem;margin:0 auto;padding:2rem}
h1{margin:0}h2{margin:2rem 0 .5rem}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}caption{text-align:left;font-weight:bold;padding:.5rem 0}
td,th{text-align:left;vertical-align:top;font-weight:normal;padding:.3rem 1rem .3rem 0;border-bottom:1px solid #d8dde0;overflow-wrap:anywhere}thead th{color:#4c6272;font-size:.875rem}
td:first-child,.level{white-space:nowrap}.level span{letter-spacing:.1em;color:#005eb8}.ms{text-align:right;font-variant-numeric:tabular-nums;padding-right:0}
.checks{table-layout:fixed}.checks thead th:first-child{width:7rem}.checks thead th:nth-child(3){width:32%}.checks thead th:last-child{width:6rem;text-align:right;padding-right:0}
.held{color:#00582c}.failed{color:#b10e1e;font-weight:bold}.not-applicable,.not-asked{color:#4c6272}.verdict{font-size:1.25rem;border-left:6px solid currentColor;padding-left:1rem}
.steps{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}.steps li{border:1px solid #aeb7bd;border-radius:1rem;padding:.1rem .8rem;color:#4c6272}.steps .reached{background:#e6f2ea;border-color:#00582c;color:#00401e}
@media print{main{max-width:none;padding:0}tr{break-inside:avoid}}`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
