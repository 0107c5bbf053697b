import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { ProcedureEntry } from '../../record/sections/procedures.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Procedures and therapies, newest first. */
export class CorridorProcedures extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<ProcedureEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, procedureLine);
  }
}

/** What was done, where on the body, how it went; one not done says so and why. */
export function procedureLine(entry: ProcedureEntry): Line {
  return {
    main: entry.title,
    parts: [
      entry.bodySites.join(', '),
      entry.outcome,
      entry.complications.join(', '),
      entry.statusReason,
      entry.reasons.join(', '),
      entry.performers[0],
      entry.location,
    ],
    ...(entry.date === undefined && entry.performedText !== undefined && { when: entry.performedText }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-procedures': CorridorProcedures;
  }
}
