import type { LocalAuthorityEntry } from '../../record/sections/local-authority.ts';
import { spanInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary The local authority, its team of social services and how to reach it. */
export class CorridorLocalAuthority extends SectionElement<LocalAuthorityEntry> {
  static override readonly lineOf = localAuthorityLine;
}

/** The authority with its code, the team, and every way to reach it. */
export function localAuthorityLine(entry: LocalAuthorityEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [
      entry.authorityCode && entry.authorityCode !== entry.title
        ? { label: words.organisations.code, value: entry.authorityCode }
        : undefined,
      entry.team,
      ...entry.telecom.map(({ value }) => value),
    ],
    when: entry.period ? spanInWords(entry, entry.period, words) : null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-local-authority': CorridorLocalAuthority;
  }
}
