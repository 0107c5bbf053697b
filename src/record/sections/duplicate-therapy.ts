import { buildConflict } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { splitName } from '../fhir/medicine.ts';
import { moietyOf } from '../moiety.ts';
import { mustNotBeSwapped, THERAPY_CLASSES, type TherapyClass } from '../therapy-classes.ts';
import { routeClass } from './medicine-doses.ts';
import type { MedicationEntry } from './medications.ts';
import { isSlow } from './slow-form.ts';

type MedicineFact = Fact<MedicationEntry>;

const CLASSES_OF = classesByMoiety();

/**
 * Two medicines of one class recorded as being taken, at whatever organisations: one conflict for each class with all that
 * is recorded of it. Only what works on the whole body counts, not what is rubbed in or dropped into an eye; a dose that
 * is planned, stopped, over or of unknown standing is not "being taken".
 */
export function duplicateTherapy(facts: readonly MedicineFact[]): readonly Conflict[] {
  const byClass = new Map<TherapyClass, { fact: MedicineFact; moiety: string }[]>();
  for (const fact of facts) {
    const [entry] = fact.entries;
    if (entry.statement !== 'medicine' || entry.state !== 'current' || !isSystemic(entry)) continue;
    const moieties = moietiesIn(entry);
    for (const moiety of moieties) {
      for (const therapy of CLASSES_OF.get(moiety) ?? []) {
        const members = byClass.get(therapy) ?? [];
        // One substance in a slow and in a plain form is two products where these must not be swapped; and whoever has it
        // by itself and within another product has it twice.
        const slow = mustNotBeSwapped(moiety) && isSlow(entry);
        members.push({ fact, moiety: `${moiety}${slow ? ', slow' : ''}${moieties.length > 1 ? ', combined' : ''}` });
        byClass.set(therapy, members);
      }
    }
  }
  return [...byClass.values()]
    .filter((members) => new Set(members.map(({ moiety }) => moiety)).size > 1)
    .map((members) => buildConflict('duplicate-therapy', 'medications', [...new Set(members.map(({ fact }) => fact))]));
}

function isSystemic(entry: MedicationEntry): boolean {
  const way = routeClass(entry);
  // Through the skin into the blood ("transdermal patches") as against on it ("medicated plasters").
  return ['oral', 'parenteral', 'rectal'].includes(way) || (way === 'skin' && /transdermal/i.test(saidOf(entry)));
}

function saidOf({ title, form, dosages }: MedicationEntry): string {
  return [title, form, ...dosages.map(({ route }) => route)].join();
}

/** Each substance of a name of several ("Sacubitril / Valsartan", "Perindopril erbumine 4mg / Indapamide 1.25mg"). */
function moietiesIn(entry: MedicationEntry): readonly string[] {
  const parts = entry.name.split(/\s[/+]\s/);
  return parts.length > 1 ? parts.map((part) => moietyOf({ name: splitName(part).name })) : [moietyOf(entry)];
}

function classesByMoiety(): ReadonlyMap<string, readonly TherapyClass[]> {
  const classes = new Map<string, TherapyClass[]>();
  for (const therapy of Object.values(THERAPY_CLASSES)) {
    for (const moiety of therapy.moieties) classes.set(moiety, [...(classes.get(moiety) ?? []), therapy]);
  }
  return classes;
}
