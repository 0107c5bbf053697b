import type { HostLook } from '../../plugins/host-look.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Json } from '../../src/record/resource.ts';

declare const finished: unique symbol;
declare const ofTeam: unique symbol;

/**
 * What a finished and verified launch proved: who asks, from where, about whom. Only `smart/finish.ts` makes one.
 * Identity attributes come from the EPR (id_token, fhirUser, Patient), never from the browser.
 */
export type LaunchContext = {
  readonly [finished]: true;
  readonly launchId: string;
  readonly home: { readonly ods: OdsCode; readonly iss: string };
  readonly user: {
    /** One person, one key, from whichever EPR they came (`identity/acting-user.ts`); `iss|sub` where nothing more is known. */
    readonly key: string;
    readonly name: string;
    /** The national identifier the EPR's Practitioner carries (SDS user id), when it does. */
    readonly sdsUserId?: string;
    /** The signed-in role profile (CIS2 `selected_roleid`), when the EPR says it. */
    readonly sdsRoleProfileId?: string;
    /** Registration with a professional regulator (GMC, NMC …), when the Practitioner carries it. */
    readonly professionalId?: { readonly system: string; readonly value: string };
  };
  /** A role of the community file. */
  readonly role: string;
  readonly patient: Patient;
  /** The Patient's id at the home EPR. */
  readonly homePatientId: string;
  readonly encounterId?: string;
  /** Units of the open encounter, in small letters, as the home EPR's Encounter names them. */
  readonly units?: readonly string[];
  /** What the home EPR's Patient says of this organisation's care for them, besides the open encounter. */
  readonly careEvidence?: 'registration' | 'referral';
  readonly needPatientBanner: boolean;
  readonly intent?: string;
  /** How surely the EPR knows its user (OpenID Connect `acr`, `amr`; CIS2 assurance level). */
  readonly assurance?: { readonly acr?: string; readonly aal?: string; readonly amr?: readonly string[] };
  /** Of each field, where it was learnt: `id_token`, `Practitioner`, `PractitionerRole`, `Patient`, `trace`, `configuration`. */
  readonly evidence?: { readonly [field: string]: string };
  readonly consentRefs?: readonly string[];
  /** The host plugin of this launch's page; without one the launch is bound by time alone. */
  readonly host?: PageHost;
  /** The EPR's own look, as far as the page takes it over. */
  readonly look?: HostLook;
};

/**
 * What a launch from an EPR's home page proved: who asks and from where, and that no chart is open. It opens a team's list
 * and nothing else: there is nobody in it whose record could be asked for. Only `smart` makes one.
 */
export type TeamContext = Pick<
  LaunchContext,
  'launchId' | 'home' | 'user' | 'role' | 'assurance' | 'evidence' | 'host' | 'look'
> & { readonly [ofTeam]: true };

/** What the page is told of the host around it (`plugins/plugin.ts`, HostFace). */
export type PageHost = {
  readonly plugin: string;
  readonly settings: Json;
  /** Origins that may speak to the page. */
  readonly origins: readonly string[];
};

/** A launch that is proven but for whom it is about. */
export type LaunchDraft = Omit<LaunchContext, typeof finished | 'patient'>;
