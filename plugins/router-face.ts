import type { Json } from '../src/record/resource.ts';
import type { LaunchTicket, TeamTicket, TicketUser } from './ticket.ts';

/**
 * Addresses of a plugin, mounted by the launcher under `/plugins/<id>`: CDS services, link launches, a channel, a hub.
 * The launcher keeps its limits, headers, error table and log around them; a plugin sees no Express and no socket.
 */
export type RouterFace = {
  readonly routes: readonly PluginRoute[];
  /** Web sockets below `/plugins/<id>`. */
  readonly sockets?: readonly PluginSocketRoute[];
};

export type PluginRoute = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/plugins/<id>`, e.g. `/cds-services/:service`. */
  readonly path: string;
  /**
   * Who may call. `page`: our own page, with its session's bearer. `machine`: a server that proves itself in the handler.
   * `browser`: a top-level navigation or form of another site (link launches); only `see` and `text` may answer it.
   */
  readonly caller: 'page' | 'machine' | 'browser';
  /** How the body is read; anything else is `request.invalid`. Left out: no body is read. */
  readonly body?: 'json' | 'form' | 'text' | 'form-or-json';
  /** Origins whose scripts may call it (CORS, without credentials). Left out: none. `any`: discovery documents only. */
  readonly cors?: 'any' | ((tools: RouterTools) => readonly string[]);
  handle(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer>;
};

export type PluginRequest = {
  readonly parameters: { readonly [name: string]: string };
  /** Single values only: a name that comes twice is not here, and is in `repeated`. */
  readonly query: { readonly [name: string]: string };
  readonly repeated: readonly string[];
  header(name: string): string | undefined;
  /** Parsed JSON, form fields, or text; `undefined` without a body. */
  readonly body: unknown;
  /** SHA-256 of a verified client certificate (mutual TLS ended by the proxy in front), where there is one. */
  readonly clientCertificate?: string;
  /** For routes called by our own page: whose session it is. */
  readonly session?: PluginSession;
  /** Ends when the caller goes away or the launcher's deadline is over. */
  readonly signal: AbortSignal;
};

export type PluginSession = {
  readonly launchId: string;
  readonly ods: string;
  readonly userKey: string;
  /** Who is signed in, as a ticket needs it: for the same user's next patient. */
  readonly user?: TicketUser;
};

/** One of: JSON, text, nothing, a redirect (303), or lines as they come (NDJSON). */
export type PluginAnswer = { readonly status?: number; readonly headers?: { readonly [name: string]: string } } & (
  | { readonly json: unknown }
  | { readonly text: string; readonly contentType?: string }
  | { readonly see: string }
  | { readonly lines: AsyncIterable<unknown> }
  | { readonly nothing: true }
);

export type PluginSocketRoute = {
  readonly path: string;
  /** The protocol messages of one socket; it is closed when this settles. Text frames of at most 64 KB. */
  accept(socket: PluginSocket, request: PluginRequest, tools: RouterTools): Promise<void>;
};

export type PluginSocket = {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Frames as they come; ends when the socket does. */
  readonly messages: AsyncIterable<string>;
};

/** What the launcher lends a plugin. All of it is bound to this plugin's id. */
export type RouterTools = {
  /** `https://launcher/plugins/<id>`. */
  readonly address: string;
  /** `https://launcher`. */
  readonly launcherUrl: string;
  /** Members whose entry has settings for this plugin. */
  readonly members: readonly PluginMember[];
  now(): number;
  /** The only way out: https (or loopback where the member allows it) to origins its entry names, no redirects, bounded. */
  fetch(member: PluginMember, request: PluginFetch): Promise<{ readonly status: number; readonly text: string }>;
  /** A web socket to an origin of the same list, with the limits of those that come in. The signal ends the opening; `close` the rest. */
  socket?(member: PluginMember, to: { readonly url: string; readonly signal: AbortSignal }): Promise<PluginSocket>;
  /** True the first time a key is shown within its life, false ever after: the replay store (kept in the database). */
  once(key: string, lifeMs: number): Promise<boolean>;
  /**
   * Keeps something of a member, sealed in the database, where every launcher finds it; the key takes it out, once. The key
   * is an unguessable one, or `under`: a name with a colon in it that whoever takes it knows. What is under a name stays as
   * it was: a second is refused.
   */
  keep?(ods: string, what: Json, lifeMs: number, under?: string): Promise<string>;
  take?(key: string): Promise<Json | undefined>;
  /** A one-use ticket for a record, and the address that opens it in a browser. */
  issueTicket(ticket: LaunchTicket): Promise<{ readonly ticket: string; readonly address: string }>;
  /** The same for a list of the user's teams, with nobody's chart open. Left out: this launcher shows none. */
  issueTeamTicket?(ticket: TeamTicket): Promise<{ readonly ticket: string; readonly address: string }>;
  /** How many member organisations hold a record, as far as is known without asking any; what the policy lets be told. */
  countHolders(member: PluginMember, nhsNumber: string): Promise<number | undefined>;
  /** Written before the answer leaves; never a patient's name or number in the detail. */
  audit(event: PluginEvent): Promise<void>;
};

export type PluginMember = {
  readonly ods: string;
  readonly name: string;
  /** As the manifest's schema read them. */
  readonly settings: unknown;
  readonly frameAncestors: readonly string[];
  /** `launch.iss`, where the member launches by SMART too. */
  readonly iss?: string;
};

export type PluginFetch = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: { readonly [name: string]: string };
  readonly form?: URLSearchParams;
  readonly json?: Json;
  readonly signal: AbortSignal;
};

export type PluginEvent = {
  readonly outcome: 'success' | 'refused' | 'failed';
  /** What happened, of this plugin: `card-shown`, `link-refused`. */
  readonly what: string;
  readonly ods?: string;
  readonly launchId?: string;
  readonly code?: string;
  readonly detail?: { readonly [name: string]: string | number | boolean };
};
