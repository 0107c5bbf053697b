import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import { groupEntries } from '../../../src/record/group-entries.ts';
import { sectionOf } from '../../../src/record/sections/index.ts';
import { entriesFrom } from '../../support/record.ts';
import { allergyPairs } from './allergy-pairs.ts';
import { appointmentPairs, encounterPairs, procedurePairs, vaccinationPairs } from './event-pairs.ts';
import { findingPairs } from './finding-pairs.ts';
import { medicationPairs } from './medication-pairs.ts';
import { Chance, type Pair, type PairMaker } from './pair.ts';
import { documentPairs } from './paper-pairs.ts';
import { personalContactPairs, professionalContactPairs } from './people-pairs.ts';
import { problemPairs } from './problem-pairs.ts';
import { resultPairs } from './result-pairs.ts';

const MAKERS: readonly PairMaker[] = [
  problemPairs,
  medicationPairs,
  allergyPairs,
  resultPairs,
  findingPairs,
  documentPairs,
  encounterPairs,
  vaccinationPairs,
  procedurePairs,
  professionalContactPairs,
  personalContactPairs,
  appointmentPairs,
];

/** Of each label; `CORRIDOR_TEST_CASES` asks for more at night. */
const PAIRS = Math.max(600, Number(process.env['CORRIDOR_TEST_CASES'] ?? 0));

type Judged = { readonly same: boolean; readonly kind: string; readonly joined: boolean };

/** Every way in turn, so that none is left to luck; a second harmless change in a third of the cases. */
function judged(maker: PairMaker): readonly Judged[] {
  const chance = new Chance([...maker.section].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) | 0);
  const alike = Object.entries(maker.alike);
  const unlike = Object.entries(maker.unlike);
  return Array.from({ length: 2 * PAIRS }, (_, index): Judged => {
    const same = index % 2 === 0;
    const ways = same ? alike : unlike;
    const [kind, change] = ways[(index >> 1) % ways.length] ?? ['', (pair: Pair) => pair];
    const one = maker.one(chance);
    return { same, kind, joined: joined(maker, change({ here: one, there: one }, chance)) };
  });
}

function joined({ section }: PairMaker, { here, there }: Pair): boolean {
  const entries = [...entriesOf(section, 'gp', here), ...entriesOf(section, 'hospital', there)];
  const found = sectionOf(section);
  if (!found) throw new Error(`no section ${section}`);
  return groupEntries(
    found,
    entries.filter((entry) => entry.state !== 'in-error'),
  ).some((group) => group.entries.length > 1);
}

/** One of the two may be read into another section (a family history): then nothing joins it. */
function entriesOf(section: PairMaker['section'], source: string, resource: Pair['here']): readonly Entry[] {
  const { example: _example, ...sent } = resource;
  return entriesFrom(source, { ...sent, resourceType: resource.resourceType }).filter((one) => one.section === section);
}

const RESULTS = new Map(MAKERS.map((maker) => [maker.section, judged(maker)]));

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));

function table(): string {
  const rows = MAKERS.map(({ section, apart = {} }) => {
    const all = RESULTS.get(section) ?? [];
    const same = all.filter((pair) => pair.same);
    const hits = same.filter((pair) => pair.joined).length;
    const made = all.filter((pair) => pair.joined).length;
    const missed = [...new Set(same.filter((pair) => !pair.joined).map(({ kind }) => kind))].map((kind) => {
      const ofKind = same.filter((pair) => pair.kind === kind);
      const share = percent(ofKind.filter((pair) => pair.joined).length, ofKind.length);
      return `    ${kind}: ${share}${apart[kind] === undefined ? '' : `, on purpose: ${apart[kind]}`}`;
    });
    const numbers = [String(all.length), percent(hits, made), percent(hits, same.length)];
    return [`${section.padEnd(24)}${numbers.map((number) => number.padStart(10)).join('')}`, ...missed].join('\n');
  });
  const heads = ['pairs', 'precision', 'recall'].map((head) => head.padStart(10)).join('');
  return [`${'section'.padEnd(24)}${heads}`, ...rows, ''].join('\n');
}

describe.each(MAKERS)('a thousand pairs of $section', ({ section, apart = {} }) => {
  const all = RESULTS.get(section) ?? [];

  it('never join what differs: dose, unit, route, status, date, period or anything else it was made by', () => {
    expect(all.length).toBeGreaterThanOrEqual(1_000);
    const wrong = all.filter((pair) => !pair.same && pair.joined).map(({ kind }) => kind);
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('join nineteen in twenty of those that are one, but for what stays apart on purpose', () => {
    const same = all.filter((pair) => pair.same && apart[pair.kind] === undefined);
    expect(same.filter((pair) => pair.joined).length / same.length).toBeGreaterThanOrEqual(0.95);
  });
});

it('the recall of each section is written down, and what it misses', async () => {
  if (process.env['CORRIDOR_TEST_CASES'] !== undefined) return;
  await expect(table()).toMatchFileSnapshot('./recall.txt');
});
