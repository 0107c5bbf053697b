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
  readonly outcome: 'held' | 'failed' | 'not-applicable' | 'not-asked';
  /** What was seen, or why nothing was tried, in an integration team's words. */
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
  const lines = checks.map(({ outcome, title, words, tookMs }) => {
    const said = words === '' ? '' : `: ${words}`;
    return `${MARKS[outcome]} ${title}${LEADS[outcome]}${said} (${String(tookMs)} ms)`;
  });
  return [`${subject}, ${at}`, ...lines, ...(score ? scoreLines(score) : []), countOf(checks)].join('\n');
}

const MARKS = { held: '✓', failed: '✗', 'not-applicable': '–', 'not-asked': '–' } as const;
const LEADS = { held: '', failed: '', 'not-applicable': ': does not apply', 'not-asked': ': not asked' } as const;

/** Every check is in one of the counts; those that are nothing are left out, but for the first two. */
export function countOf(checks: readonly Check[]): string {
  const count = (outcome: Check['outcome']): number => checks.filter((check) => check.outcome === outcome).length;
  const [apply, asked] = [count('not-applicable'), count('not-asked')];
  return [
    `${String(count('held'))} held`,
    `${String(count('failed'))} failed`,
    ...(apply > 0 ? [apply === 1 ? '1 does not apply' : `${String(apply)} do not apply`] : []),
    ...(asked > 0 ? [`${String(asked)} could not be asked`] : []),
  ].join(', ');
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
