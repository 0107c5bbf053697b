import { z } from 'zod';

/**
 * Every setting and limit of the launcher, once: name, environment variable, default, unit and what it is for.
 * `docs/configuration.md` is made from this table. A setting `area.name` is `CORRIDOR_AREA_NAME` in the environment;
 * what `startLauncher` is given wins over the environment. Longer than other files because the table is read as one.
 */
export const SETTINGS = {
  'server.host': text('127.0.0.1', 'Address to listen on. Put a TLS proxy in front; the launcher itself speaks http.'),
  'server.port': number(8400, 0, 65_535, 'port', 'Port to listen on; 0 takes any free one.'),
  'server.publicUrl': optional(
    publicUrl(),
    'Address browsers and EPRs reach the launcher at, without a path. Redirect addresses are made from this, never from request headers. https, save on loopback. Default: the address listened on.',
  ),
  'server.trustProxy': number(0, 0, 10, 'hops', 'Proxies in front whose X-Forwarded-For is believed, for rate limits.'),
  'server.assets': optional(
    z.string().min(1),
    'Folder of the built browser application, served under /assets. Default: the one built in this package.',
  ),
  'server.bodyBytes': bytes(65_536, 'Largest request body taken.'),
  'server.headerBytes': number(16_384, 4_096, 65_536, 'bytes', 'Largest request head taken; beyond it 431.'),
  'server.headersMs': ms(10_000, 'Time a caller has to send its request head.'),
  'server.requestMs': ms(30_000, 'Time a caller has to send its whole request.'),
  'server.keepAliveMs': ms(65_000, 'Time an idle connection is kept; longer than the proxy in front keeps its own.'),
  'server.connections': number(4_000, 10, 100_000, 'connections', 'Connections held at once; more are closed at once.'),
  'server.requestsPerMinute': number(
    3_000,
    10,
    1_000_000,
    'requests',
    'Requests a minute from one address; beyond it 429. A hospital may share one address.',
  ),
  'server.launchesPerMinute': number(300, 1, 100_000, 'launches', 'Launches a minute from one address; beyond it 429.'),
  'server.shutdownMs': number(
    10_000,
    100,
    60_000,
    'ms',
    'Time running requests and streams have to end when the launcher is stopped.',
  ),

  'community.file': optional(z.string().min(1), 'Community file (YAML): members, sources, pathways, roles.'),
  'keys.file': optional(
    z.string().min(1),
    'Private JWKS file the launcher signs its client assertions with. Default: a key made at start, which EPRs can’t have registered: for tests and the sandbox.',
  ),

  'storage.url': text(
    'sqlite:corridor.sqlite',
    'Where the launcher keeps its audit, launches and sessions: sqlite:FILE, or postgres://user@host/database for several launchers.',
    true,
  ),
  'storage.poolSize': number(10, 1, 100, 'connections', 'PostgreSQL connections held at most.'),
  'storage.connectMs': ms(5_000, 'Time to wait for a PostgreSQL connection.'),
  'storage.statementMs': ms(10_000, 'Longest PostgreSQL statement, and how long SQLite waits for another reader.'),
  'storage.sweepMs': ms(60_000, 'How often run-out launches and sessions are removed.'),
  'seal.keys': optional(
    sealKeys(),
    'Keys that seal launches and sessions at rest: id:base64-of-32-bytes, separated by commas; the first seals, all open. Default: a key made at start, so a restart ends every session. Several launchers need the same keys.',
    true,
  ),

  'locator.key': optional(
    sealKeys(),
    'Key that names residents in the locator: id:base64-of-32-bytes. Never change it: what was learnt under another is not found again. Default: a key made at start. Several launchers need the same.',
    true,
  ),
  'locator.learntDays': number(
    90,
    1,
    3_650,
    'days',
    'How long it is remembered that an organisation answered with a record.',
  ),
  'locator.followMs': number(500, 100, 60_000, 'ms', 'How often the store is asked what other launchers have learnt.'),

  'audit.name': text(
    'corridor.invalid/audit',
    'Name of this community’s audit log, an address without a scheme: the first line of every signed head. Never change it.',
  ),
  'audit.keys': optional(
    sealKeys(),
    'Ed25519 seeds that sign the heads of the audit: id:base64-of-32-bytes, separated by commas; the first signs, the second beside it, so that a change can be followed. Default: a key made at start, which nobody can check after a restart. Several launchers need the same.',
    true,
  ),
  'audit.checkpointMs': ms(1_000, 'How often the head of the audit is signed when it has grown.', 3_600_000),
  'audit.witnesses': witnessKeys(),
  'audit.exportToken': optional(
    z.string().min(32, 'needs at least 32 characters'),
    'Bearer token of the audit’s export feed (/audit/events). Default: there is no export.',
    true,
  ),
  'audit.asSeen': choice(
    ['sealed', 'hashes', 'off'],
    'sealed',
    'What is kept of each view: a sealed copy that can be replayed, only the manifest of hashes (sealed too), or nothing.',
  ),
  'audit.asSeenDays': number(
    30,
    1,
    3_660,
    'days',
    'How long a sealed copy can be opened; then its key is destroyed. The audit events stay, and still verify.',
  ),
  'audit.asSeenBytes': bytes(67_108_864, 'Largest view of which a copy is kept; beyond it only its manifest is.'),
  'audit.asSeenDocumentBytes': bytes(
    16_777_216,
    'Largest opened document of which a copy is kept; beyond it only its hash is, with what it was.',
  ),
  'audit.lastLookDays': number(
    365,
    1,
    3_660,
    'days',
    'How long it is remembered what a reader last saw of a person (hashes, sealed), so that a view can say what is new.',
  ),
  'audit.spool': optional(
    z.string().min(1),
    'Local file that what happens under a broken glass is sealed into while the store can’t be written; it is handed in afterwards. One launcher, one file; needs seal.keys. Default: none, and then nothing is shown.',
  ),
  'audit.recordsPerHour': number(
    200,
    1,
    100_000,
    'records',
    'Patients whose record one user opens within an hour, from which the privacy officer is alerted (bulk browsing).',
  ),

  'launch.ttlMs': ms(300_000, 'Life of a launch between the click and the callback (SMART 2.2: single use).', 600_000),
  'launch.outstandingPerOrganisation': number(
    1_000,
    1,
    100_000,
    'launches',
    'Launches under way for one organisation; beyond it 429.',
  ),
  'launch.tokenBytes': number(2_048, 64, 8_192, 'bytes', 'Longest opaque `launch` value taken from an EPR.'),
  'launch.clockToleranceS': number(60, 0, 300, 's', 'Difference of clocks forgiven in an id_token.'),
  'launch.discoveryMs': ms(5_000, 'Time an EPR has for its smart-configuration or keys.'),
  'launch.discoveryBytes': bytes(262_144, 'Largest smart-configuration read.'),
  'launch.discoveryCacheMs': ms(
    600_000,
    'How long a smart-configuration that was good is kept; a bad one is never kept.',
  ),
  'launch.jwksBytes': bytes(102_400, 'Largest key set read from an EPR.'),
  'launch.jwksKeys': number(50, 1, 1_000, 'keys', 'Keys in a set beyond which it is refused.'),
  'launch.exchangeMs': ms(8_000, 'Time an EPR has for its token answer, and for its Patient and user.'),
  'launch.secretsFile': optional(
    z.string().min(1),
    'File of the secrets of members whose clientAuthentication is client_secret_basic: JSON, ODS code to secret. Default: none.',
  ),
  'launch.exchangeBytes': bytes(1_048_576, 'Largest token answer, Patient or user read at a launch.'),

  'session.idleMs': ms(900_000, 'A view that asks for nothing this long is over.', 86_400_000),
  'session.absoluteMs': ms(28_800_000, 'Longest life of a view from its launch.', 86_400_000),
  'session.recheckMs': ms(
    250,
    'How often a running stream asks whether its session still lives: a revocation takes at most this long.',
    60_000,
  ),

  'access.breakGlassMs': ms(
    1_800_000,
    'How long a broken glass stays broken (safety H26); never longer than the view.',
    14_400_000,
  ),

  'access.keepersMs': number(
    5_000,
    1_000,
    60_000,
    'ms',
    'How often those who keep objections are asked again while a record streams (safety H27). What they answer, within 2.5 s, counts at once.',
  ),

  'message.keepDays': number(
    3_660,
    30,
    36_600,
    'days',
    'How long a conversation is kept after its last change, once its question is answered or it was closed; then it is destroyed, and the audit alone says that it was.',
  ),
  'message.bodyChars': number(10_000, 100, 50_000, 'characters', 'Longest text of one message.'),
  'message.threadMessages': number(500, 10, 10_000, 'messages', 'Messages in one conversation; beyond it 413.'),
  'message.waiting': number(
    10_000,
    10,
    1_000_000,
    'messages',
    'Messages of one organisation that wait to be delivered; beyond it 429.',
  ),
  'message.deliverMs': number(
    250,
    50,
    60_000,
    'ms',
    'How often a launcher looks for messages to deliver that others wrote, or that are to be tried again.',
  ),
  'message.leaseMs': number(
    4_000,
    500,
    60_000,
    'ms',
    'How long one launcher has a message to itself while it delivers it; what a killed one held is taken up after this.',
  ),
  'message.attempts': number(
    12,
    1,
    100,
    'attempts',
    'How often a message is handed to a system that fails before it counts as undeliverable; the pauses double up to an hour.',
  ),
  'message.escalateMs': number(30_000, 1_000, 600_000, 'ms', 'How often is looked for conversations that are overdue.'),

  'handover.keepDays': number(
    3_660,
    30,
    36_600,
    'days',
    'How long notices are kept, and handovers after everybody has taken them on; then they are destroyed, and the audit alone says that they were.',
  ),
  'handover.tickMs': number(
    5_000,
    100,
    600_000,
    'ms',
    'How often a launcher looks for handovers that are late and for sources to be asked what has changed.',
  ),
  'handover.pollMs': number(
    900_000,
    1_000,
    86_400_000,
    'ms',
    'How often a source that does not tell by itself is asked what has changed, for each resident and team told of them.',
  ),
  'handover.heartbeatMs': number(
    300_000,
    1_000,
    86_400_000,
    'ms',
    'A source that tells by itself must say this often that it still does; of one that falls silent it is asked.',
  ),
  'handover.leaseMs': number(
    60_000,
    1_000,
    600_000,
    'ms',
    'How long one launcher has a source to itself while it asks it; what a killed one held is taken up after this.',
  ),
  'handover.subscriptions': number(
    100_000,
    10,
    10_000_000,
    'subscriptions',
    'Residents that teams are told of, counted for each team; beyond it no more are taken on, and that is logged.',
  ),

  'admin.token': optional(
    z.string().min(32, 'needs at least 32 characters'),
    'Secret of the pages under /admin, where the rules are read and tried and alerts are taken. Default: there are no such pages.',
    true,
  ),
  'admin.allowBeyondLoopback': choice(
    ['no', 'yes'],
    'no',
    'yes: /admin also answers callers that are not on this machine (loopback, no proxy between). Refused in a live community; use a tunnel.',
  ),

  'stream.perLauncher': number(200, 1, 10_000, 'streams', 'Record streams open at once; beyond it 503.'),
  'stream.perUser': number(8, 1, 1_000, 'streams', 'Record streams one user may have open at once; beyond it 429.'),
  'stream.heartbeatMs': number(
    15_000,
    1_000,
    60_000,
    'ms',
    'A quiet stream says it is alive this often, so that no proxy cuts it (safety F39).',
  ),

  'stream.buffer': number(
    4,
    1,
    1_000,
    'events',
    'Events held for a reader who is slower than the sources; then the sources wait.',
  ),

  'source.pageSize': number(200, 10, 200, 'resources', 'Resources asked for in one page (`_count`).'),
  'source.pageBytes': bytes(8_388_608, 'Largest page read from a source, after decompression.'),
  'source.pages': number(50, 1, 1_000, 'pages', 'Pages read of one type from one source; beyond it “truncated”.'),
  'source.resources': number(5_000, 10, 100_000, 'resources', 'Resources read from one source; beyond it “truncated”.'),
  'source.jsonDepth': number(64, 16, 512, 'levels', 'Deepest nesting read in an answer.'),
  'source.documentBytes': bytes(26_214_400, 'Largest document fetched for a reader.'),
  'source.headerMs': ms(5_000, 'Time a source has to begin one answer.'),
  'source.idleMs': ms(5_000, 'Longest silence in the middle of one answer.'),
  'source.totalMs': ms(30_000, 'Time one answer of a source may take in all.'),
  'source.deadlineMs': ms(
    8_000,
    'Time a source has for its whole part of a record, unless the community file says otherwise.',
  ),
  'source.concurrency': number(4, 1, 32, 'requests', 'Requests under way at one source for one view.'),
  'source.connections': number(32, 1, 512, 'connections', 'Connections held to one source for all views.'),
  'source.retryAfterMs': number(10_000, 0, 60_000, 'ms', 'Longest Retry-After that is waited for.'),
  'source.tokenMs': ms(5_000, 'Time a source’s token endpoint has.'),
  'source.tokenBytes': bytes(65_536, 'Largest token answer read.'),
  'source.tokens': number(10_000, 1, 1_000_000, 'tokens', 'Access tokens kept; the one unused longest goes first.'),
  'source.breakerFailures': number(
    5,
    1,
    100,
    'failures',
    'Failures in a row after which a source is left alone for a while.',
  ),
  'source.breakerOpenMs': ms(30_000, 'How long a failing source is left alone before it is tried again.'),

  'log.level': choice(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    'info',
    'Least important line that is logged. No level logs patient data.',
  ),
  'metrics.token': optional(
    z.string().min(16, 'needs at least 16 characters'),
    'Bearer token that /metrics asks for. Default: open to whoever reaches the port.',
    true,
  ),
} as const satisfies { readonly [name: `${string}.${string}`]: Setting<unknown> };

type Setting<T> = {
  readonly schema: z.ZodType<T>;
  readonly fallback: T;
  readonly unit: string;
  readonly doc: string;
  readonly secret: boolean;
};

export type SettingName = keyof typeof SETTINGS;
type ValueOf<N extends SettingName> = (typeof SETTINGS)[N] extends Setting<infer T> ? T : never;
type AreaOf<N> = N extends `${infer A}.${string}` ? A : never;

/** The settings by area: `config.source.pageBytes`. */
export type Config = {
  readonly [A in AreaOf<SettingName>]: {
    readonly [N in SettingName as N extends `${A}.${infer Rest}` ? Rest : never]: ValueOf<N>;
  };
};

/** What `startLauncher` may be given; each value is checked like one from the environment. */
export type ConfigValues = { readonly [N in SettingName]?: unknown };

export type SealKeySetting = { readonly id: string; readonly key: Uint8Array };

/** Every problem at once, each naming the setting, its environment variable and what to do. Never the value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration can’t be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export function environmentName(name: string): string {
  return `CORRIDOR_${name
    .replace(/([A-Z])/g, '_$1')
    .replace('.', '_')
    .toUpperCase()}`;
}

export function readConfig(
  environment: { readonly [name: string]: string | undefined },
  values: ConfigValues = {},
): Config {
  const problems = [...unknownNames(environment, values)];
  const flat = new Map<string, unknown>();
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = values[name as SettingName] ?? (environment[environmentName(name)]?.trim() || undefined);
    if (given === undefined) {
      flat.set(name, setting.fallback);
      continue;
    }
    const read = setting.schema.safeParse(given);
    if (read.success) flat.set(name, read.data);
    else problems.push(`${name} (${environmentName(name)}): ${read.error.issues[0]?.message ?? 'can’t be read'}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const config = nest(flat);
  const conflicts = [...disagreements(config)];
  if (conflicts.length > 0) throw new ConfigError(conflicts);
  return config;
}

function nest(flat: ReadonlyMap<string, unknown>): Config {
  const areas: { [area: string]: { [name: string]: unknown } } = {};
  for (const [name, value] of flat) {
    const [area = '', rest = ''] = name.split('.');
    (areas[area] ??= {})[rest] = value;
  }
  for (const area of Object.values(areas)) Object.freeze(area);
  return Object.freeze(areas) as unknown as Config;
}

/**
 * A misspelt setting is a limit that silently doesn't hold, so it is refused. Only names in our own areas count:
 * container platforms put variables of their own (`CORRIDOR_PORT=tcp://…`) beside a service of this name.
 */
function* unknownNames(
  environment: { readonly [name: string]: string | undefined },
  values: ConfigValues,
): Generator<string> {
  const names = new Set(Object.keys(SETTINGS));
  const variables = new Set([...names].map(environmentName));
  const areas = [...new Set([...names].map((name) => `CORRIDOR_${name.split('.')[0]?.toUpperCase() ?? ''}_`))];
  for (const variable of Object.keys(environment)) {
    if (areas.some((area) => variable.startsWith(area)) && !variables.has(variable)) {
      yield `${variable}: there is no such setting; see docs/configuration.md`;
    }
  }
  for (const name of Object.keys(values)) {
    if (!names.has(name)) yield `${name}: there is no such setting; see docs/configuration.md`;
  }
}

function* disagreements(config: Config): Generator<string> {
  if (config.audit.spool !== undefined && config.seal.keys === undefined)
    yield 'audit.spool needs seal.keys: what is sealed under a key made at start can’t be read after it';
  if (config.session.idleMs > config.session.absoluteMs)
    yield 'session.idleMs is longer than session.absoluteMs: lower it';
  if (config.source.headerMs > config.source.totalMs) yield 'source.headerMs is longer than source.totalMs: lower it';
  if (config.source.idleMs > config.source.totalMs) yield 'source.idleMs is longer than source.totalMs: lower it';
  if (config.stream.perUser > config.stream.perLauncher)
    yield 'stream.perUser is more than stream.perLauncher: lower it';
  if (config.server.headersMs > config.server.requestMs)
    yield 'server.headersMs is longer than server.requestMs: lower it';
}

// ---------------------------------------------------------------------------------------------- kinds of setting

function text(fallback: string, doc: string, secret = false): Setting<string> {
  return { schema: z.string('must be text').min(1, 'must not be empty'), fallback, unit: 'text', doc, secret };
}

function optional<T>(schema: z.ZodType<T>, doc: string, secret = false): Setting<T | undefined> {
  return { schema, fallback: undefined, unit: 'text', doc, secret };
}

function choice<const T extends string>(choices: readonly T[], fallback: NoInfer<T>, doc: string): Setting<T> {
  const schema = z.enum(
    choices as readonly [T, ...T[]],
    `must be one of ${choices.join(', ')}`,
  ) as unknown as z.ZodType<T>;
  return { schema, fallback, unit: choices.join(' | '), doc, secret: false };
}

/** Digits only: `Number` would take '', '0x10' and '1e9' for numbers too. */
function number(fallback: number, min: number, max: number, unit: string, doc: string): Setting<number> {
  const message = `must be a whole number of ${unit} from ${String(min)} to ${String(max)}`;
  const schema = z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    z.number(message).int(message).min(min, message).max(max, message),
  );
  return { schema, fallback, unit, doc, secret: false };
}

function ms(fallback: number, doc: string, max = 3_600_000): Setting<number> {
  return number(fallback, 1, max, 'ms', doc);
}

function bytes(fallback: number, doc: string): Setting<number> {
  return number(fallback, 1_024, 1_073_741_824, 'bytes', doc);
}

function publicUrl(): z.ZodType<string> {
  return z.string('must be text').transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const loopback = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    if (
      url &&
      url.origin === value.replace(/\/$/, '') &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))
    )
      return url.origin;
    context.addIssue({
      code: 'custom',
      message: 'must be an https address without path, query or user (http only on loopback)',
    });
    return z.NEVER;
  });
}

/** Only their shape; `launcher/audit` reads them. */
function witnessKeys(): Setting<readonly string[]> {
  const message = 'must be witness keys (name+hash+key, C2SP signed-note), separated by commas';
  const schema = z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((key) => key.trim()) : value),
    z
      .array(z.string(message).regex(/^[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/, message), message)
      .max(50, message),
  ) as z.ZodType<readonly string[]>;
  const doc =
    'Public keys of the members that witness the audit: they cosign its heads and keep them. Separated by commas.';
  return { schema, fallback: [], unit: 'text', doc, secret: false };
}

function sealKeys(): z.ZodType<readonly SealKeySetting[]> {
  return z.string('must be text').transform((value, context) => {
    const keys = value.split(',').map((part) => {
      const [, id, base64] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(part) ?? [];
      return id === undefined || base64 === undefined
        ? undefined
        : { id, key: new Uint8Array(Buffer.from(base64, 'base64')) };
    });
    const whole = keys.filter((key) => key?.key.length === 32) as SealKeySetting[];
    if (whole.length === keys.length && new Set(whole.map((key) => key.id)).size === keys.length) return whole;
    context.addIssue({ code: 'custom', message: 'must be id:base64-of-32-bytes, separated by commas, each id once' });
    return z.NEVER;
  });
}
