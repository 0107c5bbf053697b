import { readCode } from './fhir/coding.ts';
import { asObjects, type Resource } from './resource.ts';
import {
  AD_CONSENT_CATEGORIES,
  ATTEMPT_CPR,
  DO_NOT_ATTEMPT_CPR,
  RESUSCITATION_STATUS,
} from './sections/end-of-life-codes.ts';

/** Types that are a part of other statements: they give names, products and places, and are no statement themselves. */
export const PARTS: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Medication',
  'Specimen',
  'Binary',
  'ResearchStudy',
]);

/**
 * Why a resource that is no part of a statement has no line of its own and is not counted as unread either.
 * `instrument`: what something was measured with; nobody has it in or on them.
 * `consent-to-sharing`: who may see a record, not care; the launcher's policy reads it.
 * `list`: it orders statements, and they come by themselves. Where one holds statements too (GP Connect), its plugin
 * takes them out first.
 * `provenance`: who wrote what; each statement names its own author and source.
 * `blank-form`: the questions; their answers are read.
 * `address`: where a computer listens.
 */
type IgnoredRule = 'instrument' | 'consent-to-sharing' | 'list' | 'provenance' | 'blank-form' | 'address';

const IGNORED: { readonly [rule in IgnoredRule]: (resource: Resource) => boolean } = {
  instrument: isInstrument,
  'consent-to-sharing': isAboutSharing,
  list: ({ resourceType }) => resourceType === 'List',
  provenance: ({ resourceType }) => resourceType === 'Provenance',
  'blank-form': ({ resourceType }) => resourceType === 'Questionnaire',
  address: ({ resourceType }) => resourceType === 'Endpoint',
};

const RULES = Object.keys(IGNORED) as readonly IgnoredRule[];

/** Why this resource may end without an entry. `undefined`: it may not; it is read, or counted and shown as unread. */
export function silenceOf(resource: Resource): 'part' | IgnoredRule | undefined {
  return PARTS.has(resource.resourceType) ? 'part' : RULES.find((rule) => IGNORED[rule](resource));
}

export function isInstrument(resource: Resource): boolean {
  return resource.resourceType === 'Device' && resource['patient'] === undefined;
}

/** A decision about treatment that is filed as one about privacy decides all the same, so its category is asked as well. */
export function isAboutSharing({ resourceType, scope, category }: Resource): boolean {
  if (resourceType !== 'Consent' || readCode(scope) !== 'patient-privacy') return false;
  return !asObjects(category).some((one) => DECISIONS.has(readCode(one)));
}

const DECISIONS: ReadonlySet<string | undefined> = new Set([
  ...AD_CONSENT_CATEGORIES,
  ...DO_NOT_ATTEMPT_CPR,
  ...ATTEMPT_CPR,
  RESUSCITATION_STATUS,
]);
