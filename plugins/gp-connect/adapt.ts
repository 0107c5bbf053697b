import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import { gapsOfList, readGaps, type Gaps } from './areas.ts';
import * as clinical from './clinical.ts';
import { adaptElements, renamedType } from './elements.ts';
import * as medicines from './medicines.ts';
import * as results from './results.ts';

/** What came, as R4; what was left out and by which rule; and what the practice says about what is missing. */
export type Adapted = {
  readonly resources: readonly unknown[];
  readonly ignored: readonly Ignored[];
  readonly gaps: Gaps;
};

/** `list-read`: its warnings, its emptiness and what it contains have been taken. `outcome-read`: its issues have. */
export type Ignored = { readonly rule: 'list-read' | 'outcome-read'; readonly resource: Resource };

/** STU3 (GP Connect 1.x) to R4, by type. A type that stands in no row is the same in both, or is nothing we read. */
const BY_TYPE: { readonly [type: string]: (resource: Json) => Json } = {
  Patient: clinical.adaptPatient,
  Condition: clinical.adaptCondition,
  AllergyIntolerance: clinical.adaptAllergy,
  Immunization: clinical.adaptImmunisation,
  Encounter: clinical.adaptEncounter,
  Procedure: clinical.adaptProcedure,
  Location: clinical.adaptPlace,
  RelatedPerson: clinical.adaptRelative,
  FamilyMemberHistory: clinical.adaptFamily,
  QuestionnaireResponse: clinical.adaptAnswers,
  Appointment: clinical.adaptAppointment,
  DocumentReference: clinical.adaptDocument,
  MedicationStatement: medicines.adaptMedicationStatement,
  MedicationRequest: medicines.adaptMedicationRequest,
  MedicationDispense: medicines.adaptMedicationDispense,
  Observation: results.adaptObservation,
  DiagnosticReport: results.adaptReport,
  ProcedureRequest: results.adaptProcedureRequest,
  ReferralRequest: results.adaptReferral,
};

/** Maps an answer. It never throws and drops nothing without a name; what is no resource stays, to be counted as unread. */
export function adaptBundle(bundle: Json, base: string): Adapted {
  const all = (Array.isArray(bundle['entry']) ? bundle['entry'] : []).map(
    (entry: unknown) => asObject(entry)?.['resource'] ?? null,
  );
  const elements = adaptElements(base);
  const known = all.filter(isResource);
  const lists = known.filter(({ resourceType }) => resourceType === 'List');
  const outcomes = known.filter(({ resourceType }) => resourceType === 'OperationOutcome');
  const awaiting = referredFrom(lists.filter((list) => gapsOfList(list).includes('data-awaiting-filing')));
  const resources = all
    .filter((item) => !isResource(item) || !(lists.includes(item) || outcomes.includes(item)))
    .concat(lists.flatMap(containedIn))
    .map((item) => (isResource(item) ? markAwaiting(adaptResource(item, elements), item, awaiting) : item));
  return {
    resources,
    ignored: [
      ...lists.map((resource) => ({ rule: 'list-read' as const, resource })),
      ...outcomes.map((resource) => ({ rule: 'outcome-read' as const, resource })),
    ],
    gaps: readGaps(lists, outcomes),
  };
}

export function adaptResource(resource: Resource, elements: (resource: Json) => Json): Resource {
  const walked = elements(resource);
  const adapted = Object.hasOwn(BY_TYPE, resource.resourceType) ? BY_TYPE[resource.resourceType]?.(walked) : walked;
  const stated = Object.entries(adapted ?? walked).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(stated), resourceType: renamedType(resource.resourceType) };
}

/**
 * Ended allergies are contained in their List and stand nowhere else (GP Connect, AllergyIntolerance). An id inside a
 * List means nothing outside it, so it goes: the record names an id-less resource by its content.
 */
function containedIn(list: Resource): readonly Resource[] {
  const contained = Array.isArray(list['contained']) ? list['contained'].filter(isResource) : [];
  return contained.map((inner) => {
    const { id, ...rest } = inner;
    const others = contained.filter((other) => other !== inner);
    const needsThem = others.some((other) => JSON.stringify(rest).includes(`"#${asString(other.id) ?? ''}"`));
    return { ...rest, resourceType: inner.resourceType, ...(needsThem && { contained: others, id }) };
  });
}

function referredFrom(lists: readonly Resource[]): ReadonlySet<string> {
  const items = lists.flatMap((list) => asObjects(list['entry'])).map((entry) => asObject(entry['item']));
  return new Set(items.flatMap((item) => asString(item?.['reference']) ?? []));
}

/** Sent, but nobody at the practice has looked at it: said beside it in GP Connect's own sense. */
const AWAITING = 'Awaiting filing: not yet reviewed at the practice.';

function markAwaiting(adapted: Resource, original: Resource, awaiting: ReadonlySet<string>): Resource {
  if (!awaiting.has(`${original.resourceType}/${asString(original.id) ?? ''}`)) return adapted;
  const preliminary = adapted.resourceType === 'Observation' && adapted['status'] === 'final';
  return {
    ...adapted,
    note: [{ text: AWAITING }, ...asObjects(adapted['note'])],
    ...(preliminary && { status: 'preliminary' }),
  };
}
