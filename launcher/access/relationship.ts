import type { LaunchContext } from '../smart/launch-context.ts';
import type { Relationship } from './cell.ts';

/**
 * Why this reader may say that this person is theirs to care for. Only what the home EPR itself said counts: an open
 * encounter, then a registration with this organisation, then a referral to it. A chart that is merely open is the
 * reader's own claim: the policy may allow it, and by default the privacy officer is told.
 */
export function relationshipOf({
  encounterId,
  careEvidence,
}: Pick<LaunchContext, 'encounterId' | 'careEvidence'>): Relationship {
  if (encounterId !== undefined) return 'encounter';
  return careEvidence ?? 'self-claimed';
}
