import { stands } from '../build-conflict.ts';
import type { Entry, EntryState, Reading } from '../entry.ts';
import {
  hasCode,
  LOINC,
  normaliseWords,
  readCode,
  readCoded,
  readConcepts,
  SNOMED,
  type Coded,
} from '../fhir/coding.ts';
import { readConditionStanding } from '../fhir/condition-standing.ts';
import { isBefore, readPeriod, type RecordedDate } from '../fhir/date.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { pregnancyConflicts } from './pregnancy-conflicts.ts';
import { momentKey } from './observation-key.ts';
import { readObservedStatement } from './observed-statement.ts';
import { isInvestigation, isSocialCare } from './which-section.ts';

/**
 * Pregnancy status (PRSB CIS; IPS 10162-6): whether pregnant, the estimated date of delivery, the maternity episode, and
 * how earlier pregnancies ended. Must have: what is said, by code or words. Current and past, for a drug may be refused
 * for the one and an anaesthetic planned by the other. Laboratory tests of pregnancy are results and stay there: a test
 * on one day is not a statement that she is pregnant.
 */
export type PregnancyEntry = Entry & {
  readonly section: 'pregnancy-status';
  readonly kind: 'status' | 'due-date' | 'episode' | 'history';
  /** Only where the source leaves no doubt. */
  readonly pregnant?: 'yes' | 'no' | 'possible';
  /** Estimated date of delivery. */
  readonly due?: RecordedDate;
  /** A value that is neither: the number of earlier births, "not known". */
  readonly value?: string;
  readonly team?: string;
};

/** LOINC: pregnancy status; estimated delivery date, also by last period and by ovulation. */
const STATUS_LOINC = ['82810-3'];
const DUE_LOINC = ['11778-8', '11779-6', '11780-4'];
/** LOINC: numbers of births, of term and preterm ones, of children living, of losses (IPS pregnancy outcome). */
const HISTORY_LOINC = [
  '11636-8',
  '11637-6',
  '11638-4',
  '11639-2',
  '11640-0',
  '11612-9',
  '11613-7',
  '11614-5',
  '33065-4',
];
/** SNOMED CT: pregnant; not pregnant; possible pregnancy; estimated date of delivery. */
const PREGNANT = ['77386006', 'LA15173-0'];
const NOT_PREGNANT = ['60001007', 'LA26683-5'];
const POSSIBLY = ['146799005'];
const DUE_SNOMED = ['161714006'];
/** Put together once: every Observation and Condition is asked. */
const ABOUT_PREGNANCY_LOINC = [...STATUS_LOINC, ...DUE_LOINC, ...HISTORY_LOINC];
const EXPECTING_OR_NOT = [...PREGNANT, ...NOT_PREGNANT];
const ABOUT_PREGNANCY_SNOMED = [...EXPECTING_OR_NOT, ...POSSIBLY, ...DUE_SNOMED];

const STATUS_WORDS =
  /^(pregnancy status|pregnancy|(currently |patient |patient is |patient currently )?(not |possibly |possible )?pregnan(t|cy)( \(finding\))?)$/;
const DUE_WORDS =
  /^(estimated|expected)( due)? date( of (delivery|birth|confinement))?\b|^estimated delivery date\b|^edd\b|^due date\b|^delivery date estimated$/;
const EPISODE_WORDS = /\b(maternity|antenatal|pregnancy|obstetric\w*)\b/;

/** FHIR R4 EpisodeOfCare.status. */
const EPISODE_STATES: { readonly [status: string]: EntryState } = {
  planned: 'planned',
  waitlist: 'planned',
  active: 'current',
  onhold: 'current',
  finished: 'past',
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};

const WEEK_MS = 7 * 86_400_000;
/** No pregnancy lasts longer than this after it was noticed, nor this long after its due date. */
const LONGEST_WEEKS = 45;
const OVERDUE_WEEKS = 6;

export const pregnancyStatus: Section<PregnancyEntry> = {
  id: 'pregnancy-status',
  heading: 'Pregnancy status',
  groupedBy: 'everything',
  reads: ['Observation', 'EpisodeOfCare', 'Condition'],
  window: null,
  showsEnded: true,

  read(resource, context) {
    if (resource.resourceType === 'EpisodeOfCare') return isMaternity(resource) ? readEpisode(resource, context) : null;
    if (!isPregnancy(resource)) return null;
    return resource.resourceType === 'Condition'
      ? readCondition(resource, context)
      : readObservation(resource, context);
  },

  // The same statement of the same moment with the same value. Two statements of two days are two, however alike: each
  // says only how it was on its day. What has no date stands alone.
  factKey(entry) {
    if (entry.date === undefined || entry.dateIs === 'recorded') return entry.id;
    const what = normaliseWords(entry.title);
    const doubts = [...entry.cautions].sort();
    const end = entry.period?.end;
    return keyOfParts(
      entry.kind,
      entry.pregnant,
      entry.due,
      entry.value,
      what,
      momentKey(entry.date),
      end,
      entry.state,
      doubts,
      entry.kind === 'episode' ? entry.id : '',
    );
  },

  /**
   * "Pregnant" of 2019 with nothing after it is not pregnant today (safety H17): no record has to close it, and none need
   * say that it was open.
   */
  stateAt(entry, nowMs) {
    if (!stands(entry) || entry.kind === 'history') return entry.state;
    if (entry.due) return isBefore(entry.due, nowMs - OVERDUE_WEEKS * WEEK_MS) ? 'past' : entry.state;
    const when = entry.date;
    return when && isBefore(when, nowMs - LONGEST_WEEKS * WEEK_MS) ? 'past' : entry.state;
  },

  conflicts(facts) {
    return pregnancyConflicts(facts);
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

/** Told by code, else by the whole of its words: "pregnancy test" and "pregnancy advice" are neither. */
function isPregnancy(resource: Resource): boolean {
  if (resource.resourceType !== 'Observation' && resource.resourceType !== 'Condition') return false;
  const code = readCoded(resource['code']);
  if (!code) return false;
  if (resource.resourceType === 'Condition')
    return hasCode(code, SNOMED, EXPECTING_OR_NOT) || /^((currently |not )?pregnant)$/.test(normaliseWords(code.text));
  if (hasCode(code, LOINC, ABOUT_PREGNANCY_LOINC)) return true;
  if (hasCode(code, SNOMED, ABOUT_PREGNANCY_SNOMED)) return true;
  const words = normaliseWords(code.text);
  return (STATUS_WORDS.test(words) || DUE_WORDS.test(words)) && !isInvestigation(resource);
}

function isMaternity(episode: Resource): boolean {
  const words = readConcepts(episode['type']).map((type) => normaliseWords(type.text));
  return !isSocialCare(episode) && words.some((text) => EPISODE_WORDS.test(text));
}

function readObservation(resource: Resource, context: ReadContext): Reading<PregnancyEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const {
    value,
    valueCode,
    valueDate,
    absent,
    quantity: _q,
    flags: _f,
    ranges: _r,
    parts: _p,
    ...entry
  } = readObservedStatement(resource, context, 'pregnancy-status', code);
  const kind = kindOf(code);
  const due = kind === 'due-date' ? valueDate : undefined;
  const stated = valueCode ?? (value === undefined ? code : { text: value, codings: [] });
  const pregnant = kind === 'status' ? pregnantIn(code, stated, value) : undefined;
  const says = pregnant !== undefined || value !== undefined;
  return read({
    ...entry,
    title: code.text,
    cautions: says ? entry.cautions : [...new Set([...entry.cautions, 'value-missing' as const])],
    kind,
    ...optional('pregnant', pregnant),
    ...optional('due', due),
    ...optional('value', due === undefined ? (value ?? absent) : undefined),
  });
}

function kindOf(code: Coded): PregnancyEntry['kind'] {
  if (hasCode(code, LOINC, HISTORY_LOINC)) return 'history';
  const due =
    hasCode(code, LOINC, DUE_LOINC) || hasCode(code, SNOMED, DUE_SNOMED) || DUE_WORDS.test(normaliseWords(code.text));
  return due ? 'due-date' : 'status';
}

/**
 * Yes, no or possibly, by code and words together: "Pregnant" = "No" is no, and where the two say opposite things, or a
 * value is neither ("unknown", "declined"), nothing is derived and the source's words stand alone.
 */
function pregnantIn(code: Coded, stated: Coded, value: string | undefined): PregnancyEntry['pregnant'] {
  const asks = hasCode(code, LOINC, STATUS_LOINC) || /\bstatus$|^pregnancy$/.test(normaliseWords(code.text));
  const title = asks ? undefined : answerIn(code);
  if (value === undefined) return title;
  const plain = /^(yes|no|true|false)$/.exec(value.toLowerCase())?.[0];
  const yes = plain === undefined ? undefined : plain === 'yes' || plain === 'true';
  if (yes === undefined) {
    const said = answerIn(stated);
    return title === undefined || title === said ? said : undefined;
  }
  if (asks) return yes ? 'yes' : 'no';
  if (title === 'yes') return yes ? 'yes' : 'no';
  return title === 'no' && yes ? 'no' : undefined;
}

function answerIn(said: Coded): PregnancyEntry['pregnant'] {
  const words = normaliseWords(said.text);
  const found = new Set<NonNullable<PregnancyEntry['pregnant']>>();
  const coded = (codes: readonly string[]): boolean =>
    said.codings.some(({ code }) => code !== undefined && codes.includes(code));
  if (coded(PREGNANT)) found.add('yes');
  if (coded(NOT_PREGNANT)) found.add('no');
  if (coded(POSSIBLY)) found.add('possible');
  if (/\b(not|never|no longer) (currently )?pregnant\b|^no$/.test(words)) found.add('no');
  else if (/\b(possibl[ye]|may be|might be|query|suspected|could be) pregnan/.test(words) || /\?/.test(words))
    found.add('possible');
  else if (/^(currently |patient |patient is |patient currently )?pregnant$|^yes$/.test(words)) found.add('yes');
  return found.size === 1 ? [...found][0] : undefined;
}

function readCondition(resource: Resource, context: ReadContext): Reading<PregnancyEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const { cautions, ...standingOf } = readConditionStanding(resource);
  const answer = code.disagrees ? undefined : answerIn(code);
  return read({
    ...readStatement(resource, context, 'pregnancy-status', [...codedCautions(code), ...cautions]),
    ...standingOf,
    section: 'pregnancy-status',
    title: code.text,
    code,
    kind: 'status',
    ...optional('pregnant', answer),
  });
}

function readEpisode(resource: Resource, context: ReadContext): Reading<PregnancyEntry> {
  const [type] = readConcepts(resource['type']);
  if (!type) return unreadable(resource, context, 'type');
  const status = readCode(resource['status']);
  const period = readPeriod(resource['period']);
  return read({
    ...readStatement(resource, context, 'pregnancy-status', codedCautions(type)),
    section: 'pregnancy-status',
    title: type.text,
    code: type,
    state: standing(stateBy(status, EPISODE_STATES), period, resource),
    ...optional('statusAsRecorded', status),
    ...optional('date', period?.start ?? period?.end),
    ...optional('period', period),
    kind: 'episode',
    ...optional('team', readReferenceName(resource['careManager'], context, resource)),
  });
}

const KINDS: readonly PregnancyEntry['kind'][] = ['status', 'due-date', 'episode', 'history'];

/** What stands first, newest within its kind; then what is over. */
function rank(entry: PregnancyEntry): number {
  return (stands(entry) && entry.kind !== 'history' ? 0 : 10) + KINDS.indexOf(entry.kind);
}
