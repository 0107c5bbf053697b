import { LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SectionView } from '../../record/patient-record.ts';
import type { PersonalContactEntry } from '../../record/sections/personal-contacts.ts';
import type { SectionForm } from '../corridor-section/corridor-section.ts';
import type { Flag, Line } from '../line.ts';
import { sectionFrame, sectionHost } from '../section-frame.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

/** @summary Family, carers and others; next of kin is marked. */
export class CorridorPersonalContacts extends LitElement {
  static override styles = [sectionHost];

  @property({ attribute: false }) view: SectionView<PersonalContactEntry> | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  @property({ reflect: true }) form: SectionForm = 'full';
  @property({ type: Number }) held = 0;

  override render(): TemplateResult {
    return sectionFrame(this, personalLine, 5);
  }
}

/** Who, related how, how to reach them; next of kin and the like only when a source says so. */
export function personalLine(entry: PersonalContactEntry, { words }: Surroundings): Line {
  const { people } = words;
  const nextOfKin = people.nextOfKin.toLocaleLowerCase('en-GB');
  // The mark says it already.
  const relationships = entry.relationships.filter(
    (relationship) => !(entry.nextOfKin && relationship.toLocaleLowerCase('en-GB') === nextOfKin),
  );
  const flag = (yes: boolean, word: string): Flag | undefined => (yes ? { tone: 'information', word } : undefined);
  return {
    main: entry.name ?? entry.title,
    flags: [
      flag(entry.nextOfKin, people.nextOfKin),
      flag(entry.emergencyContact, people.emergency),
      flag(entry.carer, people.carer),
      flag(entry.parentalResponsibility, people.parental),
    ],
    parts: [
      relationships.join(', '),
      entry.organisation,
      entry.telecom.map((item) => item.value).join(', '),
      entry.languages.join(', '),
    ],
    when: null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-personal-contacts': CorridorPersonalContacts;
  }
}
