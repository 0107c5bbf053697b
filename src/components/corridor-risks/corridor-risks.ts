import type { RiskEntry } from '../../record/sections/risks.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Risks: to whom, how bad, what to do. Nothing is shortened. */
export class CorridorRisks extends SectionElement<RiskEntry> {
  static override readonly lineOf = riskLine;
  // A risk to staff stands under those to the patient: none may be behind "show all".
  static override readonly limit = 40;
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
