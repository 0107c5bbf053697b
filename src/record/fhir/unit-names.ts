import { asObject, asObjects, asString, type Json, type Resource } from '../resource.ts';

/** Elements that name the unit or service that an item was made in, over the types we read. */
const UNIT_ELEMENTS = [
  'serviceType',
  'serviceProvider',
  'specialty',
  'department',
  'custodian',
  'performerType',
] as const;

/** Names and codes of the units and services that a resource names as where it was made, in small letters. */
export function unitNames(resource: Resource): readonly string[] {
  const wards = resource.resourceType === 'Encounter' ? asObjects(resource['location']) : [];
  return spelt(
    resource,
    wards.filter(({ status }) => status !== 'completed'),
  );
}

/**
 * Every unit that an encounter was in, for what was made in it may have been made in any: wards that were left too. A
 * clinic often says what it is by the type of its encounters.
 */
export function unitsEver(encounter: Resource): readonly string[] {
  return spelt(encounter, [
    ...asObjects(encounter['location']),
    ...asObjects(encounter['type']).map((location) => ({ location })),
  ]);
}

function spelt(resource: Resource, wards: readonly Json[]): readonly string[] {
  const context = asObject(resource['context']);
  const named = [
    ...UNIT_ELEMENTS.map((name) => resource[name]),
    context?.['practiceSetting'],
    context?.['facilityType'],
    ...wards.map(({ location }) => location),
  ];
  const units = named.flatMap((value) => each(value).flatMap((item) => namesOf(item, resource)));
  return [...new Set(units.map((unit) => unit.toLowerCase()))];
}

function each(value: unknown): readonly Json[] {
  return Array.isArray(value) ? asObjects(value) : [asObject(value)].filter((item) => item !== undefined);
}

/** Of a CodeableConcept, a Coding or a Reference, with the name of what it leads to within the resource. */
function namesOf(item: Json, within: Resource): readonly string[] {
  const codings = asString(item['code']) !== undefined ? [item] : asObjects(item['coding']);
  const held = asObjects(within['contained']).filter(({ id }) => `#${String(id)}` === item['reference']);
  const said = [
    item['text'],
    item['display'],
    asObject(item['identifier'])?.['value'],
    ...held.map(({ name }) => name),
  ].map(asString);
  const coded = codings.flatMap((coding) => [asString(coding['display']), asString(coding['code'])]);
  return [...said, ...coded].filter((name) => name !== undefined);
}
