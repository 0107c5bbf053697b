import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Agent, request } from 'undici';

/**
 * The peer: what most shared records do. It asks every source for everything, waits for the last one, and answers with
 * one JSON document. Same sources, same requests, same connection reuse.
 */
export async function startWaitForAll(
  bases: readonly string[],
  types: readonly string[],
  /** The page built from Medplum's components, when it is wanted as well. */
  medplumScript?: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000 });
  const app = express();
  app.get('/record', async (_req, res) => {
    const all = await Promise.all(bases.map((base) => readSource(agent, base, types)));
    res.json({ sources: all });
  });
  app.get('/page', (_req, res) => {
    res.type('html').send(PAGE);
  });
  const script = medplumScript ?? '';
  app.get('/medplum', (_req, res) => {
    res.type('html').send('<!doctype html><div id="root"></div><script type="module" src="/medplum.js"></script>');
  });
  app.get('/medplum.js', (_req, res) => {
    res.type('js').send(script);
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/record`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await agent.close();
    },
  };
}

/** The plainest page over the whole answer: a row for each resource that has a name. */
const PAGE = `<!doctype html><ul id="rows"></ul><script>
const started = performance.now();
fetch('/record').then((r) => r.json()).then(({ sources }) => {
  for (const one of sources.flat().slice(0, 200)) {
    const row = document.createElement('li');
    row.textContent = one.code?.text ?? one.resourceType;
    document.getElementById('rows').append(row);
  }
  requestAnimationFrame(() => requestAnimationFrame((time) => { globalThis.benchPainted = time - started; }));
});
</script>`;

/** Everything one source holds, with the same fan-out of four as the launcher. Used by the peer and as the source's own time. */
export async function readSource(agent: Agent, base: string, types: readonly string[]): Promise<readonly unknown[]> {
  const resources: unknown[] = [];
  await page(agent, `${base}/Patient/_search`, 'POST', resources);
  const queue = [...types];
  const worker = async (): Promise<void> => {
    for (let type = queue.shift(); type !== undefined; type = queue.shift()) {
      let next = await page(agent, `${base}/${type}/_search`, 'POST', resources);
      while (next !== undefined) next = await page(agent, new URL(next, base).href, 'GET', resources);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return resources;
}

type Bundle = {
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly resource: unknown }[];
};

async function page(agent: Agent, url: string, method: 'GET' | 'POST', into: unknown[]): Promise<string | undefined> {
  const { body } = await request(url, {
    method,
    dispatcher: agent,
    ...(method === 'POST' && { body: 'patient=p1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
  const bundle = (await body.json()) as Bundle;
  into.push(...(bundle.entry ?? []).map((entry) => entry.resource));
  return bundle.link?.find((link) => link.relation === 'next')?.url;
}
