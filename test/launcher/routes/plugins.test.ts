import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { signLink, type Link } from '../../../plugins/_template/link.ts';
import { templatePlugin as template } from '../../../plugins/_template/plugin.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import { PluginTrouble, type EprPlugin } from '../../../plugins/plugin.ts';
import { SMALL_NHS_NUMBER } from '../../support/sandbox/small-epr.ts';
import { refusalOf, useSmallLauncher } from '../../support/small-launcher.ts';

const SECRET = 'k'.repeat(64);
const ended: string[] = [];

/** A plugin with one route of each kind, and a socket that says everything back. */
const probe: EprPlugin = {
  id: 'probe',
  name: 'Probe',
  ...(template.manifest && { manifest: { ...template.manifest, id: 'probe' } }),
  router: {
    routes: [
      {
        method: 'POST',
        path: '/echo/:word',
        caller: 'machine',
        body: 'json',
        cors: () => ['https://epr.example'],
        handle: ({ body, parameters, repeated }) => Promise.resolve({ json: { body, parameters, repeated } }),
      },
      {
        method: 'GET',
        path: '/refuse',
        caller: 'machine',
        handle: () => Promise.reject(new PluginTrouble('access.refused', 'canary detail')),
      },
      {
        method: 'GET',
        path: '/fault',
        caller: 'machine',
        handle: () => Promise.reject(new PluginTrouble('no.such_code', 'canary detail')),
      },
      {
        method: 'GET',
        path: '/leave',
        caller: 'machine',
        handle: () => Promise.resolve({ see: 'https://elsewhere.example' }),
      },
      {
        method: 'GET',
        path: '/mine',
        caller: 'page',
        handle: ({ session }) => Promise.resolve({ json: { ods: session?.ods } }),
      },
      {
        method: 'GET',
        path: '/next',
        caller: 'page',
        handle: async ({ session }, tools) => {
          if (!session?.user) throw new PluginTrouble('request.invalid', 'no user');
          const patient = { nhsNumber: SMALL_NHS_NUMBER, birthDate: '1950-01-02' };
          const { user, ods } = session;
          const { ticket } = await tools.issueTicket({ ods, patient, user, evidence: 'fhircast' });
          return { json: { ticket, user, userKey: session.userKey } };
        },
      },
      {
        method: 'POST',
        path: '/kept',
        caller: 'machine',
        body: 'json',
        handle: async ({ body }, tools) => {
          const { under, what, take } = body as { under?: string; what?: object; take?: string };
          if (take !== undefined) return { json: { taken: (await tools.take?.(take)) ?? null } };
          const kept = tools.keep?.('XT001', what as never, 60_000, under);
          return { json: { key: await kept?.catch(() => 'refused') } };
        },
      },
      {
        method: 'GET',
        path: '/lines',
        caller: 'page',
        handle: () =>
          Promise.resolve({
            lines: (async function* () {
              yield { n: 1 };
              await Promise.resolve();
              yield { n: 2 };
            })(),
          }),
      },
    ],
    sockets: [
      {
        path: '/socket/:topic',
        accept: async (socket, { parameters }) => {
          for await (const text of socket.messages) socket.send(`${parameters['topic'] ?? ''}: ${text}`);
        },
      },
    ],
  },
  follow: { launched: () => Promise.resolve(), ended: (launchId) => Promise.resolve(void ended.push(launchId)) },
};

const settings = JSON.stringify({ secret: SECRET, roles: { DR: 'gp' }, frameAncestors: ['https://epr.example'] });
const bench = useSmallLauncher(
  { 'server.bodyBytes': 2_048 },
  {
    plugins: [...PLUGINS, template, probe],
    edit: (text) =>
      text.replace('    sources:', `    plugins: { template: ${settings}, probe: ${settings} }\n    sources:`),
  },
);

function link(changes: Partial<Link> = {}): string {
  const whole: Link = {
    ods: 'XT001',
    nhsNumber: SMALL_NHS_NUMBER,
    birthDate: '1950-01-02',
    user: 'u1',
    name: 'Dr Link',
    role: 'DR',
    at: String(Math.floor(Date.now() / 1_000)),
    nonce: String(Math.random()),
    ...changes,
  };
  return new URLSearchParams({ ...whole, signature: signLink(whole, SECRET) }).toString();
}

/** From a signed link to its ticket. */
async function ticketOf(changes: Partial<Link> = {}): Promise<string> {
  const answer = await fetch(`${bench.url}/plugins/template/launch?${link(changes)}`, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const address = new URL(answer.headers.get('location') ?? '');
  expect(`${address.origin}${address.pathname}${address.search}`).toBe(`${bench.url}/open/XT001`);
  return address.hash.slice(1);
}

function redeem(ticket: string, ods = 'XT001', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${bench.url}/open/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: bench.url, 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify({ ods, ticket }),
  });
}

describe('a ticket', () => {
  it.each<[string, Partial<Link>]>([
    ['another birth date', { birthDate: '1950-01-03' }],
    ['another person’s number with this birth date', { nhsNumber: '9990000026' }],
  ])('opens nothing when the link says %s than the home EPR', async (_name, changes) => {
    expect(await refusalOf(await redeem(await ticketOf(changes)))).toEqual([400, 'launch.patient_mismatch']);
  });

  it('opens nothing twice, at another organisation, from another site, or made up', async () => {
    const ticket = await ticketOf();
    expect(await refusalOf(await redeem(ticket, 'XT001', { origin: 'https://evil.example' }))).toEqual([
      403,
      'request.forbidden',
    ]);
    expect(await refusalOf(await redeem(ticket, 'XT999'))).toEqual([400, 'launch.mixup']);
    expect(await refusalOf(await redeem(ticket))).toEqual([400, 'launch.state_invalid']);
    expect(await refusalOf(await redeem('a'.repeat(43)))).toEqual([400, 'launch.state_invalid']);
  });

  it('opens nothing when the link comes a second time', async () => {
    const query = link();
    const address = `${bench.url}/plugins/template/launch?${query}`;
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    expect(await refusalOf(await fetch(address, { redirect: 'manual' }))).toEqual([400, 'launch.state_invalid']);
  });

  it('opens the record of the home EPR’s own Patient, for the user the proof names', async () => {
    const answer = (await (await redeem(await ticketOf())).json()) as {
      readonly session: string;
      readonly context: { readonly patient: object; readonly host: object };
    };
    expect(answer.context).toMatchObject({
      ods: 'XT001',
      role: 'gp',
      patient: { nhsNumber: SMALL_NHS_NUMBER, family: 'Tester' },
      host: { plugin: 'template', origins: expect.arrayContaining(['https://epr.example']) as unknown },
    });
    const lines = await (await bench.record(answer.session)).text();
    expect(lines).toContain('"type":"opened"');
    const events = await bench.launcher.audit.read({ type: 'launch.finished', limit: 10 });
    expect(JSON.stringify(events)).toContain('signed-url');
  });

  it('shows its page in the frames of the organisation’s launch and its plugins, and in no other', async () => {
    const { headers } = await bench.openPage(`${bench.url}/open/XT001`);
    expect(headers.get('content-security-policy')).toContain(
      `frame-ancestors ${bench.small.epr.origin} https://epr.example`,
    );
    expect((await bench.openPage(`${bench.url}/open/XT999`)).status).toBe(404);
  });
});

describe('a plugin’s own addresses', () => {
  it('refuse what is not of their kind, by the error table, and tell nobody the detail', async () => {
    const { url } = bench;
    expect(await refusalOf(await fetch(`${url}/plugins/probe/refuse`))).toEqual([403, 'access.refused']);
    expect(await refusalOf(await fetch(`${url}/plugins/probe/fault`))).toEqual([500, 'server.fault']);
    expect(await refusalOf(await fetch(`${url}/plugins/probe/leave`, { redirect: 'manual' }))).toEqual([
      500,
      'server.fault',
    ]);
    expect(await refusalOf(await fetch(`${url}/plugins/probe/mine`))).toEqual([401, 'session.missing']);
    expect(await refusalOf(await fetch(`${url}/plugins/nobody/there`))).toEqual([404, 'request.not_found']);
    const large = await fetch(`${url}/plugins/probe/echo/a`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ a: 'x'.repeat(4_000) }),
    });
    expect(await refusalOf(large)).toEqual([413, 'request.too_large']);
    expect(await (await fetch(`${url}/plugins/probe/refuse`)).text()).not.toContain('canary');
  });

  it('answer scripts of the origins they name, and no others', async () => {
    const ask = (origin: string): Promise<Response> =>
      fetch(`${bench.url}/plugins/probe/echo/a?x=1&x=2`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: '{"a":1}',
      });
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await ask('https://epr.example');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://epr.example');
    expect(await answer.json()).toEqual({ body: { a: 1 }, parameters: { word: 'a' }, repeated: ['x'] });
  });

  it('know our own page by its session, stream to it, and hear of its end', async () => {
    const { session, context } = (await (await redeem(await ticketOf())).json()) as {
      session: string;
      context: { launchId: string };
    };
    const headers = { authorization: `Bearer ${session}` };
    expect(await (await fetch(`${bench.url}/plugins/probe/mine`, { headers })).json()).toEqual({ ods: 'XT001' });
    expect(await (await fetch(`${bench.url}/plugins/probe/lines`, { headers })).text()).toBe('{"n":1}\n{"n":2}\n');
    await fetch(`${bench.url}/api/session/end`, { method: 'POST', headers: { ...headers, origin: bench.url } });
    expect(ended).toContain(context.launchId);
    expect(await refusalOf(await fetch(`${bench.url}/plugins/probe/mine`, { headers }))).toEqual([
      401,
      'session.expired',
    ]);
  });

  it('open the next patient of the user who is signed in, who stays who they are', async () => {
    const openedBy = async (ticket: string): Promise<{ session: string; context: { launchId: string } }> =>
      (await (await redeem(ticket)).json()) as { session: string; context: { launchId: string } };
    const next = async (session: string): Promise<{ ticket: string; user: { known: object }; userKey: string }> =>
      (await (
        await fetch(`${bench.url}/plugins/probe/next`, { headers: { authorization: `Bearer ${session}` } })
      ).json()) as { ticket: string; user: { known: object }; userKey: string };
    const first = await openedBy(await ticketOf({ user: 'same-person' }));
    const asked = await next(first.session);
    expect(asked.user).toMatchObject({ name: 'Dr Link', role: 'gp', known: { key: asked.userKey } });
    const second = await openedBy(asked.ticket);
    const then = await next(second.session);
    expect(second.context.launchId).not.toBe(first.context.launchId);
    expect([then.userKey, then.user]).toEqual([asked.userKey, asked.user]);
  });

  it('keep something under a name once, for themselves, until it is taken', async () => {
    const kept = async (body: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${bench.url}/plugins/probe/kept`, init)).json();
    };
    expect(await kept({ take: 'ack:l1:2' })).toEqual({ taken: null });
    expect(await kept({ under: 'ack:l1:2', what: { result: 'shown' } })).toEqual({ key: 'ack:l1:2' });
    expect(await kept({ under: 'ack:l1:2', what: { result: 'refused' } })).toEqual({ key: 'refused' });
    expect(await kept({ take: 'ack:l1:2' })).toEqual({ taken: { result: 'shown' } });
    expect(await kept({ take: 'ack:l1:2' })).toEqual({ taken: null });
    const { key } = (await kept({ what: { a: 1 } })) as { key: string };
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await kept({ take: key })).toEqual({ taken: { a: 1 } });
  });

  it('speak by web socket at the paths they name', async () => {
    const socket = (path: string): WebSocket => new WebSocket(`${bench.url.replace('http', 'ws')}${path}`);
    await expect(
      new Promise((resolve, reject) => socket('/plugins/probe/elsewhere').on('open', resolve).on('error', reject)),
    ).rejects.toThrow('404');
    const open = socket('/plugins/probe/socket/ward');
    const said = await new Promise((resolve) => {
      open.on('open', () => open.send('hello'));
      open.on('message', (data: Buffer) => resolve(data.toString()));
    });
    expect(said).toBe('ward: hello');
    open.close();
  });
});
