import type { AlertEntry } from '../../record/sections/alerts.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';

/** @summary What everybody must know that is no risk. Nothing is shortened. */
export class CorridorAlerts extends SectionElement<AlertEntry> {
  static override readonly lineOf = alertLine;
  static override readonly limit = 8;
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
