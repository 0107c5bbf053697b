import type { Entry, EntryState } from '../entry.ts';
import { normaliseWords, readCode } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { readTelecom, type Telecom } from '../fhir/telecom.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';

/**
 * Participation in research (PRSB CIS: trial name and contact; base R4 ResearchSubject with its ResearchStudy). Must have:
 * the name or number of the trial. Active ones first: a trial drug may be unknown to everyone else, and somebody must be
 * called before another is added. The arm is shown where the record holds one: then it is not blinded there.
 */
export type ResearchEntry = Entry & {
  readonly section: 'participation-in-research';
  readonly arm?: string;
  /** Whom to call, in the study's own words. */
  readonly contacts: readonly ResearchContact[];
  /** The study's own number, e.g. of a public register, `system|value` or the bare value. */
  readonly number?: string;
};

export type ResearchContact = { readonly name?: string; readonly telecom: readonly Telecom[] };

/** FHIR R4 research-subject-status. There is no code for an entry made in error: a source deletes it. */
const STATES: { readonly [status: string]: EntryState } = {
  'potential-candidate': 'planned',
  candidate: 'planned',
  eligible: 'planned',
  screening: 'planned',
  'pending-on-study': 'planned',
  'on-study': 'current',
  'on-study-intervention': 'current',
  'on-study-observation': 'current',
  'follow-up': 'current',
  'off-study': 'past',
  withdrawn: 'past',
  ineligible: 'negated',
  'not-registered': 'negated',
};

export const participationInResearch: Section<ResearchEntry> = {
  id: 'participation-in-research',
  heading: 'Participation in research',
  groupedBy: 'everything',
  reads: ['ResearchSubject'],
  window: null,

  read(resource, context) {
    const reference = asObject(resource['study']);
    const study = reference && context.resolve(reference, resource);
    const number = readNumber(study) ?? plainText(asObject(reference?.['identifier'])?.['value']);
    const title = plainText(reference?.['display']) ?? plainText(study?.['title']) ?? number;
    if (title === undefined) return unreadable(resource, context, 'study');
    const status = readCode(resource['status']);
    const period = readPeriod(resource['period']);
    return read({
      ...readStatement(resource, context, 'participation-in-research'),
      section: 'participation-in-research',
      title,
      state: standing(stateBy(status, STATES), period, resource),
      ...optional('statusAsRecorded', status),
      ...optional('date', period?.start ?? period?.end),
      ...optional('period', period),
      ...optional('arm', plainText(resource['actualArm'])),
      ...optional('number', number),
      contacts: readContacts(study, context),
    });
  },

  // One trial by its public number, else by its whole name, in the same standing with the same period and arm. Taking
  // part twice is two.
  factKey(entry) {
    const trial = entry.number ?? normaliseWords(entry.title);
    const span = [entry.period?.start, entry.period?.end];
    const known = span.some((end) => end !== undefined);
    return keyOfParts(trial, entry.state, entry.statusAsRecorded, span, entry.arm, known ? '' : entry.id);
  },

  conflicts() {
    return [];
  },

  compare(a, b) {
    return ORDER.indexOf(a.entries[0].state) - ORDER.indexOf(b.entries[0].state);
  },
};

const ORDER: readonly EntryState[] = ['current', 'unknown', 'planned', 'past', 'negated', 'in-error'];

function readNumber(study: Resource | undefined): string | undefined {
  const numbers = asObjects(study?.['identifier']).filter((identifier) => identifier['use'] !== 'old');
  return numbers.map((identifier) => plainText(identifier['value'])).find((value) => value !== undefined);
}

/** The study's contacts; failing those, who leads it and where. */
function readContacts(study: Resource | undefined, context: ReadContext): readonly ResearchContact[] {
  if (!study) return [];
  const stated = asObjects(study['contact']).flatMap((contact) => contactOf(contact));
  if (stated.length > 0) return stated;
  const names = [study['principalInvestigator'], study['sponsor'], ...asObjects(study['site'])].flatMap(
    (reference) => readReferenceName(reference, context, study) ?? [],
  );
  return names.slice(0, 1).map((name) => ({ name, telecom: [] }));
}

function contactOf(contact: Json): readonly ResearchContact[] {
  const name = plainText(contact['name']);
  const telecom = readTelecom(contact['telecom']);
  return name === undefined && telecom.length === 0 ? [] : [{ ...optional('name', name), telecom }];
}
