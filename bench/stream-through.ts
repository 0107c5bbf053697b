import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

/**
 * The least that a gateway can do: pass the bytes of the same answers on, unread and in the order they come. As it reads
 * nothing, it learns the addresses of all pages beforehand. First line printed: its address.
 */
type Options = { readonly bases: readonly string[]; readonly types: readonly string[] };
type Ask = { readonly url: string; readonly method: 'GET' | 'POST' };

const { bases, types } = JSON.parse(process.argv[2] ?? '{}') as Options;
const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000 });
const asksBySource = await Promise.all(bases.map(learn));

const server = createServer((incoming, response) => {
  incoming.resume();
  // Four lanes of every source write to it and wait for its room.
  response.setMaxListeners(0);
  void Promise.all(asksBySource.map((asks) => passOn(asks, response))).then(() => response.end());
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/record`);
});
process.once('SIGTERM', () => process.exit(0));

async function learn(base: string): Promise<readonly Ask[]> {
  const asks: Ask[] = [];
  for (const type of ['Patient', ...types]) {
    let ask: Ask | undefined = { url: `${base}/${type}/_search`, method: 'POST' };
    while (ask) {
      asks.push(ask);
      const { body } = await send(ask);
      const bundle = (await body.json()) as { link?: readonly { relation: string; url: string }[] };
      const next = bundle.link?.find((link) => link.relation === 'next')?.url;
      ask = next === undefined ? undefined : { url: new URL(next, base).href, method: 'GET' };
    }
  }
  return asks;
}

/** Four at a time, as the launcher and the proxy ask. */
async function passOn(asks: readonly Ask[], response: ServerResponse): Promise<void> {
  const queue = [...asks];
  const lane = async (): Promise<void> => {
    for (let ask = queue.shift(); ask; ask = queue.shift()) {
      const { body } = await send(ask);
      for await (const chunk of body) if (!response.write(chunk)) await once(response, 'drain');
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

function send({ url, method }: Ask): ReturnType<typeof request> {
  return request(url, {
    method,
    dispatcher: agent,
    ...(method === 'POST' && { body: 'patient=p1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
}
