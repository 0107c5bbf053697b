import type { Reading } from '../entry.ts';
import { normaliseWords, readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readPeriod, readTiming, type Period } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { read, unreadable } from '../fhir/statement.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { keyOfParts } from './key-of-parts.ts';
import { readCareParts, SERVICE_STATES, type CareParts } from './service-entry.ts';
import { isSupportReason } from './which-section.ts';

/**
 * Primary support reason (PRSB Local Authority information: reason, active, start and end), from a Condition or an
 * Observation. Must have: the reason. It is why the council supports this person, in the council's own list, and no
 * diagnosis; no window, for the ended ones wait behind their button.
 */
export type SupportReasonEntry = CareParts & {
  readonly section: 'support-reason';
  /** The source says whether it is the main one; left out where it does not say. */
  readonly primary?: boolean;
};

export const supportReason: Section<SupportReasonEntry> = {
  id: 'support-reason',
  heading: 'Primary support reason',
  groupedBy: 'identifier',
  reads: ['Condition', 'Observation'],
  window: null,

  read(resource, context) {
    return isSupportReason(resource) ? readSupportReason(resource, context) : null;
  },

  // The council's own number, with the same reason, weight, standing and dates. Two councils may support for one reason.
  factKey(entry) {
    if (entry.businessId === undefined) return entry.id;
    return keyOfParts(
      entry.businessId,
      entry.state,
      normaliseWords(entry.title),
      entry.primary,
      entry.date,
      entry.period?.end,
    );
  },

  // The reason is chosen anew at each review, and a later one beside an earlier one is no disagreement.
  conflicts() {
    return [];
  },

  // The main one that stands, then the others that stand, then the ended.
  compare(a, b) {
    return rankOf(a.entries[0]) - rankOf(b.entries[0]);
  },
};

function rankOf(entry: SupportReasonEntry): number {
  const open = entry.state === 'current' ? 0 : entry.state === 'unknown' || entry.state === 'planned' ? 2 : 4;
  return open + (entry.primary ? 0 : 1);
}

const GENERIC = /^primary support reason$/;

function readSupportReason(resource: Resource, context: ReadContext): Reading<SupportReasonEntry> {
  const code = readCoded(resource['code']);
  const reason = readCoded(resource['valueCodeableConcept']) ?? readCoded(resource['valueString']) ?? code;
  if (!reason) return unreadable(resource, context, 'code');
  const parts = readCareParts(resource, context, 'support-reason', reason, readSpan(resource), SERVICE_STATES);
  const heading = GENERIC.test(normaliseWords(code?.text ?? ''));
  const categories = readConcepts(resource['category']).map((category) => category.text);
  const named = heading || categories.some((category) => GENERIC.test(normaliseWords(category)));
  const stated = extensionsNamed(resource, 'Extension-Interweave-SocialCarePrimarySupportReason')[0]?.['valueBoolean'];
  const primary = typeof stated === 'boolean' ? stated : named || undefined;
  const verification = readCode(resource['verificationStatus']);
  return read({
    ...parts,
    socialCare: true,
    // Condition.verificationStatus has the last word over clinicalStatus.
    ...(verification === 'entered-in-error' && { state: 'in-error' as const }),
    ...(verification === 'refuted' && { state: 'negated' as const }),
    cautions: heading && reason === code ? [...new Set([...parts.cautions, 'value-missing' as const])] : parts.cautions,
    categories,
    ...(primary !== undefined && { primary }),
  });
}

function readSpan(resource: Resource): Period | undefined {
  const stated = extensionsNamed(resource, 'Extension-Interweave-SocialCareSupportReasonPeriod')[0]?.['valuePeriod'];
  const start = readTiming(resource, 'onset') ?? readTiming(resource, 'effective');
  const end = readTiming(resource, 'abatement');
  return readPeriod(stated) ?? readPeriod({ start, end });
}
