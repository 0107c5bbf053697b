import { conceptKey } from '../concept-key.ts';
import type { Entry, EntryState, Reading } from '../entry.ts';
import { absenceIn } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { readConditionStanding } from '../fhir/condition-standing.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import { readLooseTime } from '../fhir/loose-time.ts';
import { codedCautions, entryIdOf, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { nameText, readNotes } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { deniesFamilyHistory, familyStatementIn, type FamilyStatement } from './family-words.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readObservedStatement } from './observed-statement.ts';

/**
 * Family history (PRSB CIS; FamilyMemberHistory, and situations such as "Family history of asthma" that practices code as
 * a problem or an observation). Must have: which relative, or words that say it is about the family. Nothing here is the
 * patient's own: each line begins with the relative or with the source's "family history" (safety H08). The relative's
 * own name, birth date and address are left unread on purpose: they are somebody else's (safety H41).
 */
export type FamilyHistoryEntry = Entry & {
  readonly section: 'family-history';
  readonly statement: FamilyStatement;
  readonly relative?: string;
  /** The value beside the source's "family history of …": yes, no, a relative, an illness. */
  readonly said?: string;
  /** When it began in the relative, in the source's words or as an age. */
  readonly onset?: string;
  readonly outcome?: string;
  readonly causedDeath?: boolean;
  /** That the relative has died, with the age or date as recorded; `yes` where nothing more is said. */
  readonly died?: string;
  /** How many such relatives there can be: only of mother and father is there one. */
  readonly oneOnly: boolean;
};

const STATES: { readonly [status: string]: EntryState } = {
  partial: 'current',
  completed: 'current',
  'health-unknown': 'unknown',
  'entered-in-error': 'in-error',
};
/** v3 RoleCode of mother and father, and of the natural ones. */
const PARENTS = ['MTH', 'FTH', 'NMTH', 'NFTH'];

export const familyHistory: Section<FamilyHistoryEntry> = {
  id: 'family-history',
  heading: 'Family history',
  groupedBy: 'concept',
  reads: ['FamilyMemberHistory', 'Condition', 'Observation'],
  window: null,
  showsEnded: true,

  read(resource, context) {
    if (resource.resourceType === 'FamilyMemberHistory') return readRelative(resource, context);
    return isFamilyHistory(resource) ? readSituation(resource, context) : null;
  },

  // A person has one mother and one father: the same illness of hers, told at two places with the same onset, is one.
  // Two brothers may share an illness, so every other relative's stays a line of its own. A situation without a relative
  // ("Family history of asthma") joins the same code or words in the same standing; dates of asking do not part it.
  factKey(entry) {
    if (entry.relative !== undefined && !entry.oneOnly) return entry.id;
    const what = entry.code ? conceptKey(entry.code, entry.title) : normaliseWords(entry.title);
    const told = [entry.said && normaliseWords(entry.said), entry.onset, entry.outcome, entry.causedDeath, entry.died];
    const doubts = [...entry.cautions].sort();
    return keyOfParts(
      entry.statement,
      entry.state,
      entry.relative && normaliseWords(entry.relative),
      what,
      told,
      doubts,
    );
  },

  conflicts() {
    return [];
  },

  compare(a, b) {
    return RANK.indexOf(a.entries[0].statement) - RANK.indexOf(b.entries[0].statement);
  },
};

const RANK: readonly FamilyStatement[] = ['history', 'not-known', 'none-known'];

/** The source's own words for a history that is not the patient's; blood relatives only, a husband is nobody's heredity. */
const FAMILY =
  /^(no |nil |negative )?(known |significant |relevant )*(fh|f\/h|fhx|family history)\b|^(maternal|paternal) (family )?history\b/;
const RELATION = String.raw`(?:maternal |paternal |half[- ]?|step[- ]?|older |younger )*(?:mother|father|mum|dad|sister|brother|parent|sibling|grandmother|grandfather|grandparent|aunt|uncle|cousin|niece|nephew|son|daughter)s?`;
/** "Mother had asthma", "Father: stroke". A child's death is a loss of hers, and no illness in the family is told by it. */
const OF_RELATIVE = new RegExp(
  String.raw`^${RELATION}(?: (?:has|had|have|(?:was |were )?(?:diagnosed|affected))\b| ?:| [–-] )|^(?!son|daughter)${RELATION} died\b`,
);
/**
 * What is shown decides: "asthma" under a code for a family history stays a problem and is shown with the doubt, for to
 * hide the patient's own illness would be as wrong as to invent one (safety H21).
 */
function isFamilyHistory(resource: Resource): boolean {
  if (resource.resourceType !== 'Condition' && resource.resourceType !== 'Observation') return false;
  const code = readCoded(resource['code']);
  if (!code) return false;
  const displays = code.disagrees ? [] : code.codings.flatMap((coding) => coding.display ?? []);
  return [code.text, ...displays].map(normaliseWords).some((words) => FAMILY.test(words) || OF_RELATIVE.test(words));
}

function readSituation(resource: Resource, context: ReadContext): Reading<FamilyHistoryEntry> {
  const code = readCoded(resource['code']);
  if (!code) return unreadable(resource, context, 'code');
  const base =
    resource.resourceType === 'Observation'
      ? observedParts(resource, context, code)
      : conditionParts(resource, context, code);
  // "Family history of asthma" = "No" is a denial, and so is "No family history of asthma".
  const statement = familyStatementIn([code.text, ...(base.value === undefined ? [] : [base.value])]);
  const { value, ...entry } = base;
  return read({
    ...entry,
    section: 'family-history',
    title: value === undefined ? code.text : `${code.text}: ${value}`,
    code,
    ...optional('said', value),
    state: stateOf(entry.state, statement),
    statement,
    oneOnly: false,
  });
}

type Base = Omit<Entry, 'title' | 'section'> & { readonly value?: string };

function observedParts(resource: Resource, context: ReadContext, code: Coded): Base {
  const { id, origin, cautions, labels, notes, links, state, statusAsRecorded, date, value } = readObservedStatement(
    resource,
    context,
    'family-history',
    code,
  );
  // Observation.focus on a relative is what this heading is for.
  const own = cautions.filter((caution) => caution !== 'about-somebody-else');
  return {
    ...{ id, origin, cautions: own, labels, notes, links, state },
    ...optional('statusAsRecorded', statusAsRecorded),
    ...optional('date', date),
    ...optional('value', value),
  };
}

/** The onset of such an entry is when it was asked or written down: no illness of the patient began then. */
function conditionParts(resource: Resource, context: ReadContext, code: Coded): Base {
  const { cautions, period: _asked, ...standing } = readConditionStanding(resource);
  return { ...readStatement(resource, context, 'family-history', [...codedCautions(code), ...cautions]), ...standing };
}

function stateOf(state: EntryState, statement: FamilyStatement): EntryState {
  if (state === 'in-error' || state === 'negated') return state;
  return statement === 'none-known' ? 'negated' : statement === 'not-known' ? 'unknown' : state;
}

function readRelative(resource: Resource, context: ReadContext): Reading<FamilyHistoryEntry> {
  const relationship = readCoded(resource['relationship']);
  // Some systems leave the relationship out and write "Mother" as the name; a proper name is not shown.
  const called = nameText(resource['name']);
  const relative = relationship?.text ?? (called !== undefined && RELATIVE.test(called) ? called : undefined);
  if (relative === undefined) return unreadable(resource, context, 'relationship');
  const status = readCode(resource['status']);
  const recorded = readDate(resource['date']);
  const died = readDeath(resource);
  const statement = readStatement(resource, context, 'family-history', codedCautions(relationship));
  const parent =
    relationship?.codings.some(({ code }) => code !== undefined && PARENTS.includes(code)) === true ||
    /^(natural )?(mother|father)$/.test(normaliseWords(relative));
  const base = {
    ...statement,
    section: 'family-history' as const,
    state: stateBy(status, STATES),
    ...optional('statusAsRecorded', status),
    ...(recorded && { date: recorded, dateIs: 'recorded' as const }),
    relative,
    ...optional('died', died),
    oneOnly: parent,
  };
  const conditions = asObjects(resource['condition']);
  const illnesses = conditions.flatMap((condition, index) => {
    const what = readCoded(condition['code']);
    return what ? [withCondition(base, condition, what, entryIdOf(resource, context, index + 1))] : [];
  });
  const lost = conditions.length - illnesses.length;
  const nothing = withoutCondition(status, base.state, resource['dataAbsentReason'] !== undefined);
  const alone: readonly FamilyHistoryEntry[] =
    conditions.length === 0
      ? [{ ...base, title: relative, state: stateOf(base.state, nothing), statement: nothing }]
      : [];
  return {
    entries: [...alone, ...illnesses],
    unread: lost > 0 ? unreadable(resource, context, 'condition.code').unread : [],
  };
}

const RELATIVE =
  /\b(mother|father|mum|dad|sister|brother|sibling|parent|grand\w+|aunt|uncle|cousin|son|daughter|child|niece|nephew|relative)\b/i;

type RelativeBase = Omit<FamilyHistoryEntry, 'title' | 'statement' | 'code'>;

function withCondition(
  base: RelativeBase,
  condition: Json,
  what: Coded,
  id: FamilyHistoryEntry['id'],
): FamilyHistoryEntry {
  const absence = absenceIn(what);
  const none = absence === 'none-known' || deniesFamilyHistory(what.text);
  const statement =
    absence === 'not-asked' ? ('not-known' as const) : none ? ('none-known' as const) : ('history' as const);
  return {
    ...base,
    id,
    cautions: [...new Set([...base.cautions, ...codedCautions(what)])],
    notes: [...base.notes, ...readNotes(condition['note'])],
    title: `${base.relative ?? ''}: ${what.text}`,
    code: what,
    state: stateOf(base.state, statement),
    statement,
    ...optional('onset', readAge(condition, 'onset')),
    ...optional('outcome', readCoded(condition['outcome'])?.text),
    ...(condition['contributedToDeath'] === true && { causedDeath: true }),
  };
}

/** A relative of whom no illness is told: "health unknown", or a reason why nothing is, is not a list that names none. */
function withoutCondition(status: string | undefined, state: EntryState, unsaid: boolean): FamilyStatement {
  return status === 'health-unknown' || state === 'unknown' || unsaid ? 'not-known' : 'history';
}

function readDeath(resource: Resource): string | undefined {
  const age = readAge(resource, 'deceased');
  return age ?? (resource['deceasedBoolean'] === true ? 'yes' : undefined);
}

function readAge(element: Json, stem: 'onset' | 'deceased'): string | undefined {
  return readLooseTime(element, stem) ?? readTiming(element, stem);
}
