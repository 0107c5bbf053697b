import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Config } from './config.ts';

/** What takes a connection that asks to become a web socket; without one it is refused. */
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type Listener = {
  /** Origin that was listened on. */
  readonly origin: string;
  readonly port: number;
  /** From now on requests go here; until then callers are told to come back. */
  serve(listener: RequestListener, upgrade?: Upgrade): void;
  /** Takes no more callers; running requests may end on their own, and those that haven't by then are cut. */
  stop(limitMs: number): Promise<void>;
};

/**
 * Listens before there is anything to serve, because with port 0 the address is known only then and the services are
 * built upon it. Every way to hold a connection open for nothing has a limit (safety: slow heads, idle connections).
 */
export async function listen(settings: Config['server']): Promise<Listener> {
  let serving: RequestListener = (_request, response) => response.writeHead(503, { 'Retry-After': '1' }).end();
  const limits = {
    maxHeaderSize: settings.headerBytes,
    headersTimeout: settings.headersMs,
    requestTimeout: settings.requestMs,
    keepAliveTimeout: settings.keepAliveMs,
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(limits, (request, response) => serving(request, response));
  server.maxConnections = settings.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    origin: `http://${host}:${String(port)}`,
    port,
    serve: (listener, upgrade) => {
      serving = listener;
      if (!upgrade) return;
      server.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy());
        upgrade(request, socket, head);
      });
    },
    stop: async (limitMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}
