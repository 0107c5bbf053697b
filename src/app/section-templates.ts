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
import { gpPracticeLine } from '../components/corridor-gp-practice/corridor-gp-practice.ts';
import { localAuthorityLine } from '../components/corridor-local-authority/corridor-local-authority.ts';
import { riskLine } from '../components/corridor-risks/corridor-risks.ts';
import { referralLine } from '../components/corridor-referrals/corridor-referrals.ts';
import { admissionLine } from '../components/corridor-admissions/corridor-admissions.ts';
import { dischargeLine } from '../components/corridor-discharges/corridor-discharges.ts';
import { equipmentLine } from '../components/corridor-equipment/corridor-equipment.ts';
import { supportReasonLine } from '../components/corridor-support-reason/corridor-support-reason.ts';
import { medicalDeviceLine } from '../components/corridor-medical-devices/corridor-medical-devices.ts';
import { planLine } from '../components/plan-line.ts';
import { safeguardingLine } from '../components/corridor-safeguarding/corridor-safeguarding.ts';
import { requirementLine } from '../components/corridor-individual-requirements/corridor-individual-requirements.ts';
import { legalLine } from '../components/corridor-legal-information/corridor-legal-information.ts';
import { pregnancyLine } from '../components/corridor-pregnancy-status/corridor-pregnancy-status.ts';
import { familyLine } from '../components/corridor-family-history/corridor-family-history.ts';
import { socialLine } from '../components/corridor-social-context/corridor-social-context.ts';
import { assessmentLine } from '../components/corridor-assessments/corridor-assessments.ts';
import { researchLine } from '../components/corridor-participation-in-research/corridor-participation-in-research.ts';
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
  'gp-practice': (d) =>
    html`<corridor-gp-practice
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-gp-practice>`,
  'local-authority': (d) =>
    html`<corridor-local-authority
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-local-authority>`,
  referrals: (d) =>
    html`<corridor-referrals .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-referrals>`,
  admissions: (d) =>
    html`<corridor-admissions
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-admissions>`,
  discharges: (d) =>
    html`<corridor-discharges
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-discharges>`,
  equipment: (d) =>
    html`<corridor-equipment .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-equipment>`,
  'support-reason': (d) =>
    html`<corridor-support-reason
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-support-reason>`,
  'medical-devices': (d) =>
    html`<corridor-medical-devices
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-medical-devices>`,
  'supporting-plans': (d) =>
    html`<corridor-supporting-plans
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-supporting-plans>`,
  'contingency-plans': (d) =>
    html`<corridor-contingency-plans
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-contingency-plans>`,
  risks: (d) =>
    html`<corridor-risks .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-risks>`,
  alerts: (d) =>
    html`<corridor-alerts .view=${d.view} .around=${d.around} .form=${d.form} .held=${d.held}></corridor-alerts>`,
  safeguarding: (d) =>
    html`<corridor-safeguarding
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-safeguarding>`,
  'individual-requirements': (d) =>
    html`<corridor-individual-requirements
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-individual-requirements>`,
  'legal-information': (d) =>
    html`<corridor-legal-information
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-legal-information>`,
  'pregnancy-status': (d) =>
    html`<corridor-pregnancy-status
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-pregnancy-status>`,
  'family-history': (d) =>
    html`<corridor-family-history
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-family-history>`,
  'social-context': (d) =>
    html`<corridor-social-context
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-social-context>`,
  assessments: (d) =>
    html`<corridor-assessments
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-assessments>`,
  'participation-in-research': (d) =>
    html`<corridor-participation-in-research
      .view=${d.view}
      .around=${d.around}
      .form=${d.form}
      .held=${d.held}
    ></corridor-participation-in-research>`,
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
  'gp-practice': gpPracticeLine,
  'local-authority': localAuthorityLine,
  referrals: referralLine,
  admissions: admissionLine,
  discharges: dischargeLine,
  equipment: equipmentLine,
  'support-reason': supportReasonLine,
  'medical-devices': medicalDeviceLine,
  'supporting-plans': planLine,
  'contingency-plans': planLine,
  risks: riskLine,
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
  safeguarding: safeguardingLine,
  'individual-requirements': requirementLine,
  'legal-information': legalLine,
  'pregnancy-status': pregnancyLine,
  'family-history': familyLine,
  'social-context': socialLine,
  assessments: assessmentLine,
  'participation-in-research': researchLine,
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
