import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { AllergyEntry, Reaction } from '../../record/sections/allergies.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Allergies and adverse reactions: agent, reaction, severity. No date limit. */
export class CorridorAllergies extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<AllergyEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, allergyLine);
  }
}

/** Words that already say what the mark would. */
const SAYS_NONE = /\bno(ne)? known\b/i;

/** The agent, what it does, how bad; what a source rules out or never asked is said in words before the agent. */
export function allergyLine(entry: AllergyEntry, { words }: Surroundings): Line {
  const { allergies } = words;
  if (entry.statement !== 'allergy') {
    return {
      main: entry.title,
      flags: [
        entry.statement === 'not-asked'
          ? { tone: 'quiet', word: allergies.notAsked }
          : SAYS_NONE.test(entry.title)
            ? undefined
            : { tone: 'quiet', word: allergies.noneKnown },
      ],
    };
  }
  const high = entry.criticality === 'high' && entry.state === 'current';
  return {
    main: entry.title,
    flags: [high ? { tone: 'risk', word: allergies.high } : undefined],
    parts: [
      entry.reactions.length > 0
        ? entry.reactions.map((reaction) => reactionInWords(reaction)).join('; ')
        : allergies.reactionNotRecorded,
      entry.kind === 'intolerance' ? allergies.intolerance : undefined,
    ],
  };
}

function reactionInWords(reaction: Reaction): string {
  const what = reaction.manifestations.join(', ');
  return [what === '' ? reaction.description : what, reaction.severity].filter((part) => part !== undefined).join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-allergies': CorridorAllergies;
  }
}
