import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';

export type ServedRouter = AsyncDisposable & { readonly url: string };

/** Handlers on a free loopback port, until disposed (`await using`). */
export async function serveRouter(...handlers: (RequestHandler | ErrorRequestHandler)[]): Promise<ServedRouter> {
  const app = express();
  for (const handler of handlers) app.use(handler);
  const server = app.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', reject);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
