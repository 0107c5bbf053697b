import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AlertEntry, AlertKind } from '../../record/sections/alerts.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import type { Tone } from '../marks.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Risks and alerts: to whom, how bad, what to do. Nothing is shortened. */
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

/** What the risk is and to whom, how bad, what to do about it; the author's own words stand under it in full. */
export function alertLine(entry: AlertEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    flags: [
      {
        tone: entry.state === 'current' || entry.state === 'unknown' ? TONES[entry.kind] : 'quiet',
        word: words.alerts[entry.kind],
      },
    ],
    parts: [entry.severity, ...entry.predictions, entry.basis.join(', ')],
    body: [...(entry.mitigation ? [entry.mitigation] : []), ...entry.notes],
  };
}

const TONES: Readonly<Record<AlertKind, Tone>> = {
  safeguarding: 'risk',
  'risk-to-patient': 'risk',
  'risk-to-staff': 'risk',
  'risk-to-others': 'risk',
  'reasonable-adjustment': 'information',
  alert: 'caution',
};

declare global {
  interface HTMLElementTagNameMap {
    'corridor-alerts': CorridorAlerts;
  }
}
