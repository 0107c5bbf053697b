import type { ProblemEntry } from '../../record/sections/problems.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Problems: active first, past behind one button. */
export class CorridorProblems extends SectionElement<ProblemEntry> {
  static override readonly lineOf = problemLine;
  static override readonly limit = 8;
}

/** The problem, then how bad and where; since when, and until when once it is over; the note that takes it back under it. */
export function problemLine(
  entry: ProblemEntry,
  { words }: Surroundings,
  entries: readonly ProblemEntry[] = [entry],
): Line {
  const when = entry.period ? spanInWords(entry, entry.period, words) : undefined;
  // Severity is not in the fact's key: every one that is recorded stands on the line, the newest record's first.
  const severities = [...new Set(entries.flatMap((one) => one.severity ?? []))].join(' / ');
  const sites = entries.find((one) => one.bodySites.length > 0)?.bodySites.join(', ');
  const stage = entries.find((one) => one.stage !== undefined)?.stage;
  return {
    main: entry.title,
    parts: [severities, sites, stage, entry.onsetText, entry.abatementText],
    ...(when !== undefined && { when }),
    body: [...new Set(entries.flatMap((one) => one.takenBackBy ?? []))],
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-problems': CorridorProblems;
  }
}
