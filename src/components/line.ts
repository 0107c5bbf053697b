import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../record/entry.ts';
import { dateInWords, periodInWords } from './dates-in-words.ts';
import { toneMark, type Tone } from './marks.ts';
import type { Surroundings } from './surroundings.ts';

export type Flag = { readonly tone: Tone; readonly word: string };

/** A qualifier: plain words, or a labelled value such as DOSE 5 mg. */
export type Part = string | { readonly label: string; readonly value: string };

/** How one entry reads as a line: the fact in the largest weight, then what qualifies it (ui.md §1.3). */
export type Line = {
  readonly main: string;
  readonly parts?: readonly (Part | undefined)[];
  readonly flags?: readonly (Flag | undefined)[];
  /** The date a person says. Left out: the entry's own; `null`: the line needs none. */
  readonly when?: string | null;
  /** No longer so: struck through, and only ever with its date beside it. */
  readonly struck?: boolean;
  /** Longer words that belong on the line's own next row. */
  readonly body?: readonly string[];
};

/** How a section's entries read. Written as a method so that a reader of one kind of entry may stand where any is drawn. */
export type LineOf<E extends Entry = Entry> = { line(entry: E, around: Surroundings): Line }['line'];

/** The line for any entry, when its section has no words of its own. */
export function plainLine(entry: Entry): Line {
  return { main: entry.title };
}

export function whenOf(entry: Entry, around: Surroundings): string {
  if (entry.date) return dateInWords(entry.date, around.words);
  return entry.period ? periodInWords(entry.period, around.words) : around.words.fact.dateNotKnown;
}

/** Cautions and a state that forbids reading the line as plain fact, as flags. */
export function standingFlags(entry: Entry, around: Surroundings): readonly Flag[] {
  const { states, cautions } = around.words.fact;
  const state: readonly Flag[] =
    entry.state === 'negated' || entry.state === 'unknown' || entry.state === 'in-error'
      ? [{ tone: entry.state === 'unknown' ? 'quiet' : 'caution', word: states[entry.state] }]
      : [];
  return [
    ...state,
    ...entry.cautions.map((caution): Flag => ({
      tone: LOUD.has(caution) ? 'caution' : 'quiet',
      word: cautions[caution],
    })),
  ];
}

const LOUD: ReadonlySet<Entry['cautions'][number]> = new Set([
  'not-interpretable',
  'about-somebody-else',
  'value-unsuitable',
  'cancelled',
]);

export function flagTemplate(flag: Flag): TemplateResult {
  return html`<span class="flag ${flag.tone}"
    >${flag.tone === 'quiet' ? nothing : toneMark(flag.tone)}${flag.word}</span
  >`;
}

/** The words of a line: struck or not, em dashes between the parts as in the CUI medicine line. */
export function lineTemplate(line: Line, flags: readonly Flag[]): TemplateResult {
  const parts = (line.parts ?? []).filter((part) => part !== undefined && part !== '');
  const main = html`<strong>${line.main}</strong>`;
  return html`${flags.map((flag) => html`${flagTemplate(flag)} `)}${line.struck ? html`<s>${main}</s>` : main}${parts.map(partTemplate)}`;
}

function partTemplate(part: Part | undefined): TemplateResult {
  if (typeof part === 'object')
    return html`<span class="part"> — <span class="label">${part.label}</span> ${part.value}</span>`;
  return html`<span class="part"> — ${part}</span>`;
}

/** Plain text of a line, for a name or a comparison. */
export function lineText(line: Line): string {
  const parts = (line.parts ?? []).flatMap((part) =>
    part === undefined || part === '' ? [] : typeof part === 'object' ? `${part.label} ${part.value}` : part,
  );
  return [line.main, ...parts].join(' — ');
}
