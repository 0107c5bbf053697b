import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { OrganisationKind } from '../record/source.ts';
import type { SectionAnswer, SourceStatus } from '../record/source-status.ts';
import type { Words } from '../words/words.ts';

/** What a colour may mean. Each has its own shape too, and always stands beside a word. */
export type Tone = 'risk' | 'caution' | 'information' | 'ok' | 'withheld' | 'quiet';

export type MarkState = SourceStatus['state'] | SectionAnswer['state'] | 'wrong-patient' | 'not-asked';

const SHAPES: Readonly<Record<Tone, SVGTemplateResult>> = {
  risk: svg`<path class="fill" d="M8 1 15 14.5H1Z"/><path class="cut" d="M8 5.5v4.5M8 11.6v1.2"/>`,
  caution: svg`<path class="line" d="M8 2.2 14.2 13.8H1.8Z"/><path class="line" d="M8 6.2v3.6M8 11.2v1"/>`,
  information: svg`<circle class="line" cx="8" cy="8" r="6"/><path class="line" d="M8 7.2v4M8 4.6v1"/>`,
  ok: svg`<path class="line" d="m2.5 8.5 3.8 4 7.2-9"/>`,
  withheld: svg`<rect class="line" x="2" y="2" width="12" height="12"/><path class="line" d="M2 9 9 2M5 14l9-9M2 14 14 2"/>`,
  quiet: svg`<circle class="fill" cx="8" cy="8" r="2"/>`,
};

/** A severity's shape. It is decoration: the word beside it says the same. */
export function toneMark(tone: Tone): TemplateResult {
  return html`<svg class="mark ${tone}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[tone]}</svg>`;
}

/** Up or down, for a value above or below its range; a word stands beside it. */
export function arrowMark(direction: 'up' | 'down', tone: Tone): TemplateResult {
  const shape =
    direction === 'up'
      ? svg`<path class="line" d="M8 14V2.5M3.5 7 8 2.5 12.5 7"/>`
      : svg`<path class="line" d="M8 2v11.5M3.5 9 8 13.5 12.5 9"/>`;
  return html`<svg class="mark ${tone}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shape}</svg>`;
}

const STATE_SHAPES: Readonly<Record<MarkState, readonly [Tone | 'waiting' | 'none', SVGTemplateResult]>> = {
  answered: ['ok', svg`<circle class="fill" cx="8" cy="8" r="6"/>`],
  'nothing-held': ['ok', svg`<circle class="line" cx="8" cy="8" r="5.2"/>`],
  waiting: [
    'waiting',
    svg`<circle class="line" cx="8" cy="8" r="5.2"/><path class="fill" d="M8 2.8a5.2 5.2 0 0 0 0 10.4Z"/>`,
  ],
  withheld: ['withheld', SHAPES.withheld],
  'not-agreed': ['withheld', svg`<rect class="line dashed" x="2.5" y="2.5" width="11" height="11"/>`],
  'not-connected': ['none', svg`<path class="line" d="M3 8h10"/>`],
  'not-asked': ['none', svg`<path class="line" d="M6 8h4"/>`],
  late: ['caution', svg`<circle class="line" cx="8" cy="8" r="5.6"/><path class="line" d="M8 4.5V8l2.6 1.8"/>`],
  unavailable: ['caution', svg`<path class="fill" d="M8 1.5 14.8 14H1.2Z"/>`],
  failed: ['caution', svg`<path class="line" d="m3.5 3.5 9 9m0-9-9 9"/>`],
  'wrong-patient': [
    'risk',
    svg`<path class="fill" d="M8 .8 15.2 8 8 15.2.8 8Z"/><path class="cut" d="M8 4v5M8 10.8V12"/>`,
  ],
  truncated: [
    'caution',
    svg`<circle class="line" cx="8" cy="8" r="5.2"/><path class="fill" d="M2.8 8a5.2 5.2 0 0 0 10.4 0Z"/>`,
  ],
};

/** A source's or a ledger cell's state as a small shape; a word always stands near it. */
export function stateMark(state: MarkState): TemplateResult {
  const [tone, shape] = STATE_SHAPES[state];
  return html`<svg class="mark ${tone}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shape}</svg>`;
}

/** The letter of an organisation's kind: a letter, so that colour stays free for meaning. */
export function kindMark(kind: OrganisationKind, words: Words): TemplateResult {
  const { letter, name } = words.kinds[kind];
  return html`<abbr class="kind" title=${name}>${letter}</abbr>`;
}
