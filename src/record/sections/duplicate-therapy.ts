import { buildConflict } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { moietyOf } from '../moiety.ts';
import { mustNotBeSwapped, THERAPY_CLASSES } from '../therapy-classes.ts';
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
  const byClass = new Map<string, { fact: MedicineFact; moiety: string }[]>();
  for (const fact of facts) {
    const [entry] = fact.entries;
    if (entry.statement !== 'medicine' || entry.state !== 'current' || !isSystemic(entry)) continue;
    for (const moiety of moietiesIn(entry)) {
      for (const id of CLASSES_OF.get(moiety) ?? []) {
        const members = byClass.get(id) ?? [];
        // One substance in a slow and in a plain form is two products where these must not be swapped.
        members.push({ fact, moiety: mustNotBeSwapped(moiety) && isSlow(entry) ? `${moiety}, slow` : moiety });
        byClass.set(id, members);
      }
    }
  }
  return [...byClass.values()]
    .filter((members) => new Set(members.map(({ moiety }) => moiety)).size > 1)
    .map((members) => buildConflict('duplicate-therapy', 'medications', [...new Set(members.map(({ fact }) => fact))]));
}

function isSystemic(entry: MedicationEntry): boolean {
  return ['oral', 'parenteral', 'rectal'].includes(routeClass(entry));
}

/** Each substance of a name of several ("Sacubitril / Valsartan", "Amlodipine + Valsartan"). */
function moietiesIn(entry: MedicationEntry): readonly string[] {
  const parts = entry.name.split(/\s[/+]\s/);
  return parts.length > 1 ? parts.map((part) => normaliseWords(part).replace(/\s\d.*$/, '')) : [moietyOf(entry)];
}

function classesByMoiety(): ReadonlyMap<string, readonly string[]> {
  const classes = new Map<string, string[]>();
  for (const { id, moieties } of THERAPY_CLASSES) {
    for (const moiety of moieties) classes.set(moiety, [...(classes.get(moiety) ?? []), id]);
  }
  return classes;
}
