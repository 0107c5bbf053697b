import type { EntryState, Reading } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readPeriod, readTiming, type Period } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { read, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import { readService, SERVICE_STATES, type ServiceEntry } from './service-entry.ts';

const GENERIC = /^primary support reason$/;

/**
 * Primary support reason (PRSB Local Authority information: reason, active, start and end), from a Condition or an
 * Observation. It is why the council supports this person, in the council's own list, and no diagnosis.
 */
export function readSupportReason(resource: Resource, context: ReadContext): Reading<ServiceEntry> {
  const code = readCoded(resource['code']);
  const reason = readCoded(resource['valueCodeableConcept']) ?? readCoded(resource['valueString']) ?? code;
  if (!reason) return unreadable(resource, context, 'code');
  const entry = readService(resource, context, 'support-reason', reason, readSpan(resource), SERVICE_STATES);
  const heading = GENERIC.test(normaliseWords(code?.text ?? ''));
  const categories = readConcepts(resource['category']).map((category) => category.text);
  const named = heading || categories.some((category) => GENERIC.test(normaliseWords(category)));
  const stated = extensionsNamed(resource, 'Extension-Interweave-SocialCarePrimarySupportReason')[0]?.['valueBoolean'];
  const primary = typeof stated === 'boolean' ? stated : named || undefined;
  return read({
    ...entry,
    state: overruled(readCode(resource['verificationStatus'])) ?? entry.state,
    cautions: heading && reason === code ? [...entry.cautions, 'value-missing'] : entry.cautions,
    categories,
    ...(primary !== undefined && { primary }),
  });
}

/** Condition.verificationStatus has the last word over clinicalStatus. */
function overruled(verification: string | undefined): EntryState | undefined {
  if (verification === 'entered-in-error') return 'in-error';
  return verification === 'refuted' ? 'negated' : undefined;
}

function readSpan(resource: Resource): Period | undefined {
  const stated = extensionsNamed(resource, 'Extension-Interweave-SocialCareSupportReasonPeriod')[0]?.['valuePeriod'];
  const start = readTiming(resource, 'onset') ?? readTiming(resource, 'effective');
  const end = readTiming(resource, 'abatement');
  return readPeriod(stated) ?? readPeriod({ start, end });
}
