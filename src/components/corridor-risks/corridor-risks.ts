import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { RiskEntry } from '../../record/sections/risks.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Risks: to whom, how bad, what to do. Nothing is shortened. */
export class CorridorRisks extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<RiskEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, riskLine, 8);
  }
}

/** What the risk is and to whom, how bad, what to do about it; the author's own words stand under it in full. */
export function riskLine(entry: RiskEntry, { words }: Surroundings): Line {
  const stands = entry.state === 'current' || entry.state === 'unknown';
  return {
    main: entry.title,
    flags: entry.to.map((kind) => ({ tone: stands ? 'risk' : 'quiet', word: words.risks[kind] })),
    parts: [entry.severity, ...entry.predictions, entry.basis.join(', ')],
    body: [...(entry.mitigation ? [entry.mitigation] : []), ...entry.notes],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-risks': CorridorRisks;
  }
}
