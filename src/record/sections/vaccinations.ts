import type { Entry, EntryState } from '../entry.ts';
import { absenceIn, saysNone } from '../fhir/absent-unknown.ts';
import { normaliseWords, readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { dayOf, readDate, readTiming, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { saysNotDone } from '../fhir/not-done.ts';
import { formatQuantity, readDecimal, readQuantity } from '../fhir/quantity.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { vaccineNames } from './same-vaccine.ts';

/**
 * Vaccinations (PRSB CIS; IPS 11369-6; UKCore-Immunization). Must have: the vaccine, or the vaccination procedure.
 * "Not done" is a statement in itself, with its reason: it is never listed as a vaccination.
 */
export type VaccinationEntry = Entry & {
  readonly section: 'vaccinations';
  /** `none-known`, `not-asked`: no vaccination, but the word for there being none, or for nobody knowing. */
  readonly statement: 'vaccination' | 'none-known' | 'not-asked';
  /** "Administration of first dose of …": the UK names the act as well as the product. */
  readonly procedure?: string;
  readonly doseNumber?: string;
  readonly doseQuantity?: string;
  readonly diseases: readonly string[];
  readonly site?: string;
  readonly route?: string;
  readonly batch?: string;
  readonly expires?: RecordedDate;
  readonly manufacturer?: string;
  readonly location?: string;
  /** What it is for: travel, an outbreak. Of one that was not given too. */
  readonly reasons: readonly string[];
  /** Why it was not given, whatever its status says of that. */
  readonly whyNotGiven?: string;
  /** The source says this dose was not of full strength: it may not count. */
  readonly subpotent?: true;
  /** False when the source only reports what somebody else said (primarySource). */
  readonly firstHand?: boolean;
  readonly reactions: readonly string[];
  /** A time that is no date: "in childhood". */
  readonly occurrenceText?: string;
};

const STATES: { readonly [status: string]: EntryState } = {
  completed: 'current',
  'not-done': 'negated',
  'entered-in-error': 'in-error',
};

export const vaccinations: Section<VaccinationEntry> = {
  id: 'vaccinations',
  heading: 'Vaccinations',
  groupedBy: 'concept',
  reads: ['Immunization'],
  window: null,

  read(resource, context) {
    const procedure = readCoded(
      extensionsNamed(resource, 'Extension-UKCore-VaccinationProcedure')[0]?.['valueCodeableConcept'],
    );
    const vaccine = readCoded(resource['vaccineCode']) ?? procedure;
    if (!vaccine) return unreadable(resource, context, 'vaccineCode');
    const status = readCode(resource['status']);
    const said = statementOf(vaccine);
    const date = readTiming(resource, 'occurrence');
    const unsound = resource['isSubpotent'] === true ? (['value-unsuitable'] as const) : [];
    const statement = readStatement(resource, context, 'vaccinations', [...codedCautions(vaccine), ...unsound]);
    const occurrence = plainText(resource['occurrenceString']);
    const location = readReferenceName(resource['location'], context, resource);
    const manufacturer = readReferenceName(resource['manufacturer'], context, resource);
    return read({
      ...statement,
      section: 'vaccinations',
      ...(occurrence && { occurrenceText: occurrence }),
      notes: [...(occurrence ? [occurrence] : []), ...statement.notes],
      title: vaccine.text,
      code: vaccine,
      statement: said,
      state: stateOf(stateBy(status, STATES), said, [vaccine, procedure]),
      ...(status && { statusAsRecorded: status }),
      ...(date && { date }),
      ...(procedure && { procedure: procedure.text }),
      ...readDose(resource),
      ...readGiving(resource),
      ...(location && { location }),
      ...(manufacturer && { manufacturer }),
      ...(unsound.length > 0 && { subpotent: true as const }),
      reasons: readConcepts(resource['reasonCode']).map(({ text }) => text),
      ...optional('whyNotGiven', textsOf(resource['statusReason']) || undefined),
      reactions: asObjects(resource['reaction']).flatMap(
        (reaction) => readReferenceName(reaction['detail'], context, resource) ?? [],
      ),
    });
  },

  // One injection told by the practice and by the place that gave it: same product, or same vaccine where one of them gives
  // no code, same whole day, same standing and strength. Another dose, number, batch, site, route or reason keeps them
  // apart; one that leaves such a detail out is of the one that the others tell, while they tell only one.
  identity(entry) {
    const day = entry.date === undefined ? '' : dayOf(entry.date);
    if (day.length < 10) return undefined;
    return {
      base: keyOfParts(entry.statement, day, entry.state, entry.subpotent),
      names: () => vaccineNames(entry),
      details: () => [
        entry.doseNumber,
        ...[entry.doseQuantity, entry.batch, entry.site, entry.route].map((detail) => detail && normaliseWords(detail)),
        entry.reasons.length > 0 ? entry.reasons.map(normaliseWords).sort().join(';') : undefined,
        entry.whyNotGiven && normaliseWords(entry.whyNotGiven),
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, vaccinations.identity?.(entry));
  },

  conflicts() {
    return [];
  },
};

function textsOf(concepts: unknown): string {
  return readConcepts(concepts)
    .map(({ text }) => text)
    .join(', ');
}

function statementOf(vaccine: Coded): VaccinationEntry['statement'] {
  const none = saysNone(vaccine, /\b(vaccin\w+|immuni[sz]ations?)\b/) ? 'none-known' : 'vaccination';
  return absenceIn(vaccine) ?? none;
}

/** "Influenza vaccination declined" is no vaccination, even where its status is completed (safety H08). */
function stateOf(
  state: EntryState,
  statement: VaccinationEntry['statement'],
  named: readonly (Coded | undefined)[],
): EntryState {
  if (state === 'in-error') return state;
  if (statement !== 'vaccination') return statement === 'none-known' ? 'negated' : 'unknown';
  if (named.some(saysNotDone)) return 'negated';
  return state === 'current' && named.some((concept) => concept && NOT_GIVEN_YET.test(concept.text))
    ? 'unknown'
    : state;
}

/** "Flu vaccination invitation sent", under a status that says only that it was sent: whether it was given is not known. */
const NOT_GIVEN_YET = /^consent\b|\b(invit(ed|ation)|reminder|recall|offered|overdue|due(?! to)|eligible|requested)\b/i;

function readDose(resource: Resource): Pick<VaccinationEntry, 'doseNumber' | 'doseQuantity' | 'diseases'> {
  const protocols = asObjects(resource['protocolApplied']);
  const doseNumber = protocols
    .map((protocol) => readDecimal(protocol['doseNumberPositiveInt']) ?? plainText(protocol['doseNumberString']))
    .find((number) => number !== undefined);
  const quantity = readQuantity(resource['doseQuantity']);
  return {
    ...(doseNumber && { doseNumber }),
    ...(quantity && { doseQuantity: formatQuantity(quantity) }),
    diseases: protocols
      .flatMap((protocol) => asObjects(protocol['targetDisease']))
      .flatMap((disease) => readCoded(disease)?.text ?? []),
  };
}

function readGiving(resource: Resource): Pick<VaccinationEntry, 'site' | 'route' | 'batch' | 'expires' | 'firstHand'> {
  const site = readCoded(resource['site'])?.text;
  const route = readCoded(resource['route'])?.text;
  const batch = plainText(resource['lotNumber']);
  const expires = readDate(resource['expirationDate']);
  const firstHand = resource['primarySource'];
  return {
    ...(site && { site }),
    ...(route && { route }),
    ...(batch && { batch }),
    ...(expires && { expires }),
    ...(typeof firstHand === 'boolean' && { firstHand }),
  };
}
