import type { Dosage } from '../../record/fhir/dosage.ts';
import type { MedicationEntry } from '../../record/sections/medications.ts';
import { newestFirst } from '../../record/fhir/date.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Line, Part } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Words } from '../../words/words.ts';
import type { Surroundings } from '../surroundings.ts';

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
    struck: entry.stopped !== undefined && entry.state === 'past',
    parts: [
      entry.strength && spaced(entry.strength),
      entry.form,
      ...dosageParts(entry.dosages, words),
      reasons.length > 0 ? medicines.for(reasons.join(', ')) : undefined,
      stopped,
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

/** One instruction in the CUI order; several are one regimen and are joined in their sequence, never shortened. */
function dosageParts(dosages: readonly Dosage[], words: Words): readonly (Part | undefined)[] {
  const [only, ...others] = dosages;
  if (!only) return [words.medicines.doseNotRecorded];
  if (others.length > 0)
    return [{ label: words.medicines.dose, value: dosages.map((dosage) => dosageInWords(dosage, words)).join('; ') }];
  // Parts that leave something out are not better than the source's own sentence.
  const whole = only.dose !== undefined && (only.frequency !== undefined || only.asNeeded !== undefined);
  if (only.dose === undefined || (!whole && only.text !== undefined))
    return [{ label: words.medicines.dose, value: dosageInWords(only, words) }];
  return [
    { label: words.medicines.dose, value: only.dose },
    only.rate,
    only.route && inSentence(only.route),
    only.frequency,
    neededInWords(only, words),
    only.maximum,
  ];
}

function dosageInWords(dosage: Dosage, words: Words): string {
  if (dosage.text !== undefined) return dosage.text;
  const parts = [
    dosage.dose,
    dosage.rate,
    dosage.route,
    dosage.frequency,
    neededInWords(dosage, words),
    dosage.maximum,
    ...dosage.instructions,
  ];
  return parts.filter((part) => part !== undefined).join(', ') || words.medicines.doseNotRecorded;
}

/** A word of the source's inside our sentence: its first letter small, unless it is a name or an abbreviation. */
function inSentence(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function neededInWords(dosage: Dosage, words: Words): string | undefined {
  if (dosage.asNeeded === undefined) return undefined;
  return dosage.asNeeded === true
    ? words.medicines.asNeeded
    : `${words.medicines.asNeeded} ${words.medicines.for(dosage.asNeeded)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-medications': CorridorMedications;
  }
}
