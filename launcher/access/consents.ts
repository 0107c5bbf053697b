import type { Patient } from '../../src/record/patient.ts';
import type { ConsentStatement } from './consent.ts';
import type { PermittedRequest } from './decision.ts';

/** What is known of a person's wishes at one moment. */
export type KnownConsents = {
  readonly statements: readonly ConsentStatement[];
  /** Every keeper that was to be asked has answered; otherwise what they said last stands for them. */
  readonly known: boolean;
};

export const NOTHING_SAID: KnownConsents = { statements: [], known: true };

/** Where a decision learns what the person has said. `build-services.ts` puts it together. */
export type Consents = {
  /** Asks the sources that keep objections, and the community's own store. The request permits nothing else. */
  ask(request: PermittedRequest): Promise<KnownConsents>;
  /** The store alone, which every keeper's last answer is in too: asked again while a record streams. */
  stored(patient: Patient): Promise<readonly ConsentStatement[]>;
};
