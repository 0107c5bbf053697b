import type { Entry } from '../record/entry.ts';
import type { FactKey } from '../record/fact.ts';
import type { SectionView } from '../record/patient-record.ts';
import { lineText, whenOf, type LineOf } from './line.ts';
import { sourceName, type Surroundings } from './surroundings.ts';

/**
 * For each fact of a section that is a side of a conflict: the other sides in words, to stand under its line.
 * It says what is recorded elsewhere and gives no verdict.
 */
export function disputesOf(view: SectionView, lineOf: LineOf, around: Surroundings): ReadonlyMap<FactKey, string> {
  const facts = new Map(view.facts.map((fact) => [fact.key, fact]));
  const disputes = new Map<FactKey, string>();
  for (const conflict of view.conflicts) {
    for (const key of conflict.facts) {
      const others = conflict.facts
        .filter((other) => other !== key)
        .flatMap((other) => facts.get(other)?.entries[0] ?? []);
      const words =
        others.length > 0
          ? others.map((entry) => saidElsewhere(entry, lineOf, around)).join('; ')
          : around.words.conflicts.kinds[conflict.kind];
      if (facts.has(key)) disputes.set(key, [disputes.get(key), words].filter(Boolean).join('; '));
    }
  }
  return disputes;
}

function saidElsewhere(entry: Entry, lineOf: LineOf, around: Surroundings): string {
  return around.words.fact.differs(
    `${sourceName(entry.origin.source, around)}, ${whenOf(entry, around)},`,
    lineText(lineOf(entry, around)),
  );
}
