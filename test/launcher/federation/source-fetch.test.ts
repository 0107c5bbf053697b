import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceAgents, createSourceFetch, type SourceAgents } from '../../../launcher/federation/source-fetch.ts';
import { addressUnder, guardedLookup, isForbiddenHost } from '../../../launcher/federation/source-address.ts';
import type { SourceTools } from '../../../plugins/plugin.ts';
import { openFhirServer, sendJson, type FhirServer } from '../../support/fhir-server.ts';
import { SMALL_LIMITS } from '../../support/federation.ts';

let source: FhirServer;
let trap: FhirServer;
let agents: SourceAgents;
let tokens: boolean[];

beforeEach(async () => {
  source = await openFhirServer([]);
  trap = await openFhirServer([]);
  agents = createSourceAgents({ connections: 8, connectMs: 1_000 });
  tokens = [];
});
afterEach(async () => {
  await Promise.all([source.close(), trap.close(), agents.close()]);
});

function open(limits: Partial<typeof SMALL_LIMITS> = {}): SourceTools['fetch'] {
  return createSourceFetch({
    base: source.base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: { ...SMALL_LIMITS, ...limits },
    token: (fresh) => {
      tokens.push(fresh);
      return Promise.resolve(fresh ? 'second' : 'first');
    },
    requestId: (count) => `id-${String(count)}`,
    correlationId: 'launch-1',
  });
}

function get(
  fetch: SourceTools['fetch'],
  path: string,
  signal = new AbortController().signal,
): ReturnType<SourceTools['fetch']> {
  return fetch({ url: path.includes('://') ? path : source.base + path, method: 'GET' }, signal);
}

describe('an address that is not under the source’s base', () => {
  const base = 'https://fhir.example.nhs.uk/r4';
  it.each([
    'https://evil.example/r4/Patient',
    'https://fhir.example.nhs.uk:8443/r4/Patient',
    'http://fhir.example.nhs.uk/r4/Patient',
    'https://fhir.example.nhs.uk/r4evil/Patient',
    'https://fhir.example.nhs.uk/other',
    'https://fhir.example.nhs.uk/r4/../other',
    'https://fhir.example.nhs.uk/r4/%2e%2e/other',
    'https://fhir.example.nhs.uk/r4/..%2fother',
    'https://fhir.example.nhs.uk/r4\\..\\other',
    'https://user@fhir.example.nhs.uk/r4/Patient',
    'https://fhir.example.nhs.uk@evil.example/r4/Patient',
    'https://fhir.example.nhs.uk/r4/\tPatient',
    'https://fhir.example.nhs.uk./r4/Patient',
    'file:///etc/passwd',
    '//evil.example/r4',
    'Patient',
  ])('is refused: %s', (address) => {
    expect(() => addressUnder(base, address)).toThrow('outside the source');
  });

  it('is never given the bearer, nor any request', async () => {
    await expect(get(open(), `${trap.base}/Observation?page=2`)).rejects.toMatchObject({
      code: 'source.invalid_answer',
    });
    expect(trap.seen).toEqual([]);
    expect(tokens).toEqual([]);
  });

  it('is not followed as a redirect, of whatever kind', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      source.script(
        'Patient',
        (_seen, response) => void response.writeHead(status, { location: `${trap.base}/Patient` }).end(),
      );
      const answer = await get(open(), '/Patient/1');
      expect(answer.status).toBe(status);
      await answer.discard?.();
    }
    expect(trap.seen).toEqual([]);
  });

  it('lets what is under it pass, also a query on the base itself', () => {
    expect(addressUnder(base, `${base}/Observation?a=..%2f`).href).toBe(`${base}/Observation?a=..%2f`);
    expect(addressUnder(base, `${base}?_getpages=1`).href).toBe(`${base}?_getpages=1`);
  });
});

describe('this machine and its links', () => {
  it.each(['127.0.0.1', '[::1]', '169.254.169.254', '0.0.0.0', '[fe80::1]', '224.0.0.1', '[::ffff:127.0.0.1]'])(
    'are no place for a source: %s',
    (host) => {
      expect(isForbiddenHost(host)).toBe(true);
    },
  );

  it('are refused at connecting when a name leads there', async () => {
    const code = await new Promise((resolve) =>
      guardedLookup('localhost', { all: true }, (error) => resolve(error?.code)),
    );
    expect(code).toBe('EFORBIDDEN');
  });

  it('are refused without the loud opt-in', async () => {
    const fetch = createSourceFetch({
      base: source.base,
      allowLoopbackHttp: false,
      dispatcher: agents.strict,
      limits: SMALL_LIMITS,
      token: () => Promise.resolve('first'),
      requestId: () => 'id',
      correlationId: 'launch-1',
    });
    await expect(get(fetch, '/Patient/1')).rejects.toMatchObject({ code: 'source.unavailable' });
    expect(source.seen).toEqual([]);
  });
});

describe('a body', () => {
  it('is cut at the limit', async () => {
    source.script('Patient', (_seen, response) => sendJson(response, `"${'x'.repeat(2_000_000)}"`));
    await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.too_large' });
  });

  it.each(['gzip', 'br'])('is cut at the limit after decompression: a %s bomb', async (encoding) => {
    const plain = Buffer.alloc(80_000_000, 0x20);
    const bomb = encoding === 'gzip' ? gzipSync(plain) : brotliCompressSync(plain, { params: { 1: 1 } });
    source.script(
      'Patient',
      (_seen, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': encoding })
          .end(bomb),
    );
    const before = process.memoryUsage().rss;
    await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it('is refused when the compression is broken, unknown or cut off', async () => {
    const whole = gzipSync(Buffer.from(`"${Math.PI.toString().repeat(5_000)}"`));
    for (const [encoding, bytes] of [
      ['gzip', Buffer.from('no gzip at all')],
      ['gzip', whole.subarray(0, 40)],
      ['compress', whole],
    ] as const) {
      source.script(
        'Patient',
        (_seen, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
      );
      await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.invalid_answer' });
    }
  });

  it('is refused when it ends before it said it would', async () => {
    source.script('Patient', (_seen, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"resourceType":', () => response.socket?.destroy());
    });
    await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.unavailable' });
  });

  it('is refused when it is nested too deeply or not UTF-8', async () => {
    source.script('Patient', (_seen, response) => sendJson(response, '['.repeat(1_000) + ']'.repeat(1_000)));
    await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.invalid_answer' });
    source.script('Patient', (_seen, response) => void response.writeHead(200).end(Buffer.from([0x22, 0x93, 0x22])));
    await expect((await get(open(), '/Patient/1')).text()).rejects.toMatchObject({ code: 'source.invalid_answer' });
  });

  it('is read whole when it is well', async () => {
    const text = JSON.stringify({ note: 'a \\ and a " and ]]] in text', deep: [[[1]]] });
    source.script(
      'Patient',
      (_seen, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text)),
    );
    expect(await (await get(open(), '/Patient/1')).text()).toBe(text);
  });
});

describe('time', () => {
  it.each([
    ['before the head', () => undefined],
    ['in the middle', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('runs out when a source falls silent %s', async (_when, script) => {
    source.script('Patient', (_seen, response) => script(response));
    const answer = (async () => (await get(open({ headerMs: 300, idleMs: 300 }), '/Patient/1')).text())();
    await expect(answer).rejects.toMatchObject({ code: 'source.timeout' });
  });

  it('runs out for a trickle that never falls silent', async () => {
    source.script('Patient', (_seen, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const answer = (async () => (await get(open({ idleMs: 300, totalMs: 500 }), '/Patient/1')).text())();
    await expect(answer).rejects.toMatchObject({ code: 'source.timeout' });
  });

  it('ends at once when the reader goes', async () => {
    source.script('Patient', () => undefined);
    const reader = new AbortController();
    const answer = get(open(), '/Patient/1', reader.signal);
    setTimeout(() => reader.abort(), 50);
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the bearer', () => {
  it('is asked for afresh once after a refusal, and no more', async () => {
    source.script('Patient', (_seen, response) => sendJson(response, {}, 401));
    expect((await get(open(), '/Patient/1')).status).toBe(401);
    expect(tokens).toEqual([false, true]);
    expect(source.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
    expect(source.seen.map(({ headers }) => headers['x-request-id'])).toEqual(['id-0', 'id-1']);
  });
});

describe('a busy source', () => {
  it('is asked again after its own pause, twice at most in one ask', async () => {
    source.script('Patient', (_seen, response) => void response.writeHead(503, { 'retry-after': '0' }).end());
    const fetch = open();
    expect((await get(fetch, '/Patient/1')).status).toBe(503);
    expect((await get(fetch, '/Patient/2')).status).toBe(503);
    expect(source.seen).toHaveLength(4);
  });

  it('is left alone when it asks for a longer pause than we wait', async () => {
    source.script('Patient', (_seen, response) => void response.writeHead(429, { 'retry-after': '60' }).end());
    expect((await get(open(), '/Patient/1')).status).toBe(429);
    expect(source.seen).toHaveLength(1);
  });
});

it('a server that is not there is unavailable, and its address is in no message', async () => {
  const gone: Server = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const base = `http://127.0.0.1:${String(port)}/fhir`;
  const fetch = createSourceFetch({
    base,
    allowLoopbackHttp: true,
    dispatcher: agents.loopback,
    limits: SMALL_LIMITS,
    token: () => Promise.resolve(undefined),
    requestId: () => 'id',
    correlationId: 'launch-1',
  });
  await expect(
    fetch({ url: `${base}/Patient?secret`, method: 'GET' }, new AbortController().signal),
  ).rejects.toMatchObject({
    code: 'source.unavailable',
    message: 'network: ECONNREFUSED',
  });
});
