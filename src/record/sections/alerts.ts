import { conceptKey } from '../concept-key.ts';
import type { Entry, EntryState } from '../entry.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { read, unreadable } from '../fhir/statement.ts';
import type { Section } from '../section.ts';
import { isRiskKind, kindOfFlag } from './alert-kind.ts';
import { readFlagStatement } from './flag-statement.ts';
import { keyOfParts } from './key-of-parts.ts';
import { hasOtherHome } from './which-flag.ts';

/**
 * Alerts (PRSB CIS: alert, author; IPS 104605-1; UKCore-Flag): what everybody must know that is no risk. Must have: what
 * the alert says, by code or category. Risks, safeguarding and individual requirements have headings of their own, and
 * `alert-kind.ts` tells them apart. No window: an alert stands until it is taken away.
 */
export type AlertEntry = Entry & {
  readonly section: 'alerts';
  /** Categories in the source's words. */
  readonly categories: readonly string[];
  readonly severity?: string;
  readonly basis: readonly string[];
};

export const alerts: Section<AlertEntry> = {
  id: 'alerts',
  heading: 'Alerts',
  groupedBy: 'concept',
  reads: ['Flag'],
  window: null,

  read(resource, context) {
    if (hasOtherHome(resource) || isRiskKind(kindOfFlag(resource))) return null;
    const flag = readFlagStatement(resource, context, 'alerts');
    return flag ? read({ ...flag, state: inWords(flag) }) : unreadable(resource, context, 'code');
  },

  // The same alert in the same standing, whenever each organisation raised it. For how long it stood is part of it once
  // it has ended.
  factKey(entry) {
    const span = entry.state === 'current' ? [entry.period?.end] : [entry.period?.start, entry.period?.end];
    const doubts = [...entry.cautions].sort();
    return keyOfParts(entry.state, conceptKey(entry.code, entry.title), entry.severity, span, doubts, entry.basis);
  },

  // An alert at one organisation and none at another is everyday: every one is shown, whoever raised it.
  conflicts() {
    return [];
  },

  // What stands before what has ended.
  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

/** A system that must have a flag writes one that says that there is none: it warns of nothing (safety H08). */
const NONE =
  /^(none|nil)( known| recorded)?$|^(no|nil) ((known|current|active) )*(alerts?|warnings?|flags?)( (known|recorded|identified|held))?$/;

function inWords({ title, state }: AlertEntry): EntryState {
  return state !== 'in-error' && NONE.test(normaliseWords(title)) ? 'negated' : state;
}

function rank(entry: AlertEntry): number {
  const standing = ['current', 'unknown', 'planned'].indexOf(entry.state);
  return standing < 0 ? 3 : standing;
}
