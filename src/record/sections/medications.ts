import type { Caution, Entry, EntryState } from '../entry.ts';
import { absenceIn, saysNone } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import {
  dayOf,
  isAfter,
  readDate,
  readPeriod,
  readTiming,
  sortMoment,
  type Period,
  type RecordedDate,
} from '../fhir/date.ts';
import { readDosages, type Dosage } from '../fhir/dosage.ts';
import { readMedicine, type Medicine } from '../fhir/medicine.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { CLOCKS_DIFFER_MS } from '../future-date.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import { medicineNames } from '../product-name.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { contradictsItself, dosageDetails, dosagesKey } from './dosage-key.ts';
import { duplicateTherapy } from './duplicate-therapy.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readLastIssued, readSupplied, readSupply, readSupplyDays, type Supply } from './medicine-supply.ts';
import { medicineConflicts } from './medicine-doses.ts';
import { nonOralRoutes } from './non-oral-route.ts';
import { saysNotTaken } from './medicine-denied.ts';
import { readStop } from './medicine-stop.ts';

/**
 * Medications and medical devices (PRSB CIS; IPS 10160-0; UKCore-MedicationStatement, -MedicationRequest,
 * -MedicationDispense). Must have: the name of the medicine. Window: 12 months for what is over (SCR: acute 12 months);
 * what is current has no limit.
 */
export type MedicationEntry = Entry & {
  readonly section: 'medications';
  readonly statement: 'medicine' | 'none-known' | 'not-asked';
  /** What kind of record says so: somebody's statement, a prescription, or a handing over by a pharmacy. */
  readonly record: 'statement' | 'request' | 'dispense';
  /** Parts of the name, for the CUI order: name — strength — form — DOSE — route — frequency. */
  readonly name: string;
  readonly strength?: string;
  readonly form?: string;
  /** In their sequence; several are one regimen. */
  readonly dosages: readonly Dosage[];
  /** FHIR request intent: proposal, plan, order, option and the kinds of order. */
  readonly intent?: string;
  readonly supply?: Supply;
  readonly quantity?: string;
  /** Dispense: for how many days the supply lasts, as the pharmacy says. */
  readonly supplyDays?: number;
  readonly reasons: readonly string[];
  readonly lastIssued?: RecordedDate;
  /** The source says that it must not be given (doNotPerform). */
  readonly prohibited?: true;
  /** Why it is on hold, not taken, declined or not to be given: none of these is a stop. */
  readonly statusReason?: string;
  /** Only when the source says stopped or cancelled: when, and why. */
  readonly stopped?: { readonly date?: RecordedDate; readonly reason?: string };
};

const REQUEST_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  completed: 'past',
  stopped: 'past',
  cancelled: 'past',
  draft: 'planned',
  'entered-in-error': 'in-error',
  // on-hold: neither taken nor stopped, and nobody but the source knows which comes next: its own word is shown.
};
const STATEMENT_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  completed: 'past',
  stopped: 'past',
  intended: 'planned',
  'not-taken': 'negated',
  'entered-in-error': 'in-error',
};
// A completed dispense says that it was handed over, not whether it is still taken: that stays unknown.
const DISPENSE_STATES: { readonly [status: string]: EntryState } = {
  preparation: 'planned',
  'in-progress': 'planned',
  stopped: 'past',
  cancelled: 'past',
  declined: 'negated',
  'entered-in-error': 'in-error',
};

const KINDS = {
  MedicationStatement: { record: 'statement', states: STATEMENT_STATES, dosage: 'dosage' },
  MedicationRequest: { record: 'request', states: REQUEST_STATES, dosage: 'dosageInstruction' },
  MedicationDispense: { record: 'dispense', states: DISPENSE_STATES, dosage: 'dosageInstruction' },
} as const;

export const medications: Section<MedicationEntry> = {
  id: 'medications',
  heading: 'Medications and medical devices',
  groupedBy: 'medicine',
  reads: ['MedicationStatement', 'MedicationRequest', 'MedicationDispense'],
  window: { months: 12 },

  read(resource, context) {
    const medicine = readMedicine(resource, context);
    if (!medicine) return unreadable(resource, context, 'medication[x]');
    const kind = KINDS[resource.resourceType as keyof typeof KINDS];
    const period = readPeriod(resource['effectivePeriod']);
    const status = readCode(resource['status']);
    const statement = statementOf(medicine.coded);
    const dosages = readDosages(resource[kind.dosage]);
    const state = stateOf(resource, stateBy(status, kind.states), statement, period);
    const denied = state === 'current' && saysNotTaken({ title: medicine.coded.text, dosages });
    return read({
      ...readStatement(
        resource,
        context,
        'medications',
        cautionsOf(medicine, status, contradictsItself({ ...medicine, dosages }), denied),
      ),
      section: 'medications',
      title: medicine.coded.text,
      code: medicine.coded,
      state: denied ? 'unknown' : state,
      ...optional('statusAsRecorded', status),
      ...datesOf(resource, period),
      ...optional('period', period),
      statement,
      record: kind.record,
      name: medicine.name,
      ...optional('strength', medicine.strength),
      ...optional('form', medicine.form),
      dosages,
      ...optional('intent', kind.record === 'request' ? readCode(resource['intent']) : undefined),
      ...optional('supply', readSupply(resource)),
      ...optional('quantity', readSupplied(resource)),
      ...optional('supplyDays', readSupplyDays(resource)),
      reasons: readReasons(resource, context),
      ...optional('lastIssued', readLastIssued(resource)),
      ...(resource['doNotPerform'] === true && { prohibited: true as const }),
      ...readStop(resource, status, period),
    });
  },

  // The same product, strength and form (product-name.ts), dose, frequency (dosage-key.ts) and standing (safety H12):
  // anything that could make two prescriptions differ keeps them apart, and what has no dose recorded never joins what has
  // one. Authorisation, order, issue and statement of one medicine in one dose are one line, or a repeat would be read as
  // two (safety H11); a proposal or an option is not yet a prescription and joins none. The day it was started or issued
  // is not in the key of what is being taken, for a repeat is issued every month and organisations learn of it in different
  // years: each line inside keeps its own. A last day that is set is in the key, and so are both ends of what is over, and
  // the day of a course: two courses are two. A record that leaves out the route by mouth, the time of day or when it was is of the
  // one that the others tell, while they tell only one.
  identity(entry) {
    return {
      base: keyOfParts(
        entry.statement,
        entry.state,
        dosagesKey(entry),
        nonOralRoutes(entry),
        intentClass(entry.intent),
        entry.state === 'current' ? entry.period?.end : undefined,
        entry.state === 'unknown' ? entry.statusAsRecorded : undefined,
        normaliseWords(entry.stopped?.reason ?? entry.statusReason ?? ''),
        entry.prohibited,
        entry.cautions.includes('source-unclear'),
      ),
      names: () => medicineNames(entry),
      details: () => [...dosageDetails(entry), ...spanOf(entry)],
    };
  },

  factKey(entry) {
    return keyAlone(entry, medications.identity?.(entry));
  },

  // A supply that was handed over and lasts until today is being taken, as far as the pharmacy knows; one that is used up
  // is past. Without the number of days it stays unknown. What begins later is not being taken yet.
  stateAt(entry, nowMs) {
    const begins = entry.period?.start ?? (entry.dateIs === 'recorded' ? undefined : entry.date);
    if (entry.state === 'current' && begins && isAfter(begins, nowMs + CLOCKS_DIFFER_MS)) return 'planned';
    if (entry.record !== 'dispense' || entry.state !== 'unknown' || entry.statusAsRecorded !== 'completed')
      return entry.state;
    if (entry.supplyDays === undefined || entry.lastIssued === undefined) return 'unknown';
    if (isAfter(entry.lastIssued, nowMs)) return 'unknown';
    return sortMoment(entry.lastIssued) + entry.supplyDays * DAY_MS >= nowMs ? 'current' : 'past';
  },

  conflicts(facts) {
    return [...medicineConflicts(facts), ...duplicateTherapy(facts)];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

const DAY_MS = 86_400_000;

/** When what is over was taken. An issue of a repeat says only when it was issued; a course is of its own day. */
function spanOf(entry: MedicationEntry): readonly (string | undefined)[] {
  if (entry.state !== 'past') return [];
  const course = entry.supply === 'acute' ? entry.date : undefined;
  const [start, end] = [entry.period?.start ?? course, entry.period?.end];
  return [start && dayOf(start), end && dayOf(end)];
}

function statementOf(medicine: Coded): MedicationEntry['statement'] {
  return absenceIn(medicine) ?? (saysNone(medicine, /\b(medic(ation|ine)s?|drugs?)\b/) ? 'none-known' : 'medicine');
}

function stateOf(
  resource: Resource,
  byStatus: EntryState,
  statement: MedicationEntry['statement'],
  period: Period | undefined,
): EntryState {
  if (byStatus === 'in-error') return 'in-error';
  if (statement !== 'medicine') return statement === 'none-known' ? 'negated' : 'unknown';
  // doNotPerform turns the request into its opposite (FHIR R4 MedicationRequest.doNotPerform, a modifier; safety H08).
  if (resource['doNotPerform'] === true) return byStatus === 'past' ? 'past' : 'negated';
  if (byStatus === 'current' && intentClass(readCode(resource['intent'])) !== 'use') return 'planned';
  return standing(byStatus, period, resource);
}

/** Whether the intent says that the medicine is to be taken: a plan in general practice is the authorised repeat. */
function intentClass(intent: string | undefined): string {
  return intent === 'proposal' || intent === 'option' ? intent : 'use';
}

function cautionsOf(
  medicine: Medicine,
  status: string | undefined,
  contradictory: boolean,
  denied: boolean,
): readonly Caution[] {
  const coded = codedCautions(medicine.coded);
  return [
    ...coded,
    ...(contradictory && !coded.includes('text-differs') ? ['text-differs' as const] : []),
    ...(medicine.doubtful || denied ? ['source-unclear' as const] : []),
    ...(status === 'cancelled' ? ['cancelled' as const] : []),
  ];
}

/** When it was started, prescribed or handed over; failing that, when it was asserted, and said to be so. */
function datesOf(resource: Resource, period: Period | undefined): { date?: RecordedDate; dateIs?: 'recorded' } {
  const handed = readDate(resource['whenHandedOver']) ?? readDate(resource['whenPrepared']);
  const date = readTiming(resource, 'effective') ?? period?.start ?? readDate(resource['authoredOn']) ?? handed;
  if (date) return { date };
  const asserted = readDate(resource['dateAsserted']);
  return asserted ? { date: asserted, dateIs: 'recorded' } : {};
}

function readReasons(resource: Resource, context: ReadContext): readonly string[] {
  const coded = asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []);
  return [...new Set([...coded, ...readReferenceNames(resource['reasonReference'], context, resource)])];
}

/** Current, then status not known (an open question), planned, past, and "do not give" beside the current ones. */
function rank(entry: MedicationEntry): number {
  if (entry.statement !== 'medicine') return 5;
  return { current: 0, negated: 1, unknown: 2, planned: 3, past: 4, 'in-error': 6 }[entry.state];
}
