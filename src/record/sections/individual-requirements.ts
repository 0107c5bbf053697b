import { conceptKey } from '../concept-key.ts';
import type { Entry, EntryState, Reading } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readConditionStanding } from '../fhir/condition-standing.ts';
import { readDate, readPeriod } from '../fhir/date.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { DECISION_STATES } from './decision-states.ts';
import { isAdjustmentConcept, kindOfFlag } from './alert-kind.ts';
import { readFlagStatement } from './flag-statement.ts';
import { keyOfParts } from './key-of-parts.ts';

/**
 * Individual requirements (PRSB CIS: reasonable adjustment flag, impairment category; NHS England Patient Flags: Flag for
 * the record and for each adjustment, Condition for an impairment, Consent to share them; Equality Act 2010 s.20). Must
 * have: what is required, by code or category. Only impairments of that record come here: a diagnosis stays a problem.
 */
export type RequirementEntry = Entry & {
  readonly section: 'individual-requirements';
  /** `indicator`: that there is such a record at all. `consent`: to share it, and no consent to treatment. */
  readonly kind: 'indicator' | 'adjustment' | 'impairment' | 'consent';
  readonly categories: readonly string[];
  readonly severity?: string;
  /** `consent` only: what the person said. Nothing is guessed where the source does not say. */
  readonly agreed?: boolean;
};

export const individualRequirements: Section<RequirementEntry> = {
  id: 'individual-requirements',
  heading: 'Individual requirements',
  groupedBy: 'concept',
  reads: ['Flag', 'Condition', 'Consent'],
  window: null,

  read(resource, context) {
    switch (resource.resourceType) {
      case 'Flag':
        return kindOfFlag(resource) === 'reasonable-adjustment' ? readFlag(resource, context) : null;
      case 'Condition':
        return isImpairment(resource) ? readImpairment(resource, context) : null;
      default:
        return readConsent(resource, context);
    }
  },

  // The same requirement of the same kind in the same standing, whenever each organisation asked: a hearing loop is
  // needed once. A consent is a statement of its own every time.
  factKey(entry) {
    if (entry.kind === 'consent') return entry.id;
    const doubts = [...entry.cautions].sort();
    const span = entry.state === 'current' ? [entry.period?.end] : [entry.period?.start, entry.period?.end];
    return keyOfParts(
      entry.kind,
      entry.state,
      conceptKey(entry.code, entry.title),
      entry.severity,
      span,
      doubts,
      entry.notes,
    );
  },

  // One organisation that knows of a need and another that does not is why this heading exists, and no disagreement.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

const INDICATOR = /^(national )?reasonable adjustments?( flag)?$/;

function readFlag(resource: Resource, context: ReadContext): Reading<RequirementEntry> {
  const flag = readFlagStatement(resource, context, 'individual-requirements');
  if (!flag) return unreadable(resource, context, 'code');
  const indicator = flag.code.codings.some(({ code }) => code === 'NRAF') || INDICATOR.test(normaliseWords(flag.title));
  const { basis: _basis, ...entry } = flag;
  return read({ ...entry, state: inWords(flag.title, flag.state), kind: indicator ? 'indicator' : 'adjustment' });
}

/**
 * "No reasonable adjustments needed" says that somebody asked, and is never a requirement; "No stairs" and "No male staff"
 * are requirements.
 */
const NONE =
  /^(no|nil) (known |current |reasonable |additional |special |individual |communication |information |language |dietary |access |sensory )*(adjustments?|requirements?|impairments?|needs)\b|^(nil|none)( (required|needed|known|recorded))?$|^(does not|no longer) (needs?|requires?)\b|^[^,;]*\b((not|none|no longer) (required|needed)|declined)$/;

/** "No adjustments except longer appointments" requires something. */
const EXCEPT = /\b(except|but|apart from|aside from|other than|unless)\b/;

function inWords(title: string, state: EntryState): EntryState {
  const words = normaliseWords(title);
  return state !== 'in-error' && NONE.test(words) && !EXCEPT.test(words) ? 'negated' : state;
}

/** By its category: an impairment of the national record, in its code system or in words. */
function isImpairment(condition: Resource): boolean {
  return readConcepts(condition['category']).some(
    (category) => isAdjustmentConcept(category) || /\bimpairments?\b/.test(normaliseWords(category.text)),
  );
}

function readImpairment(resource: Resource, context: ReadContext): Reading<RequirementEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const { cautions, ...standingOf } = readConditionStanding(resource);
  return read({
    ...readStatement(resource, context, 'individual-requirements', [...codedCautions(code), ...cautions]),
    ...standingOf,
    section: 'individual-requirements',
    title: code.text,
    code,
    state: inWords(code.text, standingOf.state),
    kind: 'impairment',
    categories: readConcepts(resource['category']).map((category) => category.text),
    ...optional('severity', readCoded(resource['severity'])?.text),
  });
}

function isAboutAdjustments(concept: Coded): boolean {
  return isAdjustmentConcept(concept) || /\breasonable adjustments?\b/.test(normaliseWords(concept.text));
}

/** A Consent about this record alone; any other consent to sharing is the policy's and is no statement of care. */
function readConsent(resource: Resource, context: ReadContext): Reading<RequirementEntry> | null {
  const provision = asObject(resource['provision']);
  const concepts = [...readConcepts(resource['category']), ...readConcepts(provision?.['code'])];
  const about = concepts.find(isAboutAdjustments);
  if (!about) return null;
  const status = readCode(resource['status']);
  const state = stateBy(status, DECISION_STATES);
  const period = readPeriod(provision?.['period']);
  const type = provision?.['type'];
  const denied = status === 'rejected' || type === 'deny';
  // What is only proposed nobody has agreed to yet (FHIR R4 Consent.status).
  const agreed = denied ? false : type === 'permit' && state !== 'planned' ? true : undefined;
  return read({
    ...readStatement(resource, context, 'individual-requirements', codedCautions(about)),
    section: 'individual-requirements',
    title: about.text,
    code: about,
    // "Deny" that is in force: the person does not agree that the flag is shared.
    state: state === 'current' && agreed === false ? 'negated' : standing(state, period, resource),
    ...optional('statusAsRecorded', [status, plainText(type)].filter(Boolean).join(', ') || undefined),
    ...optional('date', readDate(resource['dateTime']) ?? period?.start),
    ...optional('period', period),
    kind: 'consent',
    ...optional('agreed', agreed),
    categories: asObjects(resource['category']).flatMap((category) => readCoded(category)?.text ?? []),
  });
}

const KINDS: readonly RequirementEntry['kind'][] = ['adjustment', 'impairment', 'indicator', 'consent'];

/** What must be done first, why, then that there is such a record; what is over last. */
function rank(entry: RequirementEntry): number {
  const standingRank = entry.state === 'current' ? 0 : entry.state === 'unknown' || entry.state === 'planned' ? 1 : 2;
  return standingRank * 10 + KINDS.indexOf(entry.kind);
}
