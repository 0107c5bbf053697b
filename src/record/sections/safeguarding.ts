import { buildConflict } from '../build-conflict.ts';
import { conceptKey } from '../concept-key.ts';
import type { Entry, EntryState, Reading } from '../entry.ts';
import type { Conflict, Fact } from '../fact.ts';
import { hasCode, normaliseWords, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { readConditionStanding } from '../fhir/condition-standing.ts';
import { dayOf } from '../fhir/date.ts';
import { codedCautions, read, readStatement, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { kindOf, kindOfFlag, SAFEGUARDING_CODES } from './alert-kind.ts';
import { readFlagStatement } from './flag-statement.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readObservedStatement } from './observed-statement.ts';

/**
 * Safeguarding (PRSB CIS: indicator, start and end date; UKCore-Flag, also told by a security label; and Condition or
 * Observation, for practices keep it in the problem list). Must have: the indicator, by code or category. Active and
 * ended are shown: that a child was on a protection plan stays worth knowing. Pinned with the alerts (safety H37).
 */
export type SafeguardingEntry = Entry & {
  readonly section: 'safeguarding';
  readonly categories: readonly string[];
  readonly severity?: string;
  readonly basis: readonly string[];
};

export const safeguarding: Section<SafeguardingEntry> = {
  id: 'safeguarding',
  heading: 'Safeguarding',
  groupedBy: 'concept',
  reads: ['Flag', 'Condition', 'Observation'],
  window: null,
  showsEnded: true,

  read(resource, context) {
    return isSafeguarding(resource) ? readIndicator(resource, context) : null;
  },

  // The same indicator in the same standing: a plan that the council and the practice both hold is one, whenever each of
  // them learned of it, while it runs. Ended ones join only with the same dates, for two plans are two.
  factKey(entry) {
    const span = entry.state === 'current' ? [entry.period?.end] : [entry.period?.start, entry.period?.end];
    const doubts = [...entry.cautions].sort();
    return keyOfParts(entry.state, conceptKey(entry.code, entry.title), entry.severity, span, doubts, entry.basis);
  },

  conflicts: endedElsewhere,

  compare(a, b) {
    return STANDING.indexOf(a.entries[0].state) - STANDING.indexOf(b.entries[0].state);
  },
};

const STANDING: readonly EntryState[] = ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'];

/** An observation counts only by a code and without a value: "Domestic abuse screening" = "No" is no indicator. */
export function isSafeguarding(resource: Resource): boolean {
  if (resource.resourceType === 'Flag') return kindOfFlag(resource) === 'safeguarding';
  const code = readCoded(resource['code']);
  if (!code) return false;
  if (resource.resourceType === 'Condition') return kindOf([code]) === 'safeguarding';
  if (resource.resourceType !== 'Observation') return false;
  return hasCode(code, SNOMED, SAFEGUARDING_CODES) && !Object.keys(resource).some((name) => /^value[A-Z]/.test(name));
}

function readIndicator(resource: Resource, context: ReadContext): Reading<SafeguardingEntry> {
  const entry = entryOf(resource, context);
  if (!entry) return unreadable(resource, context, 'code');
  return read({ ...entry, state: inWords(entry.title, entry.state) });
}

function entryOf(resource: Resource, context: ReadContext): SafeguardingEntry | undefined {
  if (resource.resourceType === 'Flag') return readFlagStatement(resource, context, 'safeguarding');
  const code = readCoded(resource['code']);
  if (!code) return undefined;
  return resource.resourceType === 'Observation' ? observed(resource, context, code) : problem(resource, context, code);
}

function problem(resource: Resource, context: ReadContext, code: Coded): SafeguardingEntry {
  const { cautions, ...standing } = readConditionStanding(resource);
  return {
    ...readStatement(resource, context, 'safeguarding', [...codedCautions(code), ...cautions]),
    ...standing,
    section: 'safeguarding',
    title: code.text,
    code,
    categories: [],
    basis: [],
  };
}

function observed(resource: Resource, context: ReadContext, code: Coded): SafeguardingEntry {
  const {
    flags: _flags,
    ranges: _ranges,
    parts: _parts,
    ...entry
  } = readObservedStatement(resource, context, 'safeguarding', code);
  return { ...entry, categories: [], basis: [] };
}

/**
 * Words that say it is not so, or no longer: they are the statement, whatever the status beside them (safety H08, H17). Only
 * where they speak of the indicator itself: "No contact with father" and "Removed from mother's care" are in force.
 */
const NOT_SO =
  /^(no|nil) (known |current |new |further )*(safeguarding|child protection|concerns?|issues?|risk of abuse)\b|^not an? (safeguarding|child protection) (concern|issue|case|enquiry)\b|\bnot (currently |now |known to be )?(subject to|at risk|on (a|the) child protection|(a )?(looked after|vulnerable))|\bno (current |known )?(safeguarding|child protection) (concerns?|issues?|plan)/;
const NO_LONGER =
  /\bno longer (subject|on |at risk|(a )?(looked after|vulnerable)|open)|\b(removed from|taken off) (the )?(child )?(protection |at risk )?(register|plan)\b|^(past history|history) of\b|^(h\/o|previously|formerly) |\b(plan|enquiry|case|safeguarding|concern) (was |is |has been )?(discontinued|ceased|ended|closed)$/;

function inWords(title: string, state: EntryState): EntryState {
  const words = normaliseWords(title);
  if (state === 'in-error' || state === 'negated') return state;
  if (NO_LONGER.test(words)) return state === 'planned' ? 'unknown' : 'past';
  return NOT_SO.test(words) ? 'negated' : state;
}

/**
 * In force in one record and ended, since it began there, in another: who is right decides whom to tell today. One that
 * ended before the other began is an earlier one and no disagreement; where a date is missing nobody can tell, so it is.
 */
function endedElsewhere(facts: readonly Fact<SafeguardingEntry>[]): readonly Conflict[] {
  const ended = facts.filter(({ entries: [entry] }) => entry.state === 'past');
  return facts
    .filter(({ entries: [entry] }) => entry.state === 'current')
    .flatMap((current) => {
      const against = ended.filter((past) => sameIndicator(past, current) && endedSince(past, current));
      return against.length > 0
        ? [buildConflict('safeguarding-ended-elsewhere', 'safeguarding', [current, ...against])]
        : [];
    });
}

function sameIndicator(a: Fact<SafeguardingEntry>, b: Fact<SafeguardingEntry>): boolean {
  const [one, other] = [a.entries[0], b.entries[0]];
  const elsewhere = a.entries.some((x) => b.entries.every((y) => x.origin.source !== y.origin.source));
  return elsewhere && conceptKey(one.code, one.title) === conceptKey(other.code, other.title);
}

function endedSince(past: Fact<SafeguardingEntry>, current: Fact<SafeguardingEntry>): boolean {
  const end = past.entries[0].period?.end;
  const starts = current.entries.flatMap(({ period }) => (period?.start ? dayOf(period.start) : [])).sort();
  const [began] = starts;
  return end === undefined || began === undefined || dayOf(end) >= began;
}
