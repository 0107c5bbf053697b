import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { PluginRequest, PluginSocket, PluginSocketRoute, RouterTools } from '../../plugins/router-face.ts';

export type PluginSocketDeps = {
  readonly plugins: readonly EprPlugin[];
  toolsOf(plugin: EprPlugin): RouterTools;
  readonly limits: { readonly sockets: number };
  onFailure(error: unknown): void;
};

export type PluginSockets = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Closes every socket; those who were spoken to know to come back (1012). */
  close(): void;
};

const LONGEST_FRAME = 65_536;
/** Frames held for a plugin that is slower than its peer; beyond it the peer is cut. */
const MOST_WAITING = 256;
const ALIVE_MS = 30_000;

/** The plugins' web sockets, at exact paths below `/plugins/<id>`; everything else is refused. */
export function pluginSockets(deps: PluginSocketDeps): PluginSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: LONGEST_FRAME, perMessageDeflate: false });
  const alive = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, ALIVE_MS);
  alive.unref();
  const silent = new WeakSet<WebSocket>();
  return {
    upgrade(request, socket, head) {
      const found = routeOf(request, deps);
      if (!found || server.clients.size >= deps.limits.sockets) {
        socket.end(`HTTP/1.1 ${found ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (accepted) => {
        accepted.on('pong', () => silent.delete(accepted));
        const { route, tools, asked } = found;
        route
          .accept(socketOf(accepted), asked, tools)
          .then(() => accepted.close(1000, 'done'))
          .catch((error: unknown) => {
            deps.onFailure(error);
            accepted.close(1011, 'fault');
          });
      });
    },
    close() {
      clearInterval(alive);
      for (const socket of server.clients) socket.close(1012, 'restart');
      setTimeout(() => server.clients.forEach((socket) => socket.terminate()), 500).unref();
      server.close();
    },
  };
}

function routeOf(
  request: IncomingMessage,
  deps: PluginSocketDeps,
): { readonly route: PluginSocketRoute; readonly tools: RouterTools; readonly asked: PluginRequest } | undefined {
  const url = new URL(request.url ?? '/', 'http://launcher.invalid');
  for (const plugin of deps.plugins) {
    for (const route of plugin.router?.sockets ?? []) {
      const parameters = match(`/plugins/${plugin.id}${route.path}`, url.pathname);
      if (parameters) return { route, tools: deps.toolsOf(plugin), asked: askedOf(request, url, parameters) };
    }
  }
  return undefined;
}

/** `/a/:name` against a path, part by part. */
function match(pattern: string, path: string): { readonly [name: string]: string } | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && /^[A-Za-z0-9._~-]{1,128}$/.test(value)) parameters[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return parameters;
}

function askedOf(request: IncomingMessage, url: URL, parameters: PluginRequest['parameters']): PluginRequest {
  const gone = new AbortController();
  request.socket.once('close', () => gone.abort());
  return {
    parameters,
    query: Object.fromEntries(url.searchParams),
    repeated: [],
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    },
    body: undefined,
    signal: gone.signal,
  };
}

/** A socket as plugins see it, whoever opened it. */
export function socketOf(socket: WebSocket): PluginSocket {
  const waiting: string[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  socket.on('message', (data, isBinary) => {
    if (isBinary || waiting.length >= MOST_WAITING) return socket.close(1008, 'frames');
    waiting.push(Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data as ArrayBuffer).toString('utf8'));
    wake();
  });
  const end = (): void => {
    over = true;
    wake();
  };
  socket.on('close', end);
  socket.on('error', end);
  async function* messages(): AsyncGenerator<string> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (over) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    send: (text) => {
      if (!over) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    messages: messages(),
  };
}
