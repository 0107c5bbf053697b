import { html, type TemplateResult } from 'lit';
import type { Entry } from '../record/entry.ts';
import type { SectionView } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import type { SectionForm } from '../components/corridor-section/corridor-section.ts';
import { alertLine } from '../components/corridor-alerts/corridor-alerts.ts';
import { medicationLine } from '../components/corridor-medications/corridor-medications.ts';
import { procedureLine } from '../components/corridor-procedures/corridor-procedures.ts';
import { serviceLine } from '../components/corridor-services-and-care/corridor-services-and-care.ts';
import { professionalLine } from '../components/corridor-professional-contacts/corridor-professional-contacts.ts';
import { personalLine } from '../components/corridor-personal-contacts/corridor-personal-contacts.ts';
import { documentLine } from '../components/corridor-documents/document-line.ts';
import { observedLine } from '../components/measures/observed-line.ts';
import { aboutMeLine } from '../components/corridor-about-me/corridor-about-me.ts';
import { allergyLine } from '../components/corridor-allergies/corridor-allergies.ts';
import { appointmentLine } from '../components/corridor-appointments/corridor-appointments.ts';
import { carePlanLine } from '../components/corridor-care-plans/corridor-care-plans.ts';
import { demographicsLine } from '../components/corridor-demographics/corridor-demographics.ts';
import { encounterLine } from '../components/corridor-encounters/corridor-encounters.ts';
import { endOfLifeLine } from '../components/corridor-end-of-life-care/corridor-end-of-life-care.ts';
import { problemLine } from '../components/corridor-problems/corridor-problems.ts';
import { vaccinationLine } from '../components/corridor-vaccinations/corridor-vaccinations.ts';
import { type Line, type LineOf } from '../components/line.ts';
import type { Surroundings } from '../components/surroundings.ts';

type Drawn = {
  readonly view: SectionView;
  readonly around: Surroundings;
  readonly form: SectionForm;
  readonly held: number;
};

/** Each section's element, by its id. */
const TEMPLATES: Readonly<Record<SectionId, (d: Drawn) => TemplateResult>> = {
  demographics: (d) =>
    html`<corridor-demographics
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-demographics>`,
  alerts: (d) =>
    html`<corridor-alerts .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-alerts>`,
  'end-of-life-care': (d) =>
    html`<corridor-end-of-life-care
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-end-of-life-care>`,
  problems: (d) =>
    html`<corridor-problems .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-problems>`,
  medications: (d) =>
    html`<corridor-medications
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-medications>`,
  allergies: (d) =>
    html`<corridor-allergies .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-allergies>`,
  procedures: (d) =>
    html`<corridor-procedures
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-procedures>`,
  'investigation-results': (d) =>
    html`<corridor-results .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-results>`,
  'examination-findings': (d) =>
    html`<corridor-examination-findings
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-examination-findings>`,
  encounters: (d) =>
    html`<corridor-encounters
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-encounters>`,
  documents: (d) =>
    html`<corridor-documents .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-documents>`,
  'care-plans': (d) =>
    html`<corridor-care-plans
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-care-plans>`,
  'about-me': (d) =>
    html`<corridor-about-me .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-about-me>`,
  'services-and-care': (d) =>
    html`<corridor-services-and-care
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-services-and-care>`,
  'professional-contacts': (d) =>
    html`<corridor-professional-contacts
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-professional-contacts>`,
  'personal-contacts': (d) =>
    html`<corridor-personal-contacts
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-personal-contacts>`,
  vaccinations: (d) =>
    html`<corridor-vaccinations
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-vaccinations>`,
  appointments: (d) =>
    html`<corridor-appointments
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-appointments>`,
};

const LINES: Readonly<Record<SectionId, LineOf>> = {
  alerts: alertLine,
  medications: medicationLine,
  procedures: procedureLine,
  'services-and-care': serviceLine,
  'professional-contacts': professionalLine,
  'personal-contacts': personalLine,
  documents: documentLine,
  'investigation-results': observedLine,
  'examination-findings': observedLine,
  demographics: demographicsLine,
  'end-of-life-care': endOfLifeLine,
  problems: problemLine,
  allergies: allergyLine,
  encounters: encounterLine,
  'care-plans': carePlanLine,
  'about-me': aboutMeLine,
  vaccinations: vaccinationLine,
  appointments: appointmentLine,
};

export function sectionTemplate(drawn: Drawn): TemplateResult {
  return TEMPLATES[drawn.view.id](drawn);
}

/** How an entry of any section reads, for places where sections meet. */
export function lineOfAny(entry: Entry, around: Surroundings, entries?: readonly Entry[]): Line {
  return LINES[entry.section](entry, around, entries);
}
