import type { Json } from '../src/record/resource.ts';
import type { HostPlugin } from './host-plugin.ts';
import type {
  ContextSignal,
  HostBanner,
  HostCapability,
  HostContext,
  HostEnvironment,
  HostEvidence,
  HostGiven,
  HostPort,
} from './host-port.ts';
import { parseEnvelope, readContext, readSignal, type Envelope } from './host-wire.ts';

/** A way for envelopes to and from the host: a frame's parent, a web view's bridge. It has checked who speaks. */
export type Transport = {
  send(message: Envelope): void;
  /** Messages of the host, raw; what is not of the contract is ignored by the port. Returns how to stop. */
  listen(receive: (data: unknown) => void): () => void;
};

export type ChannelOptions = {
  readonly id: string;
  readonly given: HostGiven;
  readonly transport: Transport;
  readonly evidence: HostEvidence;
  readonly capabilities: readonly HostCapability[];
};

/** A host that sends more than this in a second is not heard any more, and the context with it is lost. */
const MOST_PER_SECOND = 60;
const REPLY_MS = 5_000;

/**
 * A port over the envelope of `host-wire.ts`. The page says `hello` and the host answers `context`; the host says `change`,
 * `closing`, `lost`, `env`; the page says `ack`, `resize`, `close`, `open-chart`, `banner`, `error`, each with the epoch.
 */
export function createChannelPort({ id, given, transport, evidence, capabilities }: ChannelOptions): HostPort {
  const listeners = new Set<(signal: ContextSignal) => void>();
  const waiting = new Map<string, (message: Envelope) => void>();
  const moods = new Set<() => void>();
  let mood: Json = {};
  let epoch = 0;
  let count = 0;
  const recent: number[] = [];

  const say = (type: string, payload: Json = {}): string => {
    const message: Envelope = {
      corridor: 1,
      id: `${id}-${String(++count)}`,
      launchId: given.launchId,
      epoch,
      type,
      payload,
    };
    transport.send(message);
    return message.id;
  };
  const tell = (signal: ContextSignal): void => {
    for (const listener of listeners) listener(signal);
  };
  const stop = transport.listen((data) => {
    const message = parseEnvelope(data);
    if (!message || message.launchId !== given.launchId) return;
    if (isFlood(recent)) return tell({ type: 'lost', epoch, reason: 'host-gone' });
    const reply = message.re === undefined ? undefined : waiting.get(message.re);
    if (reply) return reply(message);
    const signal = readSignal(message, evidence);
    if (signal) {
      if (signal.type === 'change') epoch = Math.max(epoch, signal.context.epoch);
      tell(signal);
    } else if (message.type === 'env') {
      mood = message.payload;
      for (const changed of moods) changed();
    }
  });
  const ask = (type: string, payload: Json, signal: AbortSignal): Promise<Envelope> =>
    new Promise((resolve, reject) => {
      const asked = say(type, payload);
      const done = (): void => {
        waiting.delete(asked);
        signal.removeEventListener('abort', over);
      };
      const over = (): void => {
        done();
        reject(new Error('host.silent'));
      };
      waiting.set(asked, (message) => {
        done();
        resolve(message);
      });
      signal.addEventListener('abort', over, { once: true });
    });
  const has = (capability: HostCapability): boolean => capabilities.includes(capability);

  return {
    id,
    contract: 1,
    capabilities: new Set(capabilities),
    async connect(signal): Promise<HostContext> {
      const answer = await ask(
        'hello',
        { capabilities: [...capabilities] },
        AbortSignal.any([signal, AbortSignal.timeout(REPLY_MS)]),
      );
      const context = answer.type === 'context' ? readContext(answer, evidence) : undefined;
      if (!context) throw new Error('host.context_invalid');
      epoch = context.epoch;
      return context;
    },
    onContext: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ack: (of, result, reason) => {
      if (has('context-ack')) say('ack', { of, result, ...(reason !== undefined && { reason }) });
      return Promise.resolve();
    },
    ui: {
      resize: (heightPx) => {
        if (has('resize')) say('resize', { height: Math.round(heightPx) });
      },
      close: async (reason) => {
        if (!has('close')) return false;
        const answer = await ask('close', { reason }, AbortSignal.timeout(REPLY_MS)).catch(() => undefined);
        return answer?.payload['status'] === 'success';
      },
      openChart: async (target) => {
        if (!has('open-chart')) return 'unsupported';
        const answer = await ask('open-chart', { ...target }, AbortSignal.timeout(REPLY_MS)).catch(() => undefined);
        const status = answer?.payload['status'];
        return status === 'opened' || status === 'denied' ? status : 'unsupported';
      },
      banner: (line: HostBanner | null) => {
        if (has('banner')) say('banner', { line });
      },
    },
    env: environment(() => mood, moods),
    error: ({ code, severity, message, correlationId }) => {
      say('error', { code, severity, message, correlationId });
    },
    disconnect: () => {
      stop();
      listeners.clear();
      waiting.clear();
    },
  };
}

/** Public tokens with a plain value; what is not one is left out. */
function environment(said: () => Json, moods: Set<() => void>): HostEnvironment {
  return {
    get locale() {
      const { locale } = said();
      return typeof locale === 'string' && /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(locale) ? locale : undefined;
    },
    get fit() {
      return said()['fit'] === 'content' ? 'content' : undefined;
    },
    get theme() {
      const { scheme, tokens } = said();
      const plain = Object.entries(typeof tokens === 'object' && tokens !== null ? tokens : {}).filter(
        ([name, value]) =>
          /^--corridor-[a-z-]{1,40}$/.test(name) &&
          typeof value === 'string' &&
          /^[#%(),. a-zA-Z0-9-]{1,64}$/.test(value) &&
          !/url|expression|var/i.test(value),
      ) as [`--corridor-${string}`, string][];
      const known = scheme === 'light' || scheme === 'dark' ? { scheme } : {};
      return { ...known, tokens: Object.fromEntries(plain) };
    },
    onEnv: (listener) => {
      moods.add(listener);
      return () => moods.delete(listener);
    },
  } as HostEnvironment;
}

function isFlood(recent: number[]): boolean {
  const nowMs = performance.now();
  recent.push(nowMs);
  while ((recent[0] ?? nowMs) < nowMs - 1_000) recent.shift();
  return recent.length > MOST_PER_SECOND;
}

/**
 * The window around ours: the frame's parent, or the window that opened us. Each origin is named when something is sent
 * (never '*'), and a message counts only from that window and one of those origins; the first that answers is kept to.
 */
export function windowTransport(ours: Window, origins: readonly string[]): Transport | undefined {
  const host = ours.parent !== ours ? ours.parent : (ours.opener as Window | null);
  if (!host) return undefined;
  let settled: string | undefined;
  return {
    send: (message) => {
      for (const origin of settled === undefined ? origins : [settled]) host.postMessage(message, origin);
    },
    listen: (receive) => {
      const onMessage = (event: MessageEvent): void => {
        if (
          event.source !== host ||
          !(settled === undefined ? origins.includes(event.origin) : event.origin === settled)
        )
          return;
        if (!parseEnvelope(event.data)) return;
        settled ??= event.origin;
        receive(event.data);
      };
      ours.addEventListener('message', onMessage);
      return () => ours.removeEventListener('message', onMessage);
    },
  };
}

const EVERYTHING: readonly HostCapability[] = [
  'resize',
  'close',
  'open-chart',
  'banner',
  'theme',
  'locale',
  'context-events',
  'context-ack',
];

/** A host that speaks the envelope by postMessage with the window around ours: the whole browser half of most plugins. */
export function windowHost(id: string, capabilities = EVERYTHING): HostPlugin {
  return {
    id,
    contract: 1,
    detect: (window) => window.parent !== window || window.opener !== null,
    create: (window, given) => {
      const transport = windowTransport(window, given.origins);
      if (!transport) throw new Error('host.gone');
      return createChannelPort({ id, given, transport, evidence: 'host-message', capabilities });
    },
  };
}
