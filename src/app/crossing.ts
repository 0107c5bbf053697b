import type { Fact, FactKey } from '../record/fact.ts';
import { partsOf } from '../record/parts-of.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import { partText, whenOf } from '../components/line.ts';
import { sourceName, type Surroundings } from '../components/surroundings.ts';
import { lineOfAny } from './section-templates.ts';

/**
 * For each fact that disagrees with one of another section: what is recorded there, in words. A section knows only its
 * own facts, and a medicine's line must name the allergy it meets, not only say that there is one.
 */
export function crossingOf(record: PatientRecord, around: Surroundings): ReadonlyMap<FactKey, string> {
  const between = record.conflicts
    .flatMap(partsOf)
    .filter((conflict) => new Set(conflict.facts.map(sectionIn)).size > 1);
  if (between.length === 0) return new Map();
  const wanted = new Set(between.flatMap((conflict) => conflict.facts));
  const facts = new Map(
    record.sections.flatMap((view) =>
      view.facts.filter((fact) => wanted.has(fact.key)).map((fact) => [fact.key, fact] as const),
    ),
  );
  const said = new Map<FactKey, string>();
  for (const conflict of between) {
    for (const key of conflict.facts) {
      const others = conflict.facts.filter((other) => sectionIn(other) !== sectionIn(key));
      const words = others.flatMap((other) => saidBy(facts.get(other), around)).join('; ');
      const before = said.get(key);
      const text = `${around.words.conflicts.kinds[conflict.kind]}: ${words}`;
      said.set(key, before === undefined ? text : `${before}; ${words}`);
    }
  }
  return said;
}

function saidBy(fact: Fact | undefined, around: Surroundings): readonly string[] {
  if (!fact) return [];
  const line = lineOfAny(fact.entries[0], around, fact.entries);
  const entry = line.lead ?? fact.entries[0];
  const what = [line.main, ...(line.parts ?? []).map(partText)].filter((part) => part !== '').join(' — ');
  const who = `${sourceName(entry.origin.source, around)}, ${whenOf(entry, around)},`;
  return [around.words.fact.differs(who, what)];
}

/** A fact's key begins with its section. */
function sectionIn(key: FactKey): string {
  return key.slice(0, key.indexOf(':'));
}
