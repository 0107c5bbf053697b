import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openPluginSocket } from '../../launcher/routes/open-plugin-socket.ts';
import { sendError } from './send-error.ts';
import { pluginRoutes } from '../../launcher/routes/plugins.ts';
import { pluginSockets } from '../../launcher/routes/plugin-sockets.ts';
import { fhircast } from '../../plugins/fhircast/plugin.ts';
import type { RouterTools } from '../../plugins/router-face.ts';
import { pluginTools, type PretendTools } from './plugin-tools.ts';

export type RunningHub = PretendTools & {
  readonly url: string;
  /** May follow and publish. */
  readonly token: string;
  /** May follow, no more. */
  readonly reader: string;
  close(): Promise<void>;
};

/** The small hub behind the launcher's own routes and sockets, on loopback. */
export async function startHub(settings: object = {}): Promise<RunningHub> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const address = `${origin}/plugins/fhircast`;
  const [token, reader] = [randomBytes(24).toString('hex'), randomBytes(24).toString('hex')];
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const clients = [
    { id: 'epr', tokenSha256: digest(token), may: ['follow', 'publish'] },
    { id: 'reader', tokenSha256: digest(reader), may: ['follow'] },
  ];
  const bench = pluginTools(
    fhircast,
    { hubs: [`${address}/hub`], hub: { clients }, ...settings },
    {
      address,
      now: () => Date.now(),
      fetch: async (_member, { url, method, headers = {}, form, json, signal }) => {
        const answer = await fetch(url, {
          method,
          headers: { ...headers, ...(json && { 'content-type': 'application/json' }) },
          ...(form ? { body: form } : json ? { body: JSON.stringify(json) } : {}),
          signal,
        });
        return { status: answer.status, text: await answer.text() };
      },
      socket: (_member, { url, signal }) =>
        openPluginSocket(url, { allowedOrigins: [origin], allowLoopbackHttp: true, signal }),
    },
  );
  const toolsOf = (): RouterTools => bench.tools;
  const nobody = { find: () => Promise.resolve(undefined), isLive: () => Promise.resolve(false) };
  app.use(
    pluginRoutes({
      plugins: [fhircast],
      toolsOf,
      sessions: nobody as never,
      streams: { open: () => ({ signal: AbortSignal.timeout(60_000), close: () => undefined }) },
      publicOrigin: origin,
      limits: { bodyBytes: 65_536, requestMs: 5_000, recheckMs: 1_000 },
    }),
  );
  app.use(sendError);
  const sockets = pluginSockets({ plugins: [fhircast], toolsOf, limits: { sockets: 20 }, onFailure: () => undefined });
  server.on('upgrade', sockets.upgrade);
  return {
    ...bench,
    url: `${address}/hub`,
    token,
    reader,
    close: async () => {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
