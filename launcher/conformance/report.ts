/** What a check found out, for a terminal, a page and a program. No patient is named in it. */
export type CheckReport = {
  readonly subject: string;
  /** ISO instant. */
  readonly at: string;
  readonly checks: readonly Check[];
  readonly score?: Score;
};

export type Check = {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'held' | 'failed' | 'not-applicable';
  /** What was seen, in an integration team's words. */
  readonly words: string;
  readonly tookMs: number;
};

/** How far an organisation is joined, and how well each section can be used: both from what it really answered. */
export type Score = {
  readonly connection: ConnectionLevel;
  readonly sections: readonly SectionScore[];
  /** Mean of the sections', to one decimal. */
  readonly maturity: number;
};

/** Each level holds all those before it. */
export const CONNECTION = [
  'not reached',
  'reachable',
  'authorises',
  'finds the person',
  'answers',
  'answers in full',
] as const;
export type ConnectionLevel = (typeof CONNECTION)[number];

/** 0 not there · 1 answered, nothing held · 2 words only · 3 partly coded · 4 coded, and in full. */
export type SectionScore = {
  readonly section: string;
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly entries: number;
  readonly coded: number;
  readonly words: string;
};

export function holds({ checks }: CheckReport): boolean {
  return checks.every(({ outcome }) => outcome !== 'failed');
}

export function asText(report: CheckReport): string {
  const { subject, at, checks, score } = report;
  const mark = { held: '✓', failed: '✗', 'not-applicable': '–' };
  const lines = checks.map(({ outcome, title, words, tookMs }) => {
    const said = words === '' ? '' : `: ${words}`;
    return `${mark[outcome]} ${title}${said} (${String(tookMs)} ms)`;
  });
  const held = checks.filter(({ outcome }) => outcome === 'held').length;
  const failed = checks.filter(({ outcome }) => outcome === 'failed').length;
  return [
    `${subject}, ${at}`,
    ...lines,
    ...(score ? scoreLines(score) : []),
    `${String(held)} held, ${String(failed)} failed`,
  ].join('\n');
}

function scoreLines({ connection, maturity, sections }: Score): readonly string[] {
  const width = Math.max(...sections.map(({ section }) => section.length));
  return [
    `Connection: ${connection} (${String(CONNECTION.indexOf(connection))} of ${String(CONNECTION.length - 1)})`,
    `Maturity: ${maturity.toFixed(1)} of 4`,
    ...sections.map(({ section, level, words }) => `  ${section.padEnd(width)}  ${String(level)}  ${words}`),
  ];
}

export function asJson(report: CheckReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** A page that stands alone: no script, no address of anything. */
export function asHtml({ subject, at, checks, score }: CheckReport): string {
  const row = (...cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  const table = (head: readonly string[], rows: readonly string[]): string =>
    `<table><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr>${rows.join('')}</table>`;
  const scored = score
    ? `<h2>Connection: ${escaped(score.connection)}. Maturity: ${score.maturity.toFixed(1)} of 4</h2>${table(
        ['Section', 'Level', 'What was answered'],
        score.sections.map(({ section, level, words }) => row(section, String(level), words)),
      )}`
    : '';
  return `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>${escaped(subject)}</title>
<style>body{font:16px/1.5 Arial,sans-serif;margin:2rem;color:#212b32}td,th{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #d8dde0}</style>
<h1>${escaped(subject)}</h1><p>${escaped(at)}</p>${scored}<h2>Checks</h2>${table(
    ['Outcome', 'Check', 'What was seen', 'Milliseconds'],
    checks.map(({ outcome, title, words, tookMs }) => row(outcome, title, words, String(tookMs))),
  )}</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
