import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AlertEntry } from '../../record/sections/alerts.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary What everybody must know that is no risk. Nothing is shortened. */
export class CorridorAlerts extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AlertEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, alertLine, 8);
  }
}

/** What it is and how grave; the author's own words stand under it in full. */
export function alertLine(entry: AlertEntry): Line {
  return {
    main: entry.title,
    parts: [entry.severity, entry.basis.join(', ')],
    body: entry.notes,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-alerts': CorridorAlerts;
  }
}
