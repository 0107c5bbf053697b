/**
 * What a plugin has proven about a launch that does not come through SMART: a verified link, a vendor's signed
 * assertion, a host's new context. The launcher makes a ticket of it: one use, a minute of life, opaque. Whoever redeems
 * it gets a session for this patient and this user, after the home EPR's own Patient has been read and compared.
 */
export type LaunchTicket = {
  /** The member whose EPR vouches for it. */
  readonly ods: string;
  /** The patient, as a pointer: everything that is said here must agree with what the home EPR holds. */
  readonly patient: {
    readonly nhsNumber: string;
    /** YYYY-MM-DD. Required: a number alone is one slip away from another person. */
    readonly birthDate: string;
    readonly family?: string;
    readonly localId?: string;
  };
  /** Who asks, where the proof carries a verified user; `sign-in`: it does not, and the user signs in at the member's own service first. */
  readonly user: TicketUser | 'sign-in';
  /** How it was proven; audited, and kept with the launch. */
  readonly evidence: 'signed-url' | 'encrypted-url' | 'same-origin-host' | 'fhircast' | 'host-message' | 'mutual-tls';
  readonly encounterId?: string;
  /** Section to begin with, or a word of the member's own. */
  readonly intent?: string;
  readonly needPatientBanner?: boolean;
  /** Host plugin of the page and its settings; left out: the member's own (`launch.host`), or a silent host. */
  readonly host?: { readonly plugin: string; readonly settings: { readonly [name: string]: unknown } };
};

/**
 * Proof of a launch from an EPR's home page, with nobody's chart open: whoever redeems it gets the list of their teams, and
 * no record. A plugin that was told of a patient makes a `LaunchTicket` or none.
 */
export type TeamTicket = Pick<LaunchTicket, 'ods' | 'evidence'> & {
  readonly opens: 'inbox';
  readonly user: TicketUser;
};

export type TicketUser = {
  /** Stable and unique at this member. */
  readonly id: string;
  readonly name: string;
  /** A role of the community file; the plugin has mapped the EPR's own word by its settings. Unmapped is refused. */
  readonly role: string;
  readonly sdsUserId?: string;
  readonly assurance: 'asserted' | 'oidc' | 'smartcard';
  /** Of `PluginSession.user`, handed on as it was given. A plugin makes none of its own. */
  readonly known?: KnownUser;
};

/** A user who has an open session already: who the launcher knows them as, and how surely. */
export type KnownUser = {
  readonly key: string;
  readonly sdsRoleProfileId?: string;
  readonly professionalId?: { readonly system: string; readonly value: string };
  readonly assurance?: { readonly acr?: string; readonly aal?: string; readonly amr?: readonly string[] };
};
