import { WebSocket } from 'ws';
import { PluginTrouble } from '../../plugins/plugin.ts';
import type { PluginSocket } from '../../plugins/router-face.ts';
import { socketOf } from './plugin-sockets.ts';

export type SocketReach = {
  readonly allowedOrigins: readonly string[];
  readonly allowLoopbackHttp: boolean;
  readonly signal: AbortSignal;
};

const OPEN_MS = 10_000;
const LONGEST_FRAME = 65_536;

/** A plugin's web socket to another server: origins of the member's entry only, TLS outside of loopback, no redirect. */
export async function openPluginSocket(url: string, reach: SocketReach): Promise<PluginSocket> {
  const { protocol, hostname, host } = new URL(url);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const origin = `${protocol === 'wss:' ? 'https' : 'http'}://${host}`;
  const isSafe = protocol === 'wss:' || (protocol === 'ws:' && isLoopback && reach.allowLoopbackHttp);
  if (!isSafe || !reach.allowedOrigins.includes(origin))
    throw new PluginTrouble('discovery.endpoint_origin', 'a socket of an origin that is not named');
  const socket = new WebSocket(url, {
    handshakeTimeout: OPEN_MS,
    maxPayload: LONGEST_FRAME,
    followRedirects: false,
    perMessageDeflate: false,
  });
  const opened = socketOf(socket);
  const cut = (): void => socket.terminate();
  reach.signal.addEventListener('abort', cut, { once: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('close', () => reject(new PluginTrouble('discovery.timeout', 'a socket did not open')));
  });
  // From here on the plugin says when it is over: there may be a last word to send.
  reach.signal.removeEventListener('abort', cut);
  return opened;
}
