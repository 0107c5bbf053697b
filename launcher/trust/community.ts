import type { OdsCode, OrganisationKind, SourceId } from '../../src/record/source.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { InboxSettings } from '../../plugins/inbox-face.ts';
import type { SourceSettings } from '../../plugins/plugin.ts';

/**
 * The community as the rest of the launcher sees it: parsed once from one YAML file, checked as a whole, frozen.
 * `parse-community.ts` makes it; nothing else does. Every service may import these types (and only types) from here.
 */
export type Community = {
  readonly name: string;
  /** `live` refuses every loud opt-in; `test` is said on screen (safety H38). */
  readonly environment?: 'test' | 'live';
  readonly members: readonly Member[];
  /** Named agreements: who may ask whom, for which purpose. No pathway, no asking. */
  readonly pathways: readonly Pathway[];
  /** Sections each role may see. A role that is not here sees nothing. */
  readonly roles: readonly Role[];
  /** Exact match of a canonicalised `iss` (smart.md 1.2), or undefined. */
  memberByIss(iss: string): LaunchMember | undefined;
  /** Who is asked: everybody who may be (default), or of those who push pointers only the ones that named the person. */
  readonly locator?: 'all' | 'pointers';
  /** A demographics service in which a person without an NHS number is looked for. Left out: such a launch is refused. */
  readonly trace?: TraceService;
  member(ods: OdsCode): Member | undefined;
  source(id: SourceId): CommunitySource | undefined;
  /** All sources of all members, in file order. */
  readonly sources: readonly CommunitySource[];
  /** Policy files and the day each comes into force, oldest first. Left out: the policy that comes with the launcher. */
  readonly policies?: readonly PolicyFile[];
  /** Residents the simulator may be asked about besides its own. A live community has none. */
  readonly examples?: readonly ExampleResident[];
  /** Who must take on which transition of care, and until when. Left out: no source is watched and nothing is handed over. */
  readonly handovers?: HandoverAgreement;
};

export type HandoverAgreement = {
  /** How long a team is told of a resident after it was last shown to care for them. */
  readonly subscriptionDays: number;
  /** Whose list a transition is on that nobody owns after so many hours. */
  readonly lead: { readonly address: string; readonly afterHours: number; readonly hours: HoursCounted };
  readonly rules: readonly HandoverRule[];
  /** When somebody is there to acknowledge anything, for rules that count working hours. */
  readonly openingTimes?: OpeningTimes;
};

/** How hours are counted: by the clock, night and day, or within the opening times. */
export type HoursCounted = 'clock' | 'working';

export type OpeningTimes = {
  /** Of the time zone database. */
  readonly zone: string;
  /** From and to, as HH:MM of the zone's clock. A day left out is closed. */
  readonly days: {
    readonly [day in 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun']?: readonly [string, string];
  };
  /** Days on which nobody is there besides, YYYY-MM-DD: bank holidays. */
  readonly closed: readonly string[];
};

export type HandoverRule = {
  readonly id: string;
  readonly kinds: readonly ('admission' | 'discharge' | 'transfer' | 'step-down' | 'conveyance' | 'attendance')[];
  /** Kinds of organisations it comes from. Left out: any. */
  readonly from?: readonly OrganisationKind[];
  readonly to: readonly HandoverTo[];
  readonly withinHours: number;
  readonly hours: HoursCounted;
};

/** The registered practice's team; a team at each organisation of these kinds that is told of the resident; one team. */
export type HandoverTo =
  | { readonly practice: string }
  | { readonly involved: readonly OrganisationKind[]; readonly team: string }
  | { readonly address: string };

/** An imagined resident, by the name under which the simulator knows them. */
export type ExampleResident = {
  readonly id: string;
  readonly about: string;
  readonly consent: 'silent' | 'permit' | 'deny' | 'deny-always';
  /** Of an item of theirs: R, V, HIV, PSY … */
  readonly labels: readonly string[];
  /** Their whereabouts must not be shown. */
  readonly restricted: boolean;
};

/** One version of the community's policy (`launcher/access/policies`). */
export type PolicyFile = {
  /** Path as written in the community file; relative to it. */
  readonly file: string;
  readonly version: string;
  /** First day it counts, YYYY-MM-DD. Left out: always. */
  readonly from?: string;
};

export type TraceService = {
  /** FHIR base, as of the Personal Demographics Service. */
  readonly base: string;
  readonly search: 'get' | 'post';
  /** Ask it at every launch whether the number was superseded and whether the person is restricted. */
  readonly checksNumbers?: boolean;
  readonly authorisation: Extract<SourceAuthorisation, { profile: 'nhsd-headers' | 'none' }>;
  readonly deadlineMs: number;
};

export type Member = {
  readonly ods: OdsCode;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** Absent for members that only contribute, or are known but not connected. */
  readonly launch?: LaunchSettings;
  readonly sources: readonly CommunitySource[];
  /** Settings of plugins by id, as their schemas read them. Left out: none. */
  readonly plugins?: { readonly [id: string]: object };
  /** Origins beyond `launch.frameAncestors` that its plugins let frame our pages. */
  readonly pluginAncestors?: readonly string[];
  /** Plugins whose page looks at its frame itself: launches with such a host send no list of ancestors. */
  readonly uncheckedAncestors?: readonly string[];
  /** Its EPR reads and writes messages at /fhir as this Backend Services client, with a key of this set. Left out: it can't. */
  readonly client?: FhirClient;
  /** Who can be written to here. Left out: nobody. */
  readonly teams?: readonly Team[];
  /** What this organisation holds back from everybody else, by its own decision. Left out: nothing. */
  readonly release?: Release;
};

export type FhirClient = { readonly id: string; readonly jwksUri: string };

/** A team or role that messages and handovers are addressed to, as `ods/id`. */
export type Team = {
  readonly id: string;
  /** "Duty doctor". */
  readonly name: string;
  /** What it takes in, for the address book. */
  readonly takes?: string;
  /** Roles of the community whose holders, at this organisation, belong to the team. */
  readonly roles: readonly string[];
  /** Until when a message is to be answered that names no time itself. */
  readonly deadlineHours: { readonly urgent: number; readonly routine: number };
  /** `ods/id` of the team that gets what this one left unanswered. Left out: nobody does, and it stays overdue. */
  readonly escalatesTo?: string;
  /** The source of this organisation whose EPR takes messages in. Left out: the team reads them in Corridor alone. */
  readonly inbox?: SourceId;
  /** Its HealthcareService at a source of this organisation, which says when it takes anything. Left out: nobody is asked. */
  readonly service?: TeamServiceReference;
};

/** By its id there, or by an identifier (`system|value`): one of the two. */
export type TeamServiceReference = {
  readonly source: SourceId;
  readonly id?: string;
  readonly identifier?: string;
};

export type Release = { readonly withhold: readonly HeldBack[] };

/** Everything that matches all that is said here. */
export type HeldBack = {
  readonly sections?: readonly SectionId[];
  /** Names or codes of units and services, in any case. */
  readonly units?: readonly string[];
  /** `system|code` of the item's category or type. */
  readonly categories?: readonly string[];
};

export type LaunchMember = Member & { readonly launch: LaunchSettings };

export type CommunitySource = {
  readonly id: SourceId;
  readonly ods: OdsCode;
  /** The plugin that reads it, by id. */
  readonly plugin: string;
  readonly settings: SourceSettings;
  readonly authorisation: SourceAuthorisation;
  readonly deadlineMs: number;
  /** The sections this source has to give; it is asked for no other. Left out: whatever it supports. */
  readonly offers?: readonly SectionId[];
  /** This source keeps people's objections (FHIR Consent): it is asked for them before anyone is asked for anything else. */
  readonly keepsObjections?: boolean;
  /** This source pushes the pointers of everybody it knows (POST /locator), proven with a key of this set. */
  readonly pointers?: { readonly jwksUri: string };
  /** Its EPR takes messages in. Left out: what is written to its teams is read in Corridor alone. */
  readonly inbox?: CommunityInbox;
  /** How it is learnt that something has happened there. Left out: it is not, and it is asked only by a reader. */
  readonly notices?: NoticeRoute;
};

/** `polling`: asked what has changed. `subscription`: it tells by itself, under FHIR topics, signed by a key of this set. */
export type NoticeRoute =
  | { readonly by: 'polling' }
  | { readonly by: 'subscription'; readonly topics: readonly string[]; readonly jwksUri?: string };

/** How messages reach this source's EPR, and how it says what became of them. */
export type CommunityInbox = {
  /** Plugin with an inbox face, by id. */
  readonly plugin: string;
  readonly settings: InboxSettings;
  /** The source's own, with the scopes that handing over needs. */
  readonly authorisation: SourceAuthorisation;
  readonly deadlineMs: number;
  /** It acknowledges later, proven with a key of this set. Left out: only what it says at once counts. */
  readonly acknowledgements?: { readonly jwksUri: string };
};

/** How the launcher proves itself to a source, and says for whom it asks (smart.md 3.2). */
export type SourceAuthorisation =
  /** P1: SMART Backend Services whose assertion names the acting user (UDAP hl7-b2b, IHE IUA). */
  | (TokenAuthorisation & { readonly profile: 'smart-b2b'; readonly scopes: string })
  /** P2: our signed word for the user is exchanged for the source's own token (RFC 8693). */
  | (TokenAuthorisation & { readonly profile: 'token-exchange'; readonly scopes: string })
  /** P3: GP Connect over the spine: an unsigned JWT and Ssp headers on each request; the proof is mutual TLS. */
  | {
      readonly profile: 'gpconnect';
      readonly fromAsid: string;
      readonly toAsid: string;
      /** Loud opt-in, refused in a live community: the launcher has no client certificate of its own to prove itself by. */
      readonly allowUnsignedJwt: true;
      readonly allowLoopbackHttp: boolean;
    }
  /** P4: NHS England's API platform: the application's token, the user's organisation in headers. */
  | (TokenAuthorisation & { readonly profile: 'nhsd-headers' })
  | { readonly profile: 'none'; readonly allowLoopbackHttp?: boolean };

type TokenAuthorisation = {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly allowLoopbackHttp: boolean;
  /** Also a signed `X-Acting-Context` on each request, with the patient's number or a hash of it. */
  readonly actingContextHeader?: 'number' | 'hash' | undefined;
};

export type LaunchSettings = {
  /** Plugin with a launch face, by id. */
  readonly plugin: string;
  /** Exactly as configured: used for discovery and as `aud`. */
  readonly iss: string;
  readonly issuers: readonly string[];
  readonly clientId: string;
  readonly clientAuthentication: 'private_key_jwt' | 'client_secret_basic' | 'public';
  readonly allowedOrigins: readonly string[];
  readonly frameAncestors: readonly string[];
  readonly nonce: 'required' | 'if-present';
  /** Loud opt-in: the authorisation server may be on loopback http. Refused in production. */
  readonly allowLoopbackHttp: boolean;
  /** When set, the token's `tenant` must say the same (SMART 2.2). */
  readonly tenant?: string;
  /** Ask the EPR for the open encounter and for open referrals, as evidence of care. Left out: only what the launch says. */
  readonly readsCare?: boolean;
  /** Plugin with a host face that the page speaks to. Left out: the launch plugin's own, if it has one. */
  readonly host?: string;
  /** A launch with no chart open shows its user the list of their teams. Left out: it is refused. */
  readonly withoutPatient?: 'inbox';
  /** The EPR's role code (`system|code` or a bare code) to a role of the community. Unmapped is refused. */
  readonly roleMap: { readonly [code: string]: string };
};

export type Pathway = {
  readonly id: string;
  readonly name: string;
  readonly purpose: 'direct-care';
  readonly askers: readonly OdsCode[];
  readonly givers: readonly OdsCode[];
  readonly from?: string;
  readonly to?: string;
};

export type Role = {
  readonly id: string;
  readonly name: string;
  readonly sections: readonly SectionId[];
  /** Security label codes (HL7 v3 Confidentiality) this role is cleared for; anything above is withheld. */
  readonly clearance: 'N' | 'R' | 'V';
  /** Whether this role may break the glass. Left out: no. */
  readonly emergency?: boolean;
};
