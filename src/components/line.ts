import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../record/entry.ts';
import type { Fact } from '../record/fact.ts';
import { isHappening } from '../record/split-by-window.ts';
import { statusToShow } from '../record/status-to-show.ts';
import { dateInWords, momentInWords, spanInWords } from './dates-in-words.ts';
import { arrowMark, toneMark, type Tone } from './marks.ts';
import type { Surroundings } from './surroundings.ts';

/** `mark` replaces the tone's own shape: an arrow says high or low without its colour. */
export type Flag = { readonly tone: Tone; readonly word: string; readonly mark?: 'up' | 'down' };

/** A qualifier: plain words, or a labelled value such as DOSE 5 mg. */
export type Part = string | { readonly label: string; readonly value: string };

/** How one entry reads as a line: the fact in the largest weight, then what qualifies it (ui.md §1.3). */
export type Line = {
  readonly main: string;
  /** The record whose date, source and standing the line of several stands under; left out: the newest. */
  readonly lead?: Entry;
  readonly parts?: readonly (Part | undefined)[];
  readonly flags?: readonly (Flag | undefined)[];
  /** The date a person says. Left out: the entry's own; `null`: the line needs none. */
  readonly when?: string | null;
  /** No longer so: struck through, and only ever with its date beside it. */
  readonly struck?: boolean;
  /** Small and grey at the end of the line: how it is supplied, when last issued. */
  readonly aside?: string | undefined;
  /** Longer words that belong on the line's own next row. */
  readonly body?: readonly string[];
  /** Words shown only when the line is opened. */
  readonly detail?: readonly string[];
};

/** How a section's entries read. Written as a method so that a reader of one kind of entry may stand where any is drawn. */
export type LineOf<E extends Entry = Entry> = {
  /** `entries`: all the records of the line, when it stands for several that say the same. */
  line(entry: E, around: Surroundings, entries?: readonly E[]): Line;
}['line'];

/** The line for any entry, when its section has no words of its own. */
export function plainLine(entry: Entry): Line {
  return { main: entry.title };
}

export function whenOf(entry: Entry, around: Surroundings): string {
  if (entry.date) return datedBy(entry, dateInWords(entry.date, around.words), around);
  return entry.period ? spanInWords(entry, entry.period, around.words) : around.words.fact.dateNotKnown;
}

/** The same with the time of day, where the source wrote one. */
export function momentOf(entry: Entry, around: Surroundings): string {
  return entry.date ? datedBy(entry, momentInWords(entry.date, around.words), around) : whenOf(entry, around);
}

/** A date of recording never reads like the day on which it was so. */
function datedBy(entry: Entry, date: string, { words }: Surroundings): string {
  return entry.dateIs === 'recorded' ? words.fact.recorded(date) : date;
}

/** Cautions and a state that forbids reading the line as plain fact, as flags. */
export function standingFlags(entry: Entry, around: Surroundings): readonly Flag[] {
  const { states, cautions } = around.words.fact;
  const word = statusToShow(entry);
  const loud = entry.state === 'negated' || entry.state === 'in-error';
  return [
    // "Status not known" beside the source's own word for it would say that it gave none.
    ...(saysState(entry) && !(entry.state === 'unknown' && word !== undefined)
      ? [{ tone: loud ? ('caution' as const) : ('quiet' as const), word: states[entry.state] }]
      : []),
    ...(word === undefined ? [] : [{ tone: 'quiet' as const, word: `${around.words.fact.statusThere}: ${word}` }]),
    ...entry.cautions.map((caution): Flag => ({
      tone: LOUD.has(caution) ? 'caution' : 'quiet',
      word: cautions[caution],
    })),
  ];
}

/** Grey alone would tell nobody that it is over or yet to come. An appointment is to come by its heading. */
function saysState(entry: Entry): boolean {
  const { state, section } = entry;
  // "None known", recorded as not so, would say that there is one. The line says in words that there is none.
  if (state === 'negated' && 'statement' in entry && entry.statement === 'none-known') return section === 'allergies';
  if (state === 'planned') return section !== 'appointments';
  return state !== 'current' && !(state === 'past' && isHappening(section));
}

const LOUD: ReadonlySet<Entry['cautions'][number]> = new Set([
  'not-interpretable',
  'about-somebody-else',
  'value-unsuitable',
  'cancelled',
  'superseded',
]);

export function flagTemplate(flag: Flag): TemplateResult {
  return html`<span class="flag ${flag.tone}"
    >${flag.mark ? arrowMark(flag.mark, flag.tone) : flag.tone === 'quiet' ? nothing : toneMark(flag.tone)}${flag.word}</span
  >`;
}

/** The words of a line: struck or not, em dashes between the parts as in the CUI medicine line. */
export function lineTemplate(line: Line, flags: readonly Flag[]): TemplateResult {
  const parts = (line.parts ?? []).filter((part) => part !== undefined && part !== '');
  const main = html`<strong>${unbroken(line.main)}</strong>`;
  return html`${flags.map((flag) => html`${flagTemplate(flag)} `)}${line.struck ? html`<s>${main}</s>` : main}${parts.map(partTemplate)}${line.aside ? html` <span class="aside">${unbroken(line.aside)}</span>` : nothing}`;
}

const BRIEF = 18;

function partTemplate(part: Part | undefined): TemplateResult {
  if (typeof part === 'object') {
    // A short dose does not part from its label either.
    const size = part.value.length <= BRIEF ? 'brief' : '';
    return html`<span class="part">
      — <span class=${size}><span class="label">${part.label}</span> ${unbroken(part.value)}</span></span
    >`;
  }
  return html`<span class="part"> — ${unbroken(part ?? '')}</span>`;
}

/** A date; a number with the word after it, which is its unit where it has one: `5 mg/5 ml`, `≤ 5 mmol/L`, `400 ×10^9/L`. */
export const WHOLE = /((?:\d\d-)?\p{L}{3,5}-\d{4}|(?:[<>≤≥] )?(?:\S{0,9}\d [\p{L}×%°])+\S{0,16})/u;

/**
 * Words in which no date breaks at its hyphens and no number parts from its unit (NHS CUI; safety H14). The letters stay
 * as they are, so that they are found and copied as people type them.
 */
export function unbroken(text: string): string | readonly (string | TemplateResult)[] {
  const pieces = text.split(WHOLE);
  return pieces.length === 1
    ? text
    : pieces.map((piece, index) => (index % 2 === 1 ? html`<span class="brief">${piece}</span>` : piece));
}

/** A qualifier as plain text. */
export function partText(part: Part | undefined): string {
  if (part === undefined) return '';
  return typeof part === 'object' ? `${part.label} ${part.value}` : part;
}

/** Whether the fact is new to this reader, said in a word beside its date; nothing where it is not, or not known. */
export function freshTemplate({ key }: Fact, { fresh, words }: Surroundings): TemplateResult | typeof nothing {
  const how = fresh?.get(key);
  return how === undefined ? nothing : html` <span class="fresh ${how}">${words.fact.fresh[how]}</span>`;
}

/** A flag's word; its shape says the same. */
export function flagWords(flag: Flag | undefined): string {
  return flag?.word ?? '';
}
