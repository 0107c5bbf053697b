import type { Entry } from '../entry.ts';
import type { SectionId } from '../section.ts';

/** The sections of the document (IPS, Composition-uv-ips): a LOINC code each; the three required ones always stand. */
export type SummarySection = {
  readonly code: string;
  readonly display: string;
  readonly title: string;
  readonly required?: true;
  /** The headings of the record it is made of. */
  readonly of: readonly [SectionId, ...SectionId[]];
  /** Which of that section's entries; all where left out. */
  readonly takes?: (entry: Entry) => boolean;
};

const over = (entry: Entry): boolean => entry.state === 'past' && !isNoProblem(entry);
const kindOf = (entry: Entry): unknown => (entry as { readonly kind?: unknown }).kind;
const isNoProblem = (entry: Entry): boolean => (entry as { readonly statement?: unknown }).statement !== 'problem';

export const SUMMARY_SECTIONS: readonly SummarySection[] = [
  {
    code: '11450-4',
    display: 'Problem list - Reported',
    title: 'Problems',
    required: true,
    of: ['problems'],
    takes: (entry) => !over(entry),
  },
  {
    code: '48765-2',
    display: 'Allergies and adverse reactions Document',
    title: 'Allergies and intolerances',
    required: true,
    of: ['allergies'],
  },
  {
    code: '10160-0',
    display: 'History of Medication use Narrative',
    title: 'Medication',
    required: true,
    of: ['medications'],
  },
  { code: '11369-6', display: 'History of Immunization Narrative', title: 'Immunizations', of: ['vaccinations'] },
  {
    code: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data Narrative',
    title: 'Results',
    of: ['investigation-results'],
  },
  { code: '47519-4', display: 'History of Procedures Document', title: 'Procedures', of: ['procedures'] },
  {
    code: '11348-0',
    display: 'History of Past illness Narrative',
    title: 'Past problems',
    of: ['problems'],
    takes: over,
  },
  {
    code: '8716-3',
    display: 'Vital signs',
    title: 'Vital signs',
    of: ['examination-findings'],
    takes: (entry) => kindOf(entry) === 'vital-sign',
  },
  {
    code: '46264-8',
    display: 'History of medical device use',
    title: 'Medical devices',
    of: ['medical-devices'],
  },
  // Safeguarding stays out: it names others, and goes only to those whom the community has agreed it with.
  { code: '104605-1', display: 'Alert', title: 'Alerts', of: ['alerts', 'risks'] },
  {
    code: '18776-5',
    display: 'Plan of care note',
    title: 'Plan of care',
    of: ['care-plans', 'contingency-plans', 'supporting-plans'],
  },
  { code: '29762-2', display: 'Social history Narrative', title: 'Social history', of: ['social-context'] },
  // Nothing of these is carried: that a decision about resuscitation, or a pregnancy, is held must not be overlooked.
  {
    code: '42348-3',
    display: 'Advance healthcare directives',
    title: 'Advance directives',
    of: ['end-of-life-care', 'legal-information'],
  },
  { code: '10162-6', display: 'History of pregnancies Narrative', title: 'Pregnancy', of: ['pregnancy-status'] },
  {
    code: '47420-5',
    display: 'Functional status assessment note',
    title: 'Functional status',
    of: ['assessments'],
  },
  // Not one of IPS's own sections, which are open to others: what was found on examination and is no vital sign.
  {
    code: '29545-1',
    display: 'Physical findings Narrative',
    title: 'Examination findings',
    of: ['examination-findings'],
    takes: (entry) => kindOf(entry) !== 'vital-sign',
  },
];
