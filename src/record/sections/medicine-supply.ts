import { readCode } from '../fhir/coding.ts';
import { readDate, type RecordedDate } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { formatQuantity, readQuantity } from '../fhir/quantity.ts';
import { plainText } from '../fhir/text.ts';
import { asObject, asObjects, type Resource } from '../resource.ts';

/** How a medicine is supplied, in the terms of UK Core; where more than one is said, the one that tells most. */
export type Supply = 'repeat' | 'acute' | 'repeat-dispensing' | 'discharge' | 'inpatient' | 'outpatient';

export function readSupply(resource: Resource): Supply | undefined {
  const words = [
    ...extensionsNamed(resource, 'UKCore-PrescriptionType', 'CareConnect-GPC-PrescriptionType-1', 'PrescriptionType'),
  ].flatMap((extension) => readCode(extension['valueCodeableConcept']) ?? []);
  if (words.some((word) => word.includes('repeat-dispensing'))) return 'repeat-dispensing';
  const categories = asObjects(resource['category']).flatMap((category) => readCode(category) ?? []);
  for (const place of ['discharge', 'inpatient', 'outpatient'] as const) if (categories.includes(place)) return place;
  const course = readCode(resource['courseOfTherapyType']);
  if (course === 'acute' || words.some((word) => word.startsWith('acute'))) return 'acute';
  const repeats = extensionsNamed(
    resource,
    'UKCore-MedicationRepeatInformation',
    'CareConnect-GPC-MedicationRepeatInformation-1',
  );
  return course === 'continuous' || repeats.length > 0 || words.some((word) => word.startsWith('repeat'))
    ? 'repeat'
    : undefined;
}

export function readSupplied(resource: Resource): string | undefined {
  const element = resource['quantity'] ?? asObject(resource['dispenseRequest'])?.['quantity'];
  const quantity = readQuantity(element);
  return quantity ? formatQuantity(quantity) : plainText(asObject(element)?.['unit']);
}

/** MedicationDispense.daysSupply in days; in another unit it is not converted and not used. */
export function readSupplyDays(resource: Resource): number | undefined {
  const supply = readQuantity(resource['daysSupply']);
  const unit = supply?.unitCode ?? supply?.unit;
  const days = Number(supply?.value);
  return supply && !supply.comparator && (unit === undefined || /^d(ays?)?$/i.test(unit)) && days > 0
    ? days
    : undefined;
}

/** When it was last issued or handed over; a repeat is issued again and again. */
export function readLastIssued(resource: Resource): RecordedDate | undefined {
  const [last] = extensionsNamed(
    resource,
    'UKCore-MedicationStatementLastIssueDate',
    'CareConnect-GPC-MedicationStatementLastIssueDate-1',
  );
  const stated = readDate(last?.['valueDateTime']) ?? readDate(last?.['valueDate']);
  if (stated) return stated;
  if (resource.resourceType === 'MedicationDispense') return readDate(resource['whenHandedOver']);
  return undefined;
}
