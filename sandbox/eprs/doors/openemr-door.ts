import { createHmac, randomBytes } from 'node:crypto';
import type { Door, DoorOptions } from './door.ts';
import { patientFacts } from './patient-facts.ts';

/**
 * A pretend OpenEMR: the page plays the window around its tabs, with the module's own scripts (`plugins/openemr`). The
 * proof that the card carries is made for its patient and for no other, as the module's CSRF token is.
 */
export function openemrDoor({ origin }: DoorOptions): Door {
  const secret = randomBytes(32);
  const proofFor = (patientId: string): string => createHmac('sha256', secret).update(patientId).digest('base64url');
  return {
    id: 'openemr',
    host: 'openemr',
    plugins: () => ({ openemr: { origin } }),
    // The card’s own form makes the launch, from the tab that the module opens.
    open: (_chart, { place }) => Promise.resolve(place === 'frame' ? { url: 'about:blank' } : undefined),
    answer: (question, { patientId }, { patient, body }) => {
      if (question === 'card') {
        const { family, birthDate } = patientFacts(patient) ?? {};
        return Promise.resolve({
          proof: proofFor(patientId),
          patient: patientId,
          ...(family !== undefined && { family }),
          ...(birthDate !== undefined && { born: birthDate }),
        });
      }
      return Promise.resolve(
        question === 'proven' && body['proof'] === proofFor(patientId) ? { proven: true } : undefined,
      );
    },
  };
}
