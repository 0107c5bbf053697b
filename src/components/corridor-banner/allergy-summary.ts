import type { PatientRecord } from '../../record/patient-record.ts';
import type { AllergyEntry } from '../../record/sections/allergies.ts';
import { gapsOf } from '../absence.ts';
import { dateInWords } from '../dates-in-words.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

export type AllergySummary = {
  readonly kind: 'recorded' | 'none-known' | 'nothing' | 'unknown' | 'waiting';
  readonly text: string;
  readonly gap?: string;
};

const NAMED = 3;

/**
 * One line about allergies that is never more reassuring than the record. "No known allergies" needs a source that says
 * so, its name, and nobody silent; a source that did not answer makes it "not known" (safety H07).
 */
export function allergySummary(record: PatientRecord, around: Surroundings): AllergySummary {
  const { banner } = around.words;
  const view = record.sections.find(({ id }) => id === 'allergies');
  if (!view) return { kind: 'unknown', text: around.words.absence.nobody };
  const gaps = gapsOf(view);
  const gap = gaps.silent > 0 ? banner.incomplete : gaps.waiting > 0 ? banner.stillWaiting(gaps.waiting) : undefined;
  const entries = view.facts.map((fact) => fact.entries[0] as AllergyEntry);
  const known = entries.filter(
    (entry) => entry.statement === 'allergy' && entry.state !== 'negated' && entry.state !== 'past',
  );
  if (known.length > 0) return { kind: 'recorded', text: listOf(known, around), ...(gap && { gap }) };
  if (gaps.waiting > 0) return { kind: 'waiting', text: banner.allergiesWaiting(gaps.waiting) };
  if (gaps.silent > 0) return { kind: 'unknown', text: banner.allergiesUnknown(gaps.silent), gap: banner.incomplete };
  const none = entries.find((entry) => entry.statement === 'none-known' && entry.state === 'current');
  if (none) {
    const date = none.date ? dateInWords(none.date, around.words) : '';
    return {
      kind: 'none-known',
      text: banner.noneKnown(sourceName(none.origin.source, around), date),
      ...(gap && { gap }),
    };
  }
  return { kind: 'nothing', text: banner.allergiesNone(gaps.answered), ...(gap && { gap }) };
}

function listOf(entries: readonly AllergyEntry[], around: Surroundings): string {
  const names = [...new Set(entries.map(nameOf))];
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` ${around.words.banner.more(rest)}` : '');
}

function nameOf(entry: AllergyEntry): string {
  const reaction = entry.reactions.flatMap((item) => item.manifestations)[0];
  return reaction ? `${entry.title} (${reaction.toLocaleLowerCase('en-GB')})` : entry.title;
}
