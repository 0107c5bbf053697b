import type { MedicationEntry } from '../../record/sections/medications.ts';
import { newestFirst } from '../../record/fhir/date.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';
import { dosageParts, inSentence } from './dose-in-words.ts';

/** @summary Medicines and devices in the CUI order: name, strength, form, DOSE, route, frequency. */
export class CorridorMedications extends SectionElement<MedicationEntry> {
  static override readonly lineOf = medicationLine;
  static override readonly limit = 8;
}

/** NHS CUI medicine line: name — strength — form — DOSE — route — frequency; then why, then how it is supplied. */
export function medicationLine(
  entry: MedicationEntry,
  { words }: Surroundings,
  entries: readonly MedicationEntry[] = [entry],
): Line {
  if (entry.statement !== 'medicine') {
    return {
      main: entry.title,
      flags: [
        {
          tone: 'quiet',
          word: entry.statement === 'none-known' ? words.allergies.noneKnown : words.allergies.notAsked,
        },
      ],
    };
  }
  const { medicines } = words;
  const stopped =
    entry.stopped &&
    medicines.stopped(entry.stopped.date && dateInWords(entry.stopped.date, words), entry.stopped.reason);
  const last = latestIssue(entries);
  const issued = last && medicines.lastIssued(dateInWords(last, words));
  const supplies = [...new Set(entries.flatMap(({ supply }) => (supply ? [medicines.supplies[supply]] : [])))];
  const reasons = reasonsOf(entries);
  return {
    main: entry.name,
    flags: [entry.prohibited ? { tone: 'caution', word: words.care.mustNot } : undefined],
    struck: entry.stopped !== undefined && entry.state === 'past',
    parts: [
      entry.strength && spaced(entry.strength),
      entry.form,
      ...dosageParts(entry.dosages, words),
      reasons.length > 0 ? medicines.for(reasons.join(', ')) : undefined,
      stopped ?? entry.statusReason,
    ],
    aside: [...supplies, issued].filter(Boolean).join(', ') || undefined,
    detail: [
      entry.title,
      ...entry.dosages.flatMap((dosage) => [dosage.text, ...dosage.instructions]),
      entry.quantity,
    ].filter((text) => text !== undefined),
  };
}

/** Every source's reasons, each once: one source may know why where the others only issue it. */
function reasonsOf(entries: readonly MedicationEntry[]): readonly string[] {
  const reasons = entries.flatMap((entry) => entry.reasons.map((reason) => inSentence(reason.trim())));
  return [...new Map(reasons.map((reason) => [reason.toLocaleLowerCase('en-GB'), reason])).values()];
}

function latestIssue(entries: readonly MedicationEntry[]): MedicationEntry['lastIssued'] {
  return entries.map(({ lastIssued }) => lastIssued).sort(newestFirst)[0];
}

/** A number stands apart from its unit (NHS CUI): `2.5mg` reads `2.5 mg`. */
function spaced(strength: string): string {
  return strength.replace(/(\d)(?=\p{L}{1,12}\b)/gu, '$1 ');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-medications': CorridorMedications;
  }
}
