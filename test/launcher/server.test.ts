import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigValues, readConfig } from '../../launcher/config.ts';
import { listen } from '../../launcher/listen.ts';
import { createLog } from '../../launcher/observability/log.ts';
import { createMetrics } from '../../launcher/observability/metrics.ts';
import { createServer } from '../../launcher/server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-server-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Running = AsyncDisposable & { readonly url: string; readonly port: number };

/** The whole server around one route of the test's own. */
async function serve(values: ConfigValues = {}, router: Router = Router(), lines: string[] = []): Promise<Running> {
  const config = readConfig({}, { 'server.port': 0, 'server.assets': folder, 'server.shutdownMs': 100, ...values });
  const listener = await listen(config.server);
  const services = {
    config,
    log: createLog('info', { write: (line) => void lines.push(line) }),
    metrics: createMetrics(() => 0),
    publicOrigin: listener.origin,
    security: { framingOf: () => undefined, https: false },
    health: { checks: {}, stopping: () => false, timeoutMs: 100, onFailure: () => undefined, now: () => 0 },
    routers: [router],
    admin: Router(),
  };
  listener.serve(createServer(services));
  return { url: listener.origin, port: listener.port, [Symbol.asyncDispose]: () => listener.stop(100) };
}

/** What comes back on a bare connection, however long it takes. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the server refuses', () => {
  it('more requests than one address may make in a minute, and launches sooner', async () => {
    await using server = await serve({ 'server.requestsPerMinute': 12, 'server.launchesPerMinute': 2 });
    const statuses = async (path: string, times: number): Promise<readonly number[]> => {
      const found = [];
      for (let time = 0; time < times; time += 1) found.push((await fetch(`${server.url}${path}`)).status);
      return found;
    };
    expect(await statuses('/launch', 3)).toEqual([404, 404, 429]);
    expect(await statuses('/elsewhere', 10)).toEqual([...Array.from({ length: 9 }, () => 404), 429]);
    expect(await statuses('/health/live', 3)).toEqual([200, 200, 200]);
  });

  it('to believe a caller about where it comes from, unless told of a proxy', async () => {
    const settings = { 'server.requestsPerMinute': 10 };
    const ask = async (server: Running): Promise<number> => {
      let last = 0;
      for (let time = 0; time < 11; time += 1) {
        last = (await fetch(`${server.url}/x`, { headers: { 'x-forwarded-for': `10.0.0.${String(time)}` } })).status;
      }
      return last;
    };
    await using bare = await serve(settings);
    await using proxied = await serve({ ...settings, 'server.trustProxy': 1 });
    expect([await ask(bare), await ask(proxied)]).toEqual([429, 404]);
  });

  it('what other sites’ pages post', async () => {
    const router = Router().post('/api/thing', (_request, response) => void response.send('done'));
    await using server = await serve({}, router);
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${server.url}/api/thing`, { method: 'POST', headers })).status;
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-site', origin: server.url })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-origin', origin: server.url })).toBe(200);
    expect(await post({})).toBe(200);
  });

  it('heads that are too large or that never end', async () => {
    await using server = await serve({ 'server.headerBytes': 4_096, 'server.headersMs': 300, 'server.requestMs': 600 });
    expect(await raw(server.port, `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(5_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
    expect(await raw(server.port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a')).toMatch(/^HTTP\/1\.1 408/);
  });

  it('to show its metrics without their token, when there is one', async () => {
    await using server = await serve({ 'metrics.token': 'a-token-for-the-scraper' });
    const ask = (authorization: string): Promise<Response> =>
      fetch(`${server.url}/metrics`, { headers: { authorization } });
    expect((await fetch(`${server.url}/metrics`)).status).toBe(403);
    expect((await ask('Bearer a-token-for-the-scrapes')).status).toBe(403);
    expect((await ask('Bearer a-token-for-the-scraper')).status).toBe(200);
  });

  it('to serve anything but the built files', async () => {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app', '.secret'), 'x');
    writeFileSync(join(folder, '..', 'corridor-outside.txt'), 'outside');
    try {
      await using server = await serve({ 'server.assets': join(folder, 'app') });
      for (const path of [
        '/assets/',
        '/assets',
        '/assets/.secret',
        '/assets/none.js',
        '/assets/%2e%2e/%2e%2e/corridor-outside.txt',
        '/assets/..%2f..%2fcorridor-outside.txt',
      ]) {
        expect((await fetch(`${server.url}${path}`)).status, path).toBeGreaterThanOrEqual(400);
      }
      expect(
        await raw(
          server.port,
          'GET /assets/../../corridor-outside.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
        ),
      ).not.toContain('outside\n');
    } finally {
      rmSync(join(folder, '..', 'corridor-outside.txt'), { force: true });
    }
  });
});

describe('the server', () => {
  it('lets files with a hash in their name be kept for good, and asks again for the others', async () => {
    writeFileSync(join(folder, 'app.js'), 'export {};');
    writeFileSync(join(folder, 'trend-BxY3_9kQ.js'), 'export {};');
    await using server = await serve();
    const app = await fetch(`${server.url}/assets/app.js`);
    expect([app.headers.get('content-type'), app.headers.get('cache-control')]).toEqual([
      'text/javascript; charset=utf-8',
      'no-cache',
    ]);
    const hashed = await fetch(`${server.url}/assets/trend-BxY3_9kQ.js`);
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('logs a route by its pattern and never by the address asked for', async () => {
    const lines: string[] = [];
    const router = Router().get('/thing/:id', (_request, response) => void response.send('done'));
    await using server = await serve({}, router, lines);
    await fetch(`${server.url}/thing/9434765919?nhs=9434765919`);
    await fetch(`${server.url}/9434765919`);
    const done = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['event'] === 'request.done');
    expect(done.map((line) => [line['route'], line['status']])).toEqual([
      ['/thing/:id', 200],
      ['unmatched', 404],
    ]);
    expect(lines.join('')).not.toContain('9434765919');
  });

  it('gives every answer a support number of its own, whatever the caller sends', async () => {
    await using server = await serve();
    const ask = async (): Promise<string | null> =>
      (await fetch(`${server.url}/x`, { headers: { 'x-correlation-id': 'mine', 'x-request-id': 'mine' } })).headers.get(
        'x-correlation-id',
      );
    const [a, b] = [await ask(), await ask()];
    expect(a).toMatch(/^[0-9a-f-]{36}$/);
    expect(a).not.toBe(b);
  });

  it('compresses a stream and still sends each part as it comes', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const router = Router().get('/stream', async (_request, response) => {
      response.setHeader('Content-Type', 'application/x-ndjson');
      response.write('{"first":true}\n');
      (response as unknown as { flush(): void }).flush();
      await held;
      response.end('{"second":true}\n');
    });
    await using server = await serve({}, router);
    const answer = await fetch(`${server.url}/stream`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"first":true}\n');
    release();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"second":true}\n');
  });
});
