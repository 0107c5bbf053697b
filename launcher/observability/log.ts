import { type DestinationStream, pino } from 'pino';
import { CorridorError } from '../errors.ts';

/**
 * The only fields a log line may have. There is no free-text field: what a person or an EPR wrote can't reach the log,
 * whatever a caller passes. Organisations, sources and codes are from our own lists.
 */
export type LogFields = {
  readonly requestId?: string;
  readonly launchId?: string;
  readonly viewId?: string;
  readonly method?: string;
  /** The route's pattern, never the address that was asked for. */
  readonly route?: string;
  readonly status?: number;
  readonly tookMs?: number;
  readonly organisation?: string;
  readonly source?: string;
  readonly code?: string;
  readonly state?: string;
  /** Our own private words about a refusal (`CorridorError.detail`). */
  readonly reason?: string;
  readonly count?: number;
  readonly host?: string;
  readonly port?: number;
  readonly pid?: number;
  readonly plugin?: string;
  readonly signal?: string;
  readonly setting?: string;
  /** Only the name, the code, our own private detail and where in our code it was thrown. */
  readonly error?: unknown;
};

export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

const FIELDS: readonly (keyof LogFields)[] = [
  'requestId',
  'launchId',
  'viewId',
  'method',
  'route',
  'status',
  'tookMs',
  'organisation',
  'source',
  'code',
  'state',
  'reason',
  'count',
  'host',
  'port',
  'pid',
  'plugin',
  'signal',
  'setting',
];

/** JSON lines on `destination` (standard output unless told). `event` is a fixed name: `area.done`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service: 'corridor' },
    messageKey: 'event',
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    debug: (event, fields) => logger.debug(allowed(fields), event),
    info: (event, fields) => logger.info(allowed(fields), event),
    warn: (event, fields) => logger.warn(allowed(fields), event),
    error: (event, fields) => logger.error(allowed(fields), event),
  };
}

function allowed(fields: LogFields = {}): { [field: string]: unknown } {
  const line: { [field: string]: unknown } = {};
  for (const field of FIELDS) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number') line[field] = value;
  }
  if (fields.error !== undefined) line['error'] = describe(fields.error);
  return line;
}

/** Messages of other people's errors quote what they choked on, so they are left out; the frames say where. */
function describe(error: unknown, depth = 0): { [field: string]: unknown } {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error instanceof CorridorError && error.detail !== undefined ? { detail: error.detail } : {}),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < 4 ? { cause: describe(error.cause, depth + 1) } : {}),
  };
}

function framesOf(error: Error): readonly string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
