import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';
import type { LaunchContext } from './launch-context.ts';

/**
 * Whether the home EPR's own Patient says that they are registered with this organisation: as their practice, which has
 * a list of the people it cares for. An EPR that merely holds a chart (`managingOrganization`) says nothing of care.
 */
export function careEvidenceOf(resource: Resource, ods: string): LaunchContext['careEvidence'] {
  const practices = asObjects(resource['generalPractitioner']);
  const registered = practices.some((practice) => asString(asObject(practice['identifier'])?.['value']) === ods);
  return registered ? 'registration' : undefined;
}
