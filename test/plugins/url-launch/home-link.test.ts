import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { useSmallLauncher } from '../../support/small-launcher.ts';
import { linkBench } from './bench.ts';

const PAIR = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const JWK = { ...PAIR.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
const LINK = {
  profile: 'jwt',
  user: 'asserted',
  issuer: 'epr',
  keys: [JWK],
  roles: { DR: 'gp' },
  allowClearNumber: true,
};
const SETTINGS = {
  links: [
    { id: 'home', opens: 'inbox', ...LINK },
    { id: 'chart', ...LINK },
  ],
};

const bench = useSmallLauncher(
  {},
  {
    edit: (given) =>
      given.replace('    sources:', `    plugins: { url-launch: ${JSON.stringify(SETTINGS)} }\n    sources:`),
  },
);

const addressOf = (id: string): string => `${bench.url}/plugins/url-launch/launch/XT001/${id}`;
const PATIENT = { nhs_number: '9990000018', birthdate: '1950-01-02' };

function link(id: string, claims: object = {}): string {
  const said = { jti: randomUUID(), ods: 'XT001', name: 'Dr Link', role: 'DR', ...claims };
  const token = jsonwebtoken.sign(said, PAIR.privateKey, {
    algorithm: 'ES256',
    keyid: 'k1',
    issuer: 'epr',
    subject: 'u1',
    audience: addressOf(id),
    expiresIn: 50,
  });
  return `${addressOf(id)}?${new URLSearchParams({ token }).toString()}`;
}

type Answer = { readonly session?: string; readonly team?: object; readonly context?: object; readonly error?: string };

async function follow(address: string): Promise<{ readonly ticket?: string; readonly refused?: string }> {
  const answer = await fetch(address, { redirect: 'manual', headers: { accept: 'application/json' } });
  if (answer.status === 303) return { ticket: answer.headers.get('location')?.split('#')[1] ?? '' };
  return { refused: (/[a-z]+\.[a-z_]+/.exec((await answer.text()).split('"error":"')[1] ?? '') ?? [''])[0] };
}

const redeem = async (ticket: string): Promise<Answer> =>
  (await (
    await fetch(`${bench.url}/open/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: bench.url },
      body: JSON.stringify({ ods: 'XT001', ticket }),
    })
  ).json()) as Answer;

describe('a link of an EPR’s home page', () => {
  it.each<[string, object]>([
    ['a number and a birth date', PATIENT],
    ['a number', { nhs_number: PATIENT.nhs_number }],
    ['a birth date', { birthdate: PATIENT.birthdate }],
    ['a family name', { family_name: 'Tester' }],
    ['an id of its own', { local_id: 'p1' }],
  ])('is refused when it names a patient, by %s', async (_what, claims) => {
    expect(await follow(link('home', claims))).toEqual({ refused: 'link.invalid' });
  });

  it('is no way round a link of a chart: that one still needs its patient', async () => {
    expect(await follow(link('chart'))).toEqual({ refused: 'patient.nhs_invalid' });
  });

  it('is good once', async () => {
    const address = link('home');
    expect((await follow(address)).ticket).toMatch(/^[\w-]{43}$/);
    expect(await follow(address)).toEqual({ refused: 'link.used' });
  });

  it('is refused for a user whose role is not mapped, or who is nobody', async () => {
    expect(await follow(link('home', { role: 'CLERK' }))).toEqual({ refused: 'launch.role_unmapped' });
    expect(await follow(link('home', { name: '' }))).toEqual({ refused: 'launch.no_identity' });
  });

  it('is refused by a launcher that shows no lists', async () => {
    const plain = linkBench({ opens: 'inbox', ...LINK });
    const token = jsonwebtoken.sign(
      { jti: 'j1', ods: 'XB001', name: 'Dr Link', role: 'DR', iat: 1780315190, exp: 1780315250 },
      PAIR.privateKey,
      {
        algorithm: 'ES256',
        keyid: 'k1',
        issuer: 'epr',
        subject: 'u1',
        audience: 'https://corridor.example/plugins/url-launch/launch/XB001/main',
      },
    );
    await expect(plain.open({ token })).rejects.toMatchObject({ code: 'launch.no_patient' });
    expect(plain.issued).toEqual([]);
  });

  it('opens the list of the user’s teams, and nothing of a patient’s', async () => {
    const { ticket = '' } = await follow(link('home'));
    const { session = '', team, context } = await redeem(ticket);
    expect(team).toMatchObject({ ods: 'XT001', name: 'Dr Link', role: 'gp' });
    expect([context, session.startsWith('team.')]).toEqual([undefined, true]);
    const asked = (path: string): Promise<Response> =>
      fetch(`${bench.url}/api/${path}`, { headers: { authorization: `Bearer ${session}` } });
    expect((await asked('inbox')).status).toBe(200);
    expect(((await (await asked('record')).json()) as Answer).error).toBe('session.no_patient');
    expect((await redeem(ticket)).error).toBe('launch.state_invalid');
  });
});
