import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { LocalAuthorityEntry } from '../../record/sections/local-authority.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import { periodInWords } from '../dates-in-words.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary The local authority, its team of social services and how to reach it. */
export class CorridorLocalAuthority extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<LocalAuthorityEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, localAuthorityLine);
  }
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
    when: entry.period ? periodInWords(entry.period, words) : null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-local-authority': CorridorLocalAuthority;
  }
}
