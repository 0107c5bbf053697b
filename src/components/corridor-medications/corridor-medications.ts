import { html, nothing, type TemplateResult } from 'lit';
import type { MedicationEntry } from '../../record/sections/medications.ts';
import { newestFirst } from '../../record/fhir/date.ts';
import { dateInWords } from '../dates-in-words.ts';
import { SectionOpenEvent } from '../events.ts';
import type { Line } from '../line.ts';
import { SectionElement, sectionHost } from '../section-element.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { dosageParts, inSentence, instructionsBeside } from './dose-in-words.ts';

/** @summary Medicines and devices in the CUI order: name, strength, form, DOSE, route, frequency. */
export class CorridorMedications extends SectionElement<MedicationEntry> {
  static override readonly lineOf = medicationLine;
  static override readonly limit = 8;
  static override styles = [tokens, controls, sectionHost];

  override render(): TemplateResult {
    const { view, around, form } = this;
    return html`<corridor-section
      .view=${view}
      .around=${around}
      .lineOf=${medicationLine}
      .form=${form}
      .held=${this.held}
      .limit=${CorridorMedications.limit}
      >${
        view && view.facts.length > 0
          ? html`<button
              slot="beside"
              class="action"
              @click=${() => this.dispatchEvent(new SectionOpenEvent('medicines-side-by-side'))}
            >
              ${around.words.medicines.sideBySide}
            </button>`
          : nothing
      }</corridor-section
    >`;
  }
}

/** NHS CUI medicine line: name — strength — form — DOSE — route — frequency; then why, then how it is supplied. */
export function medicationLine(
  entry: MedicationEntry,
  around: Surroundings,
  entries: readonly MedicationEntry[] = [entry],
): Line {
  const { words } = around;
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
    body: entry.state === 'past' ? [] : remarks(entries, around),
    detail: [
      entry.title,
      ...entry.dosages.flatMap((dosage) => [dosage.text, ...dosage.instructions]),
      entry.quantity,
    ].filter((text) => text !== undefined),
  };
}

/**
 * What is written beside a medicine that is not over: "STOPPED by hospital", "with food". It may turn the line round, so
 * nobody may have to open the line to see it (safety H17). Where several records are one line, each says who wrote it.
 */
export function remarks(entries: readonly MedicationEntry[], around: Surroundings): readonly string[] {
  const several = new Set(entries.map(({ origin }) => origin.source)).size > 1;
  const said = entries.flatMap((entry) =>
    [...entry.notes, ...instructionsBeside(entry.dosages)].map((text) => ({ text, entry })),
  );
  const once = [...new Map(said.map((remark) => [remark.text, remark])).values()];
  return once.map(({ text, entry }) => (several ? `${sourceName(entry.origin.source, around)}: ${text}` : text));
}

/** Every source's reasons, each once: one source may know why where the others only issue it. */
export function reasonsOf(entries: readonly MedicationEntry[]): readonly string[] {
  const reasons = entries.flatMap((entry) => entry.reasons.map((reason) => inSentence(reason.trim())));
  return [...new Map(reasons.map((reason) => [reason.toLocaleLowerCase('en-GB'), reason])).values()];
}

export function latestIssue(entries: readonly MedicationEntry[]): MedicationEntry['lastIssued'] {
  return entries.map(({ lastIssued }) => lastIssued).sort(newestFirst)[0];
}

/** A number stands apart from its unit (NHS CUI): `2.5mg` reads `2.5 mg`. */
export function spaced(strength: string): string {
  return strength.replace(/(\d)(?=\p{L}{1,12}\b)/gu, '$1 ');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-medications': CorridorMedications;
  }
}
