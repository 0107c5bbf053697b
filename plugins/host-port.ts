import type { Json } from '../src/record/resource.ts';

/**
 * The browser half of the contract (docs/plugins.md): how the page of the shared record and the EPR around it speak.
 * A plugin's `host.ts` makes a port. Nothing clinical goes through it but what is put on a scratchpad the EPR offers, and
 * everything in it carries an epoch: a number that grows by one with every change of context and is never used twice.
 */

/** What the page knows when it makes a port. No patient and no bearer: a port needs neither. */
export type HostGiven = {
  /** One launch, one frame, one handle; in memory only. */
  readonly launchId: string;
  /** Origins that may frame the page and speak to it: the organisation's `frameAncestors`. */
  readonly origins: readonly string[];
  /** What the plugin's `host.pageSettings` gave this launch. */
  readonly settings: Json;
  /** Asks the plugin's own routes (`/plugins/<id>/…`) as this session, for hosts that are heard through the launcher. */
  request(path: string, init?: HostRequest): Promise<Response>;
};

export type HostRequest = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly json?: Json;
  readonly signal?: AbortSignal;
};

export type HostPort = {
  readonly id: string;
  readonly contract: 1;
  readonly capabilities: ReadonlySet<HostCapability>;
  /** Shakes hands; the context is what the host itself says. Refused, late or ended: rejects, and nothing is shown. */
  connect(signal: AbortSignal): Promise<HostContext>;
  /** Every signal means: the record is off the screen in this same task, before anything else happens. */
  onContext(listener: (signal: ContextSignal) => void): () => void;
  /** `shown` after the new patient's banner has been painted; `pending` and `refused` after the old one is off the screen. */
  ack(epoch: number, result: AckResult, reason?: string): Promise<void>;
  readonly ui: HostUi;
  /** Where the host has the capability. */
  readonly scratchpad?: HostScratchpad;
  readonly env: HostEnvironment;
  /** A code of `area.what`, words without a patient in them, and the support number. */
  error(trouble: HostTrouble): void;
  /** Lets go of listeners and sockets; the page calls it when the view is over. */
  disconnect(): void;
};

export type AckResult = 'shown' | 'pending' | 'refused';

/** Where the host's word about the patient comes from. */
export type HostEvidence =
  'smart-token' | 'signed-url' | 'encrypted-url' | 'same-origin-host' | 'fhircast' | 'host-message';

/** An immutable snapshot. */
export type HostContext = {
  readonly epoch: number;
  readonly launchId: string;
  /** Left out: this host does not say whom it shows. `null`: it has nobody open. */
  readonly patient?: HostPatient | null;
  readonly encounterId?: string;
  readonly evidence: HostEvidence;
  /** ISO instants. */
  readonly assertedAt: string;
  readonly expiresAt?: string;
  /** A ticket of the launcher (docs/plugins.md, "Tickets"): with it this page may open the new patient's record. */
  readonly ticket?: string;
};

/** Two identifiers make a person usable for a comparison: the NHS number and the date of birth, or a family name. */
export type HostPatient = {
  readonly nhsNumber?: string;
  readonly birthDate?: string;
  readonly family?: string;
  /** The EPR's own id; never compared with anything, never shown. */
  readonly localId?: string;
};

export type LostReason = 'socket' | 'expired' | 'host-gone' | 'mismatch' | 'logout' | 'locked';

/** Why the EPR no longer vouches for the patient on screen. */
export type ContextSignal =
  /** Another patient, or the same one said again. Its epoch is the next one. */
  | { readonly type: 'change'; readonly context: HostContext }
  /** The host is about to leave the patient; the epoch is the one that is on screen. */
  | { readonly type: 'closing'; readonly epoch: number }
  | { readonly type: 'lost'; readonly epoch: number; readonly reason: LostReason };

export type HostCapability =
  | 'resize'
  | 'close'
  | 'open-chart'
  | 'banner'
  | 'theme'
  | 'locale'
  /** Says when the patient changes. A host without it gets a launch bound by time. */
  | 'context-events'
  | 'context-ack'
  | 'scratchpad'
  | 'print-block';

/** What the page may ask of the host. A port without the capability answers `unsupported`, false, or does nothing. */
export type HostUi = {
  resize(heightPx: number): void;
  close(reason: 'done' | 'error' | 'timeout'): Promise<boolean>;
  openChart(target: { readonly section: string; readonly ref?: string }): Promise<'opened' | 'unsupported' | 'denied'>;
  /** A line in the host's own banner area; no clinical content, no names. `null` takes it away. */
  banner(line: HostBanner | null): void;
};

/**
 * The EPR's own drafts (SMART Web Messaging 1.0, scratchpad): proposals that its user looks at there before any of them is
 * part of a chart. What the EPR has not granted answers as what it refuses.
 */
export type HostScratchpad = {
  readonly may: ReadonlySet<'read' | 'create' | 'update' | 'delete'>;
  /** One draft, or all of them; `undefined`: the EPR does not say. */
  read(location?: string): Promise<readonly Json[] | undefined>;
  /** The draft's location, `Type/id`. */
  create(resource: Json): Promise<string | undefined>;
  /** The resource has the type and id of a draft. */
  update(resource: Json): Promise<boolean>;
  delete(location: string): Promise<boolean>;
};

export type HostBanner = {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'critical';
  readonly text: string;
};

export type HostEnvironment = {
  readonly locale?: string;
  readonly zoom?: number;
  /** `content`: the host makes its frame as high as `resize` says. Left out: the frame keeps the height it has. */
  readonly fit?: 'content';
  readonly theme?: {
    readonly scheme?: 'light' | 'dark';
    /** Only the public tokens of `<corridor-record>`; colours that carry a clinical meaning are locked. */
    readonly tokens: { readonly [token: `--corridor-${string}`]: string };
  };
  onEnv(listener: () => void): () => void;
};

export type HostTrouble = {
  readonly code: string;
  readonly severity: 'degraded' | 'fatal';
  readonly message: string;
  readonly correlationId: string;
};
