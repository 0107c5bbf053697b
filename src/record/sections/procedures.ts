import { conceptNames } from '../concept-names.ts';
import type { Caution, Entry, EntryState } from '../entry.ts';
import { absenceIn, saysNone } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { dayOf, readPeriod, readTiming } from '../fhir/date.ts';
import { saysNotDone } from '../fhir/not-done.ts';
import { readDecimal } from '../fhir/quantity.ts';
import { readReferenceName, readReferenceNames } from '../fhir/reference.ts';
import { cautionsBy, codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { PROCEDURE_TERMS } from '../known-terms.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';

/**
 * Procedures and therapies (PRSB CIS; IPS 47519-4; UKCore-Procedure). Must have: what was done.
 * No window: a splenectomy of forty years ago decides what is given today.
 */
export type ProcedureEntry = Entry & {
  readonly section: 'procedures';
  readonly statement: 'procedure' | 'none-known' | 'not-asked';
  readonly category?: string;
  readonly bodySites: readonly string[];
  readonly outcome?: string;
  readonly complications: readonly string[];
  readonly performers: readonly string[];
  readonly location?: string;
  readonly reasons: readonly string[];
  /** Why it was not done, or was stopped. */
  readonly statusReason?: string;
  /** When, where the source gives words or an age and no date. */
  readonly performedText?: string;
};

/** FHIR R4 event-status. `on-hold` is left unknown: begun or not, the word does not say. */
const STATES: { readonly [status: string]: EntryState } = {
  preparation: 'planned',
  'in-progress': 'current',
  'not-done': 'negated',
  stopped: 'past',
  completed: 'past',
  'entered-in-error': 'in-error',
};
/** Stopped: it began and was not finished, which is not the same as done. */
const CAUTIONS: { readonly [status: string]: Caution } = { stopped: 'cancelled' };

export const procedures: Section<ProcedureEntry> = {
  id: 'procedures',
  heading: 'Procedures and therapies',
  groupedBy: 'concept',
  reads: ['Procedure'],
  window: null,

  read(resource, context) {
    const procedure = readCoded(resource['code']);
    if (!procedure) return unreadable(resource, context, 'code');
    const status = readCode(resource['status']);
    const statement = statementOf(procedure);
    return read({
      ...readStatement(resource, context, 'procedures', [...codedCautions(procedure), ...cautionsBy(status, CAUTIONS)]),
      section: 'procedures',
      title: procedure.text,
      code: procedure,
      state: stateOf(stateBy(status, STATES), statement, procedure),
      ...optional('statusAsRecorded', status),
      ...optional('date', readTiming(resource, 'performed')),
      ...optional('period', readPeriod(resource['performedPeriod'])),
      statement,
      ...optional('category', readCoded(resource['category'])?.text),
      bodySites: asObjects(resource['bodySite']).flatMap((site) => readCoded(site)?.text ?? []),
      ...optional('outcome', readCoded(resource['outcome'])?.text),
      complications: asObjects(resource['complication']).flatMap((item) => readCoded(item)?.text ?? []),
      performers: readPerformers(resource, context),
      ...optional('location', readReferenceName(resource['location'], context, resource)),
      reasons: readReasons(resource, context),
      ...optional('statusReason', readCoded(resource['statusReason'])?.text),
      ...optional('performedText', readLooseTime(resource)),
    });
  },

  // The same procedure, at the same place in the body, on the same day, in the same standing. One without a date joins
  // none: "hip replacement" twice may be two hips. A date that is only a year joins only the same year so recorded. A
  // record without the place, the last day or the outcome is of the one that the others tell, while they tell only one.
  identity(entry) {
    const when = entry.date ? dayOf(entry.date) : (entry.performedText ?? entry.id);
    const sites = entry.bodySites.map(normaliseWords).sort().join(',');
    const end = entry.period?.end && dayOf(entry.period.end);
    return {
      base: keyOfParts(entry.statement, entry.state, entry.statusAsRecorded, when),
      names: () => conceptNames(entry.code, entry.title, { reason: 'concept', terms: PROCEDURE_TERMS }),
      details: () => [sites === '' ? undefined : sites, end, entry.outcome && normaliseWords(entry.outcome)],
    };
  },

  factKey(entry) {
    return keyAlone(entry, procedures.identity?.(entry));
  },

  // One source that knows of an operation and another that does not is everyday and no disagreement.
  conflicts() {
    return [];
  },
};

function statementOf(procedure: Coded): ProcedureEntry['statement'] {
  return (
    absenceIn(procedure) ?? (saysNone(procedure, /\b(procedures?|operations?|surgery)\b/) ? 'none-known' : 'procedure')
  );
}

function stateOf(state: EntryState, statement: ProcedureEntry['statement'], procedure: Coded): EntryState {
  if (state === 'in-error') return state;
  if (statement === 'procedure') return saysNotDone(procedure) ? 'negated' : state;
  return statement === 'none-known' ? 'negated' : 'unknown';
}

function readPerformers(resource: Resource, context: ReadContext): readonly string[] {
  return asObjects(resource['performer']).flatMap((performer) => {
    const name = readReferenceName(performer['actor'], context, resource);
    const role = readCoded(performer['function'])?.text;
    return name ? [role ? `${name} (${role})` : name] : [];
  });
}

function readReasons(resource: Resource, context: ReadContext): readonly string[] {
  const coded = asObjects(resource['reasonCode']).flatMap((reason) => readCoded(reason)?.text ?? []);
  return [...new Set([...coded, ...readReferenceNames(resource['reasonReference'], context, resource)])];
}

function readLooseTime(resource: Resource): string | undefined {
  const age = asObject(resource['performedAge']);
  const value = readDecimal(age?.['value']);
  const unit = plainText(age?.['unit']);
  return plainText(resource['performedString']) ?? (value && `aged ${value}${unit ? ` ${unit}` : ''}`);
}
