import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, errors } from 'undici';
import type { SourceAgents } from '../../launcher/federation/source-fetch.ts';
import { guardedLookup } from '../../launcher/federation/source-address.ts';
import { makeKeys, type LauncherKeys } from '../../launcher/trust/keys.ts';
import { FaultySource } from './faulty-source.ts';

export const SOURCES = 5;
/** From the fastest to the slowest, each answer. Milliseconds stand for seconds. */
const DELAYS_MS = [0, 2, 4, 6, 10] as const;
/** How long a connection that leads nowhere is waited for. */
const CONNECT_MS = 120;
/** A port on which nobody ever listens. */
const NOBODY = 9;

/** Five organisations and the way to them, for one cell after another. */
export type Lane = {
  readonly sources: readonly FaultySource[];
  readonly keys: LauncherKeys;
  /** New connections for each cell, failing where a source says they do. */
  agents(): SourceAgents;
  close(): Promise<void>;
};

export async function openLane(keys: Promise<LauncherKeys> = makeKeys()): Promise<Lane> {
  const sources = await Promise.all(DELAYS_MS.map((delayMs, number) => FaultySource.open(number, delayMs)));
  return {
    sources,
    keys: await keys,
    agents: () => agentsFor(sources),
    close: async () => void (await Promise.all(sources.map((source) => source.close()))),
  };
}

function agentsFor(sources: readonly FaultySource[]): SourceAgents {
  const real = buildConnector({ timeout: CONNECT_MS * 20 });
  const connect: buildConnector.connector = (options, callback) => {
    const source = sources.find(({ base }) => new URL(base).port === options.port);
    const kind = source?.unreachable;
    if (kind === undefined) real(options, callback);
    else if (kind === 'refused') real({ ...options, port: String(NOBODY) }, callback);
    else if (kind === 'blackhole')
      setTimeout(() => callback(new errors.ConnectTimeoutError('no answer to the connection'), null), CONNECT_MS);
    else {
      // An address that is dead at once leaves time for the next; the others are waited for no longer than a source is.
      const timeout = kind === 'dns-dead-first' ? CONNECT_MS * 20 : CONNECT_MS;
      buildConnector({ timeout, lookup: LOOKUPS[kind], autoSelectFamily: true })(options, callback);
    }
  };
  const agent = new Agent({
    connections: 16,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: -1,
    connect,
  });
  return { strict: agent, loopback: agent, close: async () => void (await agent.destroy()) };
}

const failing =
  (code: string): LookupFunction =>
  (_host, _options, callback) => {
    callback(Object.assign(new Error('no address'), { code }), []);
  };

const LOOKUPS: { readonly [kind: string]: LookupFunction } = {
  'dns-unknown': failing('ENOTFOUND'),
  'dns-failed': failing('EAI_AGAIN'),
  'dns-slow': (host, options, callback) =>
    void setTimeout(() => failing('ETIMEOUT')(host, options, callback), CONNECT_MS * 2),
  // What the launcher's own lookup says of a name that now leads to this machine.
  'dns-rebound': (_host, options, callback) => guardedLookup('localhost', options, callback),
  'dns-dead-first': (_host, options, callback) => {
    systemLookup('127.0.0.1', { ...options, all: true }, (error, found) =>
      callback(error, [{ address: '::1', family: 6 }, ...found]),
    );
  },
};
