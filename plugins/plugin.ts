import type { Json, Resource } from '../src/record/resource.ts';
import type { HostLook } from './host-look.ts';
import type { InboxFace } from './inbox-face.ts';
import type { PluginManifest } from './manifest.ts';
import type { RouterFace } from './router-face.ts';

/**
 * The contract between the launcher and an EPR mechanism (docs/plugins.md). Every face is optional: a plugin opens the
 * shared record from its EPR (`launch`), reads its EPR for the record (`source`), answers at addresses of its own
 * (`router`), says what its page needs to know of the host (`host`), follows a launch (`follow`), leads to an item in
 * its EPR (`openChart`), and hands messages to it (`inbox`). It never reaches the network on its own: the launcher
 * hands it a way out that is bound to the addresses the community file allows.
 */
export type EprPlugin = {
  readonly id: string;
  readonly name: string;
  /** Every built-in plugin has one; the shared suite holds it to that. */
  readonly manifest?: PluginManifest;
  readonly launch?: LaunchFace;
  readonly source?: SourceFace;
  readonly router?: RouterFace;
  readonly host?: HostFace;
  readonly follow?: FollowFace;
  readonly openChart?: OpenChartFace;
  readonly inbox?: InboxFace;
  readonly links?: LinkFace;
};

// ---------------------------------------------------------------------------------------------- host, follow, openChart

/** The server's word to the browser half (`host-port.ts`) of the same plugin. */
export type HostFace = {
  /**
   * What the page of this launch is told: no secret, no token, no patient. `undefined`: this launch has no such host, and
   * is bound by time alone.
   */
  pageSettings(launch: HostLaunch): Json | undefined;
};

export type HostLaunch = {
  /** The organisation's settings of this plugin, as its schema read them; `undefined` when it has none. */
  readonly settings: unknown;
  readonly frameAncestors: readonly string[];
  /** A SMART launch's answer; absent when the launch came by a ticket. */
  readonly answer?: LaunchAnswer;
};

/** Told of finished SMART launches that name this plugin, and of their end: to follow the EPR's context at the server. */
export type FollowFace = {
  /** Must not delay the launch: what takes longer than a moment goes on by itself until `signal` aborts. */
  launched(launch: FollowedLaunch, signal: AbortSignal): Promise<void>;
  /** The session of this launch is over: unsubscribe, forget. */
  ended(launchId: string): Promise<void>;
};

export type FollowedLaunch = {
  readonly launchId: string;
  readonly ods: string;
  readonly settings: unknown;
  readonly answer: LaunchAnswer;
  /** The user's token at the EPR. In memory only, and never in a log. */
  readonly accessToken: string;
  readonly patientId: string;
  /**
   * Keeps it for the page of this launch, whichever launcher that reaches: `RouterTools.take` of `launch:<launchId>`. Sealed,
   * for a page that comes soon.
   */
  keep?(what: Json): Promise<void>;
};

export type OpenChartFace = {
  /** The address at the source's own EPR that leads to this item through its own sign-in; `undefined` when there is none. */
  address(item: ChartItem, settings: SourceSettings): string | undefined;
};

/** Ids at the source; nothing of the patient but the id the source gave them. */
export type ChartItem = { readonly patientId: string; readonly type: string; readonly id: string };

/** Makes what the EPR will make, for integration teams and tests: links and keys (`corridor link`). It never runs in the launcher. */
export type LinkFace = {
  /** Kinds of link there are keys for. */
  readonly profiles: readonly string[];
  /** A link of these settings, as the EPR would make it. Throws `PluginTrouble` with words on what is missing. */
  make(order: LinkOrder): MadeLink;
  /** What each side writes down: `settings` goes into the community file, `secret` stays with who makes the links. */
  makeKeys(profile: string): { readonly settings: Json; readonly secret: Json };
};

export type LinkOrder = {
  readonly settings: unknown;
  readonly ods: string;
  /** Which of the member's links; left out: the first. */
  readonly link?: string;
  /** `https://launcher`. */
  readonly launcherUrl: string;
  readonly nowMs: number;
  readonly patient: { readonly nhsNumber: string; readonly birthDate: string; readonly family?: string };
  readonly user?: { readonly id: string; readonly name: string; readonly role: string };
  /** The EPR's private key as a JSON Web Key, where links are signed with one. */
  readonly key?: Json;
};

/** `form`: to be posted there, by a page or a server; left out, the address is opened as it is. */
export type MadeLink = { readonly address: string; readonly form?: Json; readonly document?: string };

// ---------------------------------------------------------------------------------------------- launch

/** How an EPR's SMART launch differs from the standard. It maps; the launcher does the OAuth (`launcher/smart`). */
export type LaunchFace = {
  readonly kind: 'smart';
  /** Scopes to ask for, given what the authorisation server says it supports. */
  scopes(supported: readonly string[] | undefined, settings?: unknown): readonly string[];
  /** Parameters of this EPR's own on the way to its sign-in; none of the standard's may be replaced. */
  authoriseParameters?(settings: unknown): { readonly [name: string]: string };
  /** How its authorisation server wants to be spoken to, where it is not as most do. Left out: as most. */
  manner?(settings: unknown): LaunchManner;
  /** Whether a launch may begin at the launcher's own address, the patient picked at the EPR's server. Left out: never. */
  standalone?(settings: unknown): boolean;
  /** Where this EPR keeps its look, and what of it the page takes over. The launcher fetches it, within its limits. */
  readonly style?: { address(answer: LaunchAnswer): string | undefined; look(style: Json): HostLook };
  /** Where this EPR puts the launch context. Values are untrusted and are validated by the launcher afterwards. */
  readContext(answer: LaunchAnswer, settings?: unknown): LaunchFacts;
};

export type LaunchManner = {
  /** The way to its sign-in is a form even where it does not say so (SMART 2.2 `authorize-post`). */
  readonly authorisePost?: boolean;
  /** How id and secret are written for Basic; `form` as RFC 6749 §2.3.1 says. */
  readonly basicEncoding?: 'form' | 'raw';
  /** Whether `client_id` stands in the body too. Left out: as the client authentication has it. */
  readonly sendClientId?: boolean;
};

/** The token endpoint's answer and the claims of the verified id_token. */
export type LaunchAnswer = {
  readonly token: { readonly [member: string]: unknown };
  readonly claims: { readonly [claim: string]: unknown };
};

export type LaunchFacts = {
  readonly patientId?: string;
  /** Other places of the answer that name the patient: each must say the same, or the launch is refused. */
  readonly patientElsewhere?: readonly string[];
  readonly encounterId?: string;
  /** Absolute or relative reference of the user, e.g. `Practitioner/123`. */
  readonly fhirUser?: string;
  readonly needPatientBanner: boolean;
  readonly intent?: string;
};

// ---------------------------------------------------------------------------------------------- source

export type SourceFace = {
  /**
   * Checks this source's part of the community file. Problems name the field and what to do.
   * What comes back is opaque to the launcher and is handed to `open`.
   */
  readSettings(settings: {
    readonly [name: string]: unknown;
  }): SourceSettings | { readonly problems: readonly SettingProblem[] };
  open(settings: SourceSettings, tools: SourceTools): SourceConnection;
  /**
   * Its HealthcareServices, for the address book: of no patient, and asked with the launcher's own sign-in. Throws only
   * `SourceTrouble`. Left out: it has none to give.
   */
  services?(
    settings: SourceSettings,
    tools: SourceTools,
    ask: ServicesAsk,
    signal: AbortSignal,
  ): Promise<readonly Resource[]>;
};

/** Those with one of these ids, and those with one of these identifiers (`system|value`). Nothing else is wanted. */
export type ServicesAsk = { readonly ids: readonly string[]; readonly identifiers: readonly string[] };

export type SettingProblem = { readonly field: string; readonly message: string };

export type SourceSettings = {
  /** FHIR base address without a trailing slash. */
  readonly base: string;
  readonly [setting: string]: unknown;
};

export type SourceTools = {
  /**
   * The only way out. It adds the acting user's authorisation and the trace headers, refuses any address outside the
   * source's base, follows no redirect, and stops at the byte and time limits of the launcher's configuration.
   */
  fetch(request: SourceRequest, signal: AbortSignal): Promise<SourceResponse>;
  readonly limits: {
    readonly pageSize: number;
    readonly pages: number;
    readonly resources: number;
    readonly concurrency: number;
  };
};

export type SourceRequest = {
  /** Absolute, under the source's base. Never with a patient's number in it: search by POST. */
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: URLSearchParams;
  /** Sent as application/fhir+json, for operations that take a resource; never together with `form`. */
  readonly json?: Json;
  readonly accept?: string;
};

/** `text()` and `bytes()` read the body within the limits; either may be called once. */
export type SourceResponse = {
  readonly status: number;
  header(name: string): string | undefined;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array>;
  /** For answers whose body is not wanted: frees the connection. */
  discard?(): Promise<void>;
};

export type SourceConnection = {
  /** The source's Patients for this NHS number, as they are: the launcher judges whether one of them is the person asked about. */
  findPatients(nhsNumber: string, signal: AbortSignal): Promise<readonly Resource[]>;
  /** Pages as they arrive, several types at once. Ends after the last page of the last type. Throws only `SourceTrouble`. */
  fetch(ask: SourceAsk, signal: AbortSignal): AsyncIterable<SourcePage>;
  /** The bytes behind a DocumentReference this source sent; `null` when it is not held here. */
  fetchDocument(documentReference: Resource, signal: AbortSignal): Promise<SourceDocument | null>;
  /** Asks it to tell by itself; the ids are its own for what it took on. Left out: it can't. Throws only `SourceTrouble`. */
  subscribe?(order: TopicOrder, signal: AbortSignal): Promise<readonly string[]>;
  /** It need not tell any more. */
  unsubscribe?(ids: readonly string[], signal: AbortSignal): Promise<void>;
};

export type SourceAsk = {
  /** The Patient's id at this source. */
  readonly patientId: string;
  /** FHIR types to read. */
  readonly types: readonly string[];
  /** Only the resources with these ids (of this patient still); all when left out. */
  readonly ids?: readonly string[];
  /** Only what has changed since this instant, where the source can tell; one that can't sends everything. */
  readonly changedSince?: string;
};

/** What a source that tells by itself is asked to tell, of one patient, until when, and where. */
export type TopicOrder = {
  readonly patientId: string;
  /** Canonical addresses of FHIR SubscriptionTopics. */
  readonly topics: readonly string[];
  readonly endpoint: string;
  /** Sent with every notification (`Authorization: Bearer …`): known to nobody but the two sides. */
  readonly secret: string;
  readonly endsAt: string;
  /** It says so often that it still tells. */
  readonly heartbeatMs: number;
};

export type SourcePage = {
  /** The type that was asked for; included resources of other types come with it. */
  readonly type: string;
  readonly resources: readonly unknown[];
  /** Set on the last page of a type. */
  readonly end?: TypeEnd;
};

/** How the reading of one type ended. `received` against `total` is judged before anything is withheld (safety finding 3). */
export type TypeEnd =
  | { readonly state: 'complete'; readonly received: number; readonly total?: number }
  | { readonly state: 'truncated'; readonly code: string; readonly received: number; readonly total?: number }
  | { readonly state: 'withheld' }
  | { readonly state: 'not-supported' }
  | { readonly state: 'failed'; readonly code: string };

export type SourceDocument = { readonly contentType: string; readonly bytes: Uint8Array };

/** Trouble with a whole source, with a stable code of `launcher/errors.ts` (`source.*`). The detail never holds patient data. */
export class SourceTrouble extends Error {
  readonly code: string;
  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'SourceTrouble';
    this.code = code;
  }
}

/** A plugin's refusal, with a code of `launcher/errors.ts`: what the caller is told stands there. The detail never holds patient data. */
export class PluginTrouble extends Error {
  readonly code: string;
  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'PluginTrouble';
    this.code = code;
  }
}
