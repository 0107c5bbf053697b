import type { OdsCode } from '../../src/record/source.ts';
import type { Patient } from '../../src/record/patient.ts';

declare const finished: unique symbol;

/**
 * What a finished and verified launch proved: who asks, from where, about whom. Only `smart/finish.ts` makes one.
 * Identity attributes come from the EPR (id_token, fhirUser, Patient), never from the browser.
 */
export type LaunchContext = {
  readonly [finished]: true;
  readonly launchId: string;
  readonly home: { readonly ods: OdsCode; readonly iss: string };
  readonly user: {
    /** `iss|sub`: unique across the community. */
    readonly key: string;
    readonly name: string;
    /** The national identifier the EPR's Practitioner carries (SDS user id), when it does. */
    readonly sdsUserId?: string;
  };
  /** A role of the community file. */
  readonly role: string;
  readonly patient: Patient;
  /** The Patient's id at the home EPR. */
  readonly homePatientId: string;
  readonly encounterId?: string;
  /** What the home EPR's Patient says of this organisation's care for them, besides the open encounter. */
  readonly careEvidence?: 'registration' | 'referral';
  readonly needPatientBanner: boolean;
  readonly intent?: string;
};
