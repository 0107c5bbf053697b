import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ProblemEntry } from '../../record/sections/problems.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Problems: active first, past behind one button. */
export class CorridorProblems extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ProblemEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, problemLine, 8);
  }
}

/** The problem, then how bad and where; since when, and until when once it is over. */
export function problemLine(entry: ProblemEntry, { words }: Surroundings): Line {
  const when = entry.period ? periodInWords(entry.period, words) : undefined;
  return {
    main: entry.title,
    parts: [entry.severity, entry.bodySites.join(', '), entry.stage, entry.onsetText, entry.abatementText],
    ...(when !== undefined && { when }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-problems': CorridorProblems;
  }
}
