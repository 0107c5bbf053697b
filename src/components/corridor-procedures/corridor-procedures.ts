import type { ProcedureEntry } from '../../record/sections/procedures.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';

/** @summary Procedures and therapies, newest first. */
export class CorridorProcedures extends SectionElement<ProcedureEntry> {
  static override readonly lineOf = procedureLine;
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
