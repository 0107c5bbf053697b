import { buildConflict, stands } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { isClass, isNoDrug, substancesOfAllergy } from '../substances.ts';
import type { AllergyEntry } from './allergies.ts';
import { isGrave } from './summarise-allergy.ts';

/** What a prescriber must be shown: known here and none there, ruled out or ended there, and one grave here and mild there. */
export function allergyConflicts(facts: readonly Fact<AllergyEntry>[]): readonly Conflict[] {
  return [
    ...knownAgainstNone(facts),
    ...againstStanding('allergy-refuted-elsewhere', isRefuted, facts),
    ...againstStanding('allergy-ended-elsewhere', hasEnded, facts),
    ...facts.flatMap(severitiesDiffer),
  ];
}

/** One record knows an allergy that stands, another says there is none of that kind (safety H07). */
function knownAgainstNone(facts: readonly Fact<AllergyEntry>[]): readonly Conflict[] {
  const known = facts.filter((fact) => fact.entries[0].statement === 'allergy' && stands(fact.entries[0]));
  const none = facts.filter((fact) => fact.entries[0].statement === 'none-known' && stands(fact.entries[0]));
  // Any of the records joined may be the one with the category that is denied.
  const denied = (denial: Fact<AllergyEntry>, allergy: Fact<AllergyEntry>): boolean =>
    denial.entries.some((no) => allergy.entries.some((yes) => denies(no, yes)));
  const disputed = known.filter((allergy) => none.some((denial) => denied(denial, allergy)));
  if (disputed.length === 0) return [];
  const denials = none.filter((denial) => disputed.some((allergy) => denied(denial, allergy)));
  return [buildConflict('allergy-and-no-known-allergies', 'allergies', [...disputed, ...denials])];
}

/**
 * An allergy without a category may be of any kind, but for what can be no drug whoever records it; an intolerance is not
 * denied by the absence of allergies.
 */
function denies(none: AllergyEntry, allergy: AllergyEntry): boolean {
  if (allergy.kind === 'intolerance') return false;
  if (none.noneOf === 'one-thing') return false;
  if (none.noneOf === 'anything' || none.noneOf === undefined) return true;
  if (allergy.categories.length === 0) return none.noneOf !== 'medication' || !isNoDrug(allergy, toldOf(allergy));
  return (
    allergy.categories.includes(none.noneOf) ||
    (none.noneOf === 'medication' && allergy.categories.includes('biologic'))
  );
}

/** What is told of an allergy besides its agent: it may be another one. */
function toldOf({ notes, reactions }: AllergyEntry): readonly string[] {
  return [
    ...notes,
    ...reactions.flatMap(({ manifestations, description }) => [
      ...manifestations,
      ...(description === undefined ? [] : [description]),
    ]),
  ];
}

/** The same agent, or one of its class, stands in one record and does not, or not any more, in another. */
function againstStanding(
  kind: 'allergy-refuted-elsewhere' | 'allergy-ended-elsewhere',
  isAgainst: (fact: Fact<AllergyEntry>, standing: Fact<AllergyEntry>) => boolean,
  facts: readonly Fact<AllergyEntry>[],
): readonly Conflict[] {
  const active = new Map<string, Fact<AllergyEntry>[]>();
  for (const fact of facts) {
    if (fact.entries[0].statement !== 'allergy' || !stands(fact.entries[0])) continue;
    for (const substance of substancesOfAllergy(fact.entries[0]))
      active.set(substance, [...(active.get(substance) ?? []), fact]);
  }
  return facts.flatMap((one) => {
    const standing = [...substancesOfAllergy(one.entries[0])].flatMap((substance) => active.get(substance) ?? []);
    const same = new Set(standing.filter((each) => isAgainst(one, each)));
    return same.size > 0 ? [buildConflict(kind, 'allergies', [...same, one], subjectsOf(one))] : [];
  });
}

/** Ruled out, or denied by name: whoever else says that it stands, the same organisation too. */
function isRefuted({ entries: [entry] }: Fact<AllergyEntry>): boolean {
  return entry.statement === 'allergy' ? entry.state === 'negated' : entry.noneOf === 'one-thing' && stands(entry);
}

/** Resolved or inactive to one organisation. Its own newer record is its own business. */
function hasEnded(ended: Fact<AllergyEntry>, standing: Fact<AllergyEntry>): boolean {
  const [{ statement, state, origin }] = ended.entries;
  return (
    statement === 'allergy' &&
    state === 'past' &&
    standing.entries.some((entry) => entry.origin.source !== origin.source)
  );
}

/**
 * One agent, grave to one record and mild to another of another source: a reaction severe here and mild there, or a
 * criticality high here and low there. What a record leaves out differs from nothing.
 */
function severitiesDiffer(fact: Fact<AllergyEntry>): readonly Conflict[] {
  if (fact.entries[0].statement !== 'allergy' || !stands(fact.entries[0])) return [];
  const grave = fact.entries.filter((entry) => isGrave(entry));
  const mild = fact.entries.filter((entry) => !isGrave(entry) && saysMild(entry));
  const elsewhere = mild.some((one) => grave.some((other) => other.origin.source !== one.origin.source));
  return elsewhere ? [buildConflict('allergy-severities-differ', 'allergies', [fact], subjectsOf(fact))] : [];
}

/** Its classes, or where it has none its agent: what disagreements about it are about. */
function subjectsOf(fact: Fact<AllergyEntry>): readonly string[] {
  const substances = [...substancesOfAllergy(fact.entries[0])];
  const classes = substances.filter(isClass);
  return (classes.length > 0 ? classes : substances).map((substance) => `allergy:${substance}`);
}

function saysMild(entry: AllergyEntry): boolean {
  return entry.criticality === 'low' || entry.reactions.some(({ severity }) => severity === 'mild');
}
