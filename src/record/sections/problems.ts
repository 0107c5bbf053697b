import { conceptNames } from '../concept-names.ts';
import type { Caution, Entry, EntryState } from '../entry.ts';
import { absenceIn, saysNone } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { CONDITION_STATES } from '../fhir/condition-standing.ts';
import { isNever, readDate, readPeriod, readTiming, type Period, type RecordedDate } from '../fhir/date.ts';
import { readLooseTime } from '../fhir/loose-time.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { readNotes } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { PROBLEM_TERMS } from '../known-terms.ts';
import { lastingDiagnosis } from '../lasting-diagnoses.ts';
import { optional } from '../optional.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isEndOfLife } from './resuscitation.ts';
import { isSafeguarding } from './safeguarding.ts';
import { keyOfParts } from './key-of-parts.ts';
import { notesTakingBack } from './problem-taken-back.ts';
import { isSupportReason } from './which-section.ts';

/**
 * Problem list (PRSB CIS; IPS 11450-4 and 11348-0; UKCore-Condition). Must have: what the problem is.
 * No window: an operation may be refused, or a drug harm, for a diagnosis of twenty years ago; past ones stand after
 * active ones. Decisions about resuscitation and safeguarding have sections of their own, as have the council's
 * support reasons, which are no diagnoses.
 */
export type ProblemEntry = Entry & {
  readonly section: 'problems';
  /** `none-known`: the source says there are none. `not-asked`: the source says it does not know. */
  readonly statement: 'problem' | 'none-known' | 'not-asked';
  /** FHIR condition-category: problem-list-item, encounter-diagnosis, health-concern. */
  readonly categories: readonly string[];
  readonly severity?: string;
  readonly bodySites: readonly string[];
  readonly stage?: string;
  /** Onset or end that is not a date: "aged 7", "in childhood". */
  readonly onsetText?: string;
  readonly abatementText?: string;
  /** Notes that take it back while its status does not: "Ruled out by Doppler". Never empty. */
  readonly takenBackBy?: readonly string[];
};

export const problems: Section<ProblemEntry> = {
  id: 'problems',
  heading: 'Problem list',
  groupedBy: 'concept',
  reads: ['Condition'],
  window: null,

  read(resource, context) {
    if (isSupportReason(resource) || isEndOfLife(resource) || isSafeguarding(resource)) return null;
    const problem = readCoded(resource['code']);
    if (!problem) return unreadable(resource, context, 'code');
    const verification = readCode(resource['verificationStatus']);
    const status = readCode(resource['clinicalStatus']);
    const period = readSpan(resource);
    const dates = readDates(resource, period);
    const ended = endStated(resource);
    const statement = statementOf(problem);
    const recorded =
      statement === 'problem'
        ? stateOf(status, verification, ended || saysNotSo(problem))
        : stateOfAbsence(statement, verification, status);
    const open = statement === 'problem' && (recorded === 'current' || recorded === 'unknown');
    const takenBackBy = open ? notesTakingBack(problem, readNotes(resource['note'])) : [];
    const takenBack = takenBackBy.length > 0;
    const state = takenBack ? 'unknown' : recorded;
    const bodySites = asObjects(resource['bodySite']).flatMap((site) => readCoded(site)?.text ?? []);
    return read({
      ...readStatement(resource, context, 'problems', [
        ...codedCautions(problem),
        ...cautionsOf(problem, verification, status, ended),
        ...(takenBack ? ['source-unclear' as const] : []),
      ]),
      section: 'problems',
      title: problem.text,
      code: problem,
      state,
      ...((verification ?? status) && { statusAsRecorded: [status, verification].filter(Boolean).join(', ') }),
      ...dates,
      ...(period && { period }),
      // A status that leaves it open may be over by its own end when the record is built.
      ...optional('lasting', state === 'past' || state === 'unknown' ? lastingDiagnosis(problem, status) : undefined),
      statement,
      categories: asObjects(resource['category']).flatMap((category) => readCode(category) ?? []),
      ...optional('severity', readCoded(resource['severity'])?.text),
      bodySites,
      ...optional('stage', readCoded(asObjects(resource['stage'])[0]?.['summary'])?.text),
      ...optional('onsetText', readLooseTime(resource, 'onset')),
      ...optional('abatementText', readLooseTime(resource, 'abatement')),
      ...(takenBack && { takenBackBy }),
    });
  },

  // The same diagnosis in the same standing, at the same place in the body and stage. Current ones join whatever their
  // dates, for organisations learn of one illness in different years and each date stays on its line; past ones join only
  // when they began on the same day, for two pneumonias are two. Sure and unsure never join. Severity is not in the key:
  // asthma that is mild to the practice and severe to the hospital is one asthma, and its line says both (corridor-problems).
  // A record without a place or a stage is of the one that the others name, while they name only one.
  identity(entry) {
    const doubts = entry.cautions.filter((caution) => caution === 'unconfirmed' || caution === 'about-somebody-else');
    const began = entry.period?.start ?? entry.date ?? entry.onsetText ?? entry.id;
    const standing = entry.takenBackBy ? 'taken back' : entry.state;
    const sites = entry.bodySites.map(normaliseWords).sort().join(',');
    return {
      base: keyOfParts(entry.statement, standing, doubts, entry.state === 'current' ? '' : began),
      names: () => conceptNames(entry.code, entry.title, { reason: 'concept', terms: PROBLEM_TERMS }),
      details: () => [sites === '' ? undefined : sites, entry.stage && normaliseWords(entry.stage)],
    };
  },

  factKey(entry) {
    return keyAlone(entry, problems.identity?.(entry));
  },

  // Diagnoses that differ between organisations are everyday and no disagreement by themselves.
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

function statementOf(problem: Coded): ProblemEntry['statement'] {
  return (
    absenceIn(problem) ??
    (saysNone(problem, /\b(problems?|conditions?|diagnos[ei]s|history)\b/) ? 'none-known' : 'problem')
  );
}

function stateOf(status: string | undefined, verification: string | undefined, ended: boolean): EntryState {
  if (verification === 'entered-in-error') return 'in-error';
  if (verification === 'refuted') return 'negated';
  const state = stateBy(status, CONDITION_STATES);
  // R4 con-4: what has abated is not active. The two contradict each other, so neither is believed.
  if (state === 'current' && ended) return 'unknown';
  return state === 'unknown' && ended ? 'past' : state;
}

/**
 * "No known problems" is the negation of a problem; "not asked" says nothing either way. Neither does "no known problems"
 * that is refuted or over: the status beside it says so, and nobody may read it as none.
 */
function stateOfAbsence(
  statement: 'none-known' | 'not-asked',
  verification: string | undefined,
  status: string | undefined,
): EntryState {
  if (verification === 'entered-in-error') return 'in-error';
  if (verification === 'refuted' || stateBy(status, CONDITION_STATES) === 'past') return 'unknown';
  return statement === 'none-known' ? 'negated' : 'unknown';
}

/** A doubt in the source's own words, whatever status its system has put beside them: "? lung cancer", "Suspected DVT". */
const SUSPECTED = /^(?:\?|(?:query|suspected|possible|probable|provisional|presumed)\b)|[^?]\?$|\b(?:suspected|query)$/;

/** "Lung cancer excluded", "No evidence of lung cancer": its words and an active status contradict each other (safety H08). */
function saysNotSo({ text }: Coded): boolean {
  return NOT_SO.test(normaliseWords(text));
}

/** What is excluded beside something else ("breast lump, malignancy excluded") leaves that standing. */
const NOT_SO =
  /^(?:no|nil) (?:clinical |current )?(?:evidence|signs?|features?) of\b|^not (?:a )?(?:known )?(?:diabetic|asthmatic|epileptic|hypertensive)$|^[^,;:–(]*\b(?:excluded|ruled[- ]out|disproved)$/;

const UNSURE = ['unconfirmed', 'provisional', 'differential'];
/** A relative's illness written as if it were the person's own (safety H08). */
const SOMEBODY_ELSE =
  /^(fh|f\/h|family history|maternal history|paternal history)\b|^(mother|father|sister|brother|parent|sibling|husband|wife|partner|son|daughter) (has|had)\b/i;

function cautionsOf(
  problem: Coded,
  verification: string | undefined,
  status: string | undefined,
  ended: boolean,
): readonly Caution[] {
  const texts = [problem.text, ...problem.codings.map((coding) => coding.display ?? '')];
  const unsure = UNSURE.includes(verification ?? '') || SUSPECTED.test(normaliseWords(problem.text));
  return [
    ...(unsure ? ['unconfirmed' as const] : []),
    ...(texts.some((text) => SOMEBODY_ELSE.test(text)) ? ['about-somebody-else' as const] : []),
    ...((ended || saysNotSo(problem)) && stateBy(status, CONDITION_STATES) === 'current'
      ? ['source-unclear' as const]
      : []),
  ];
}

function readSpan(resource: Resource): Period | undefined {
  const start = readTiming(resource, 'onset');
  const end = readDate(resource['abatementDateTime']) ?? readPeriod(resource['abatementPeriod'])?.end;
  return start || end ? { ...(start && { start }), ...(end && { end }) } : undefined;
}

function readDates(resource: Resource, period: Period | undefined): { date?: RecordedDate; dateIs?: 'recorded' } {
  if (period?.start) return { date: period.start };
  const recorded = readDate(resource['recordedDate']);
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}

/** Any abatement says that it ended, also one that is only an age or words; `abatementBoolean: false` says it did not. */
function endStated(resource: Resource): boolean {
  // 9999-12-31 is what a system writes that must write an end and has none.
  const on = readDate(resource['abatementDateTime']);
  return (
    (resource['abatementDateTime'] !== undefined && !(on && isNever(on))) ||
    ['abatementPeriod', 'abatementAge', 'abatementRange', 'abatementString'].some((e) => resource[e] !== undefined) ||
    resource['abatementBoolean'] === true
  );
}

/** Active first, then unknown, then past; refuted and "none known" last. */
function rank(entry: ProblemEntry): number {
  if (entry.statement !== 'problem') return 4;
  // A note is easily misread: what is recorded as active stays among the active ones.
  if (entry.takenBackBy && stateBy(entry.statusAsRecorded?.split(', ')[0], CONDITION_STATES) === 'current') return 0;
  return { current: 0, unknown: 1, planned: 2, past: 2, negated: 3, 'in-error': 5 }[entry.state];
}
