import { allergiesToldElsewhere } from './allergies-told-elsewhere.ts';
import { buildConflict, stands } from './build-conflict.ts';
import type { Conflict, Fact } from './fact.ts';
import { oneEachSubject } from './one-subject.ts';
import type { Patient } from './patient.ts';
import type { SectionId } from './section.ts';
import type { AllergyEntry } from './sections/allergies.ts';
import { allergyConflicts } from './sections/allergy-conflicts.ts';
import { knowsOfDeath, type DemographicsEntry } from './sections/demographics.ts';
import { SECTIONS } from './sections/index.ts';
import type { MedicationEntry } from './sections/medications.ts';
import { medicineSubject } from './sections/medicine-doses.ts';
import { isClass, isNoDrug, substancesOfAllergy, substancesOfMedicine } from './substances.ts';

/** All that disagrees, each subject once, the worst first. */
export function findConflicts(facts: ReadonlyMap<SectionId, readonly Fact[]>, patient: Patient): readonly Conflict[] {
  const within = SECTIONS.flatMap((section) => section.conflicts(facts.get(section.id) ?? []));
  return oneEachSubject([...within, ...conflictsBetweenSections(facts, patient)]);
}

/** Conflicts that no section can see by itself, and those of allergies, whose section is there before its tables are. */
function conflictsBetweenSections(
  facts: ReadonlyMap<SectionId, readonly Fact[]>,
  patient: Patient,
): readonly Conflict[] {
  const allergies = (facts.get('allergies') ?? []) as readonly Fact<AllergyEntry>[];
  const medicines = (facts.get('medications') ?? []) as readonly Fact<MedicationEntry>[];
  const demographics = (facts.get('demographics') ?? []) as readonly Fact<DemographicsEntry>[];
  const standing = allergies.filter(({ entries: [entry] }) => entry.statement === 'allergy' && stands(entry));
  const elsewhere = allergiesToldElsewhere(facts, standing);
  return [
    ...allergyConflicts(allergies),
    ...allergyAndMedicine(standing, medicines),
    ...elsewhere.flatMap((told) => [...allergyAndMedicine(told, medicines), ...toldAndNone(told, allergies)]),
    ...deathUnknownThere(demographics, patient),
  ];
}

/**
 * Allergies that stand, wherever they are recorded, against medicines of the same class or substance that are being
 * taken, planned or of unknown standing, wherever those are: the prescriber may never have seen the allergy. One
 * conflict for each class or substance, with all that is recorded on both sides, so that five records of one penicillin
 * allergy are one disagreement; a substance that meets nothing but what its class has met makes none of its own. The
 * work grows with the number of facts, not with its square.
 */
function allergyAndMedicine(
  standing: readonly Fact[],
  medicines: readonly Fact<MedicationEntry>[],
): readonly Conflict[] {
  const taken = medicines.filter(({ entries: [entry] }) => entry.statement === 'medicine' && mayBeTaken(entry));
  const medicinesBy = groupBy(taken, (fact) => substancesOfMedicine(fact.entries[0]));
  const allergiesBy = groupBy(standing, (fact) => {
    const met = new Set<Fact>();
    return [...substancesOfAllergy(fact.entries[0])].filter((substance) => {
      const more = (medicinesBy.get(substance) ?? []).filter((medicine) => isClass(substance) || !met.has(medicine));
      for (const medicine of more) met.add(medicine);
      return more.length > 0;
    });
  });
  return [...allergiesBy].map(([substance, sides]) => allergyMet(substance, sides, medicinesBy.get(substance) ?? []));
}

/** An allergy told under another heading, and none known by the heading of allergies: who reads only that is reassured. */
function toldAndNone(told: readonly Fact[], allergies: readonly Fact<AllergyEntry>[]): readonly Conflict[] {
  const none = allergies.filter(({ entries: [entry] }) => entry.statement === 'none-known' && stands(entry));
  const denied = (of: AllergyEntry, { entries: [entry] }: Fact): boolean =>
    of.noneOf === undefined ||
    of.noneOf === 'anything' ||
    (of.noneOf === 'medication' && !isNoDrug(entry, entry.notes));
  const disputed = told.filter((fact) => none.some(({ entries: [of] }) => denied(of, fact)));
  const denials = none.filter(({ entries: [of] }) => disputed.some((fact) => denied(of, fact)));
  return denials.length > 0
    ? [buildConflict('allergy-and-no-known-allergies', 'allergies', [...disputed, ...denials])]
    : [];
}

/** It is about the allergy; where one medicine alone meets it, about that medicine too. */
function allergyMet(
  substance: string,
  allergies: readonly Fact[],
  medicines: readonly Fact<MedicationEntry>[],
): Conflict {
  const met = new Set(medicines.map(medicineSubject));
  const subjects = [`allergy:${substance}`, ...(met.size === 1 ? met : [])];
  return buildConflict('allergy-and-medicine', 'allergies', [...allergies, ...medicines], subjects);
}

function groupBy<F extends Fact>(facts: readonly F[], keysOf: (fact: F) => Iterable<string>): ReadonlyMap<string, F[]> {
  const groups = new Map<string, F[]>();
  for (const fact of facts) {
    for (const key of keysOf(fact)) {
      const group = groups.get(key);
      if (group) group.push(fact);
      else groups.set(key, [fact]);
    }
  }
  return groups;
}

/**
 * Of unknown standing counts too, but for a handing over: a pharmacy's dispensing of years ago says nothing of today.
 */
function mayBeTaken(entry: MedicationEntry): boolean {
  return (
    entry.state === 'current' || entry.state === 'planned' || (entry.state === 'unknown' && entry.record !== 'dispense')
  );
}

/** The home EPR's Patient says that the person has died, and every other organisation holds her as alive. */
function deathUnknownThere(demographics: readonly Fact<DemographicsEntry>[], patient: Patient): readonly Conflict[] {
  const standing = demographics.filter((fact) => fact.entries[0].state !== 'past');
  // Where a source says so too, the section's own conflict shows both sides.
  if (patient.deceased === undefined || standing.length === 0 || demographics.some(knowsOfDeath)) return [];
  return [buildConflict('deceased-here-alive-there', 'demographics', standing)];
}
