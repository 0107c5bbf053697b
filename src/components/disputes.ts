import type { Entry } from '../record/entry.ts';
import type { Conflict, Fact, FactKey } from '../record/fact.ts';
import { partsOf } from '../record/parts-of.ts';
import type { SectionView } from '../record/patient-record.ts';
import { partText, whenOf, type Line, type LineOf } from './line.ts';
import { sourceName, type Surroundings } from './surroundings.ts';

/** More sides than this are read in the disagreement itself. */
const NAMED = 2;

/**
 * For each fact of a section that is a side of a conflict: the other sides in words, to stand under its line.
 * It says what is recorded elsewhere and gives no verdict.
 */
export function disputesOf(view: SectionView, lineOf: LineOf, around: Surroundings): ReadonlyMap<FactKey, string> {
  const facts = new Map(view.facts.map((fact) => [fact.key, fact]));
  const disputes = new Map<FactKey, string>();
  for (const conflict of view.conflicts.flatMap(partsOf)) {
    for (const key of conflict.facts) {
      const fact = facts.get(key);
      const words = fact && wordsFor(fact, conflict, facts, lineOf, around);
      const before = disputes.get(key);
      if (words && !before?.includes(words)) disputes.set(key, [before, words].filter(Boolean).join('; '));
    }
  }
  return disputes;
}

function wordsFor(
  fact: Fact,
  conflict: Conflict,
  facts: ReadonlyMap<FactKey, Fact>,
  lineOf: LineOf,
  around: Surroundings,
): string | undefined {
  const [mine] = fact.entries;
  const others = conflict.facts
    .filter((key) => key !== fact.key)
    .flatMap((key) => facts.get(key) ?? [])
    .filter((other) => opposes(conflict, mine, other.entries[0]));
  if (others.length === 0)
    return conflict.facts.some((key) => !facts.has(key))
      ? (around.crossing?.get(fact.key) ?? around.words.conflicts.kinds[conflict.kind])
      : undefined;
  const said = others
    .slice(0, NAMED)
    .map((other) => saidElsewhere(lineOf(mine, around, fact.entries), other, lineOf, around));
  return said.join('; ') + (others.length > NAMED ? ` ${around.words.banner.more(others.length - NAMED)}` : '');
}

/**
 * Two allergies do not disagree with each other; each disagrees with "no known allergies". It is said once, under the
 * reassuring line, which is the one that must not be read alone.
 */
function opposes(conflict: Conflict, mine: Entry, other: Entry): boolean {
  if (conflict.kind === 'allergy-and-medicine') return mine.section !== other.section;
  if (conflict.kind === 'resuscitation-decisions-differ') return decisionOf(mine) !== decisionOf(other);
  if (conflict.kind !== 'allergy-and-no-known-allergies') return true;
  return (
    'statement' in mine && mine.statement === 'none-known' && 'statement' in other && other.statement !== 'none-known'
  );
}

function decisionOf(entry: Entry): unknown {
  if ('decision' in entry) return entry.decision;
  // Who says that there is no decision against it does not disagree with who says that it is to be attempted.
  const denied = 'denies' in entry ? entry.denies : undefined;
  return denied === 'do-not-attempt-resuscitation' ? 'attempt-resuscitation' : denied;
}

/** What another source says; of a line about the same thing only what differs. */
function saidElsewhere(mine: Line, fact: Fact, lineOf: LineOf, around: Surroundings): string {
  const line = lineOf(fact.entries[0], around, fact.entries);
  const other = line.lead ?? fact.entries[0];
  const known = new Set((mine.parts ?? []).map(partText));
  const parts = (line.parts ?? [])
    .map(partText)
    .filter((part) => part !== '' && !(line.main === mine.main && known.has(part)));
  const what = line.main === mine.main && parts.length > 0 ? parts : [line.main, ...parts];
  return around.words.fact.differs(
    `${sourceName(other.origin.source, around)}, ${whenOf(other, around)},`,
    what.join(' — '),
  );
}
