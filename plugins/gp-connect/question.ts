import { NHS_NUMBER_SYSTEM } from '../../src/record/nhs-number.ts';
import type { Json } from '../../src/record/resource.ts';
import type { Area } from './areas.ts';

/** The Parameters of `$gpc.getstructuredrecord`: the number travels in the body, never in an address. */
export function question(nhsNumber: string, areas: readonly Area[], prescriptionIssues: boolean): Json {
  const parts: { readonly [parameter: string]: Json } = {
    includeAllergies: { part: [{ name: 'includeResolvedAllergies', valueBoolean: true }] },
    includeMedication: { part: [{ name: 'includePrescriptionIssues', valueBoolean: prescriptionIssues }] },
  };
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patientNHSNumber', valueIdentifier: { system: NHS_NUMBER_SYSTEM, value: nhsNumber } },
      ...areas.map(({ parameter }) => ({ name: parameter, ...parts[parameter] })),
    ],
  };
}
