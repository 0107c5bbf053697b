import { describe, expect, it } from 'vitest';
import { linkBench, NOW_S, NUMBER } from './bench.ts';
import { aesCbc, hmacHex, rsaKey, token } from './openssl.ts';

const SECRET = 'h'.repeat(48);

describe('a link of clear fields with an HMAC over them', () => {
  const LINK = { profile: 'hmac', user: 'asserted', secret: SECRET, roles: { DR: 'gp' }, allowClearNumber: true };
  const FIELDS = {
    nhs: NUMBER,
    dob: '02/01/1950',
    org: 'XB001',
    user: 'u1',
    name: 'Dr A’Bee (locum)',
    role: 'DR',
    time: String(NOW_S - 10),
    nonce: 'n1',
  };

  it.each<[string, object]>([
    ['unsigned', FIELDS],
    ['signed with another secret', signed(FIELDS, 'x'.repeat(48))],
    ['changed after signing', { ...signed(FIELDS), nhs: '9990000026' }],
    ['given one more field', { ...signed(FIELDS), family: 'Other' }],
    ['without a time', signed({ ...FIELDS, time: 'now' })],
    ['without a nonce', signed({ ...FIELDS, nonce: '' })],
  ])('opens nothing when it is %s', async (_name, fields) => {
    const bench = linkBench(LINK);
    await expect(bench.open(fields)).rejects.toMatchObject({ code: 'link.invalid' });
    expect(bench.issued).toEqual([]);
  });

  it('opens nothing from an address, unless the community says so out loud; a posted form does', async () => {
    const quiet = { ...LINK, allowClearNumber: undefined };
    await expect(linkBench(quiet).open(signed(FIELDS))).rejects.toMatchObject({ code: 'link.invalid' });
    const bench = linkBench(quiet);
    await bench.post(signed(FIELDS));
    expect(bench.issued).toHaveLength(1);
  });

  it('opens nothing when a field comes twice, is old, or comes again', async () => {
    const bench = linkBench(LINK);
    await expect(bench.open(signed(FIELDS), { repeated: ['nhs'] })).rejects.toMatchObject({ code: 'link.invalid' });
    const old = signed({ ...FIELDS, time: '2026-06-01T11:58:59Z' });
    await expect(bench.open(old)).rejects.toMatchObject({ code: 'link.expired' });
    await bench.open(signed(FIELDS));
    await expect(bench.open(signed(FIELDS))).rejects.toMatchObject({ code: 'link.used' });
    expect(bench.issued).toMatchObject([{ patient: { nhsNumber: NUMBER, birthDate: '1950-01-02' } }]);
  });

  function signed(fields: object, secret = SECRET): object {
    const text = Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${percent(String(value))}`)
      .join('&');
    return { ...fields, signature: hmacHex(text, secret) };
  }
});

describe('a link of SystmOne', () => {
  const KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
  const IV = 'ffeeddccbbaa99887766554433221100';
  const LINK = { profile: 'systmone', keys: [{ id: '7', key: KEY, iv: IV }] };
  const sealed = (text: string, key = KEY): string => aesCbc(text, key, IV);
  const FIELDS = {
    KeyID: '7',
    NHSNumber: sealed('999 000 0018'),
    DateOfBirth: sealed('02 Jan 1950'),
    OrganisationID: sealed('XB001'),
    UserName: sealed('asmith'),
  };

  const flipped = Buffer.from(FIELDS.NHSNumber, 'base64');
  flipped[3] = (flipped[3] ?? 0) ^ 1;

  it.each<[string, object]>([
    ['an unknown key', { ...FIELDS, KeyID: '8' }],
    ['a clear number', { ...FIELDS, NHSNumber: NUMBER }],
    ['a flipped bit', { ...FIELDS, NHSNumber: flipped.toString('base64') }],
    ['a text of another key', { ...FIELDS, NHSNumber: sealed(NUMBER, KEY.replace('00', '01')) }],
    ['broken padding', { ...FIELDS, NHSNumber: FIELDS.NHSNumber.slice(0, 12) }],
    ['a number that is none', { ...FIELDS, NHSNumber: sealed('9990000019') }],
    ['no birth date', { ...FIELDS, DateOfBirth: sealed('unknown') }],
    ['another organisation', { ...FIELDS, OrganisationID: sealed('XB002') }],
    ['no user', { ...FIELDS, UserName: undefined }],
  ])('is refused in the same words whatever is wrong: %s (row 99)', async (_name, fields) => {
    const bench = linkBench(LINK);
    await expect(bench.open(fields)).rejects.toMatchObject({ code: 'link.invalid' });
    expect(bench.events).toMatchObject([{ outcome: 'refused', code: 'link.invalid' }]);
  });

  it('never opens a record by itself: whoever has it is sent to sign in, also the second time', async () => {
    const bench = linkBench(LINK);
    for (let again = 0; again < 2; again++) {
      const answer = await bench.open(FIELDS);
      const address = new URL('see' in answer ? answer.see : '');
      expect(address.origin + address.pathname).toBe('https://signin.example/authorise');
      expect(address.searchParams.get('code_challenge_method')).toBe('S256');
      expect(address.href).not.toMatch(/999|1950|asmith/);
    }
    expect(bench.issued).toEqual([]);
  });

  it('is held to its time where the site adds one', async () => {
    const bench = linkBench({ ...LINK, fields: { time: 'Now' } });
    await expect(bench.open(FIELDS)).rejects.toMatchObject({ code: 'link.invalid' });
    const old = { ...FIELDS, Now: sealed(String(NOW_S - 90)) };
    await expect(bench.open(old)).rejects.toMatchObject({ code: 'link.invalid' });
    expect(await bench.open({ ...FIELDS, Now: sealed(String(NOW_S - 5)) })).toHaveProperty('see');
  });

  it('is not taken by a launcher that has no sign-in service', () => {
    expect(() => linkBench(LINK, { signIn: undefined })).toThrow(/proves no user/);
  });
});

describe('a SIDeR link', () => {
  const KEY = rsaKey('s1');
  const LINK = { profile: 'sider', issuer: 'https://sider.example', keys: [KEY.jwk], allowClearNumber: true };
  const claims = (changes: object = {}): object => ({
    iss: 'https://sider.example',
    aud: 'https://corridor.example/plugins/url-launch/launch/XB001/main',
    nbf: NOW_S - 5,
    exp: NOW_S + 55,
    jti: 'j1',
    patient: `https://fhir.nhs.uk/Id/nhs-number|${NUMBER}`,
    birthdate: '1950-01-02',
    location: 'https://fhir.nhs.uk/Id/ods-organization-code|XB001',
    practitioner: 'https://fhir.nhs.uk/Id/sds-user-id|555000000001',
    ...changes,
  });

  it.each<[string, object, string]>([
    ['no place', { location: undefined }, 'link.invalid'],
    ['a number of another system', { patient: `urn:x|${NUMBER}` }, 'link.invalid'],
    ['no birth date', { birthdate: undefined }, 'patient.demographics_missing'],
    ['an end that is gone', { exp: NOW_S - 1 }, 'link.expired'],
    ['a life of an hour and no beginning', { nbf: undefined, exp: NOW_S + 3_600 }, 'link.expired'],
  ])('opens nothing with %s', async (_name, changes, code) => {
    const bench = linkBench(LINK);
    await expect(bench.open({ token: token(KEY, claims(changes)) })).rejects.toMatchObject({ code });
  });

  it('sends the practitioner to sign in, whoever it names', async () => {
    const bench = linkBench(LINK);
    expect(await bench.open({ token: token(KEY, claims()) })).toMatchObject({
      see: expect.stringContaining('https://signin.example/authorise') as unknown,
    });
    expect(bench.issued).toEqual([]);
  });
});

describe('a pointer that nobody signed', () => {
  const LINK = { profile: 'oidc-plus-patient', origins: ['https://epr.example'] };
  const FIELDS = { nhs: NUMBER, dob: '1950-01-02', org: 'XB001' };
  const from = (origin: string) => ({ header: (name: string) => (name === 'origin' ? origin : undefined) });

  it('is refused in an address, unless the community says so out loud, and from another site', async () => {
    await expect(linkBench(LINK).open(FIELDS)).rejects.toMatchObject({ code: 'link.invalid' });
    await expect(linkBench(LINK).post(FIELDS, from('https://evil.example'))).rejects.toMatchObject({
      code: 'link.invalid',
    });
    await expect(linkBench(LINK).post(FIELDS, from('null'))).rejects.toMatchObject({ code: 'link.invalid' });
    expect(await linkBench({ ...LINK, allowClearNumber: true }).open(FIELDS)).toHaveProperty('see');
  });

  it('sends the user of a posted form to sign in', async () => {
    const bench = linkBench(LINK);
    const answer = await bench.post(FIELDS, from('https://epr.example'));
    expect(JSON.stringify(answer)).toContain('https://signin.example/authorise');
    expect(JSON.stringify(answer)).not.toMatch(/999000|1950/);
    expect(bench.issued).toEqual([]);
  });
});

describe('a session that the EPR’s server asks for', () => {
  const CERTIFICATE = 'ab'.repeat(32);
  const LINK = { profile: 'emis-portal', certificates: [CERTIFICATE], roles: { 'GP (R0260)': 'gp' } };
  const DOCUMENT = `<?xml version="1.0" encoding="utf-8"?>
<s:SessionRequest xmlns:s="urn:x">
  <s:RequestId>r1</s:RequestId>
  <OrganisationNationalCode>XB001</OrganisationNationalCode>
  <User><UserId>u1</UserId><UserName>Dr A &amp; B</UserName><JobRole>GP (R0260)</JobRole></User>
  <Patient><NhsNumber>999 000 0018</NhsNumber><DateOfBirth>1950-01-02T00:00:00</DateOfBirth></Patient>
</s:SessionRequest>`;
  const proven = { clientCertificate: CERTIFICATE };

  it.each<[string, unknown, object]>([
    ['there is no client certificate (row 100)', DOCUMENT, {}],
    ['it is another’s', DOCUMENT, { clientCertificate: 'cd'.repeat(32) }],
    ['it has a document type', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${DOCUMENT}`, proven],
    ['it has an entity of its own', DOCUMENT.replace('&amp;', '&e;'), proven],
    ['it is not well formed', DOCUMENT.replace('</User>', ''), proven],
    ['it is two documents', `${DOCUMENT}${DOCUMENT.replace(/<\?.*\?>/, '')}`, proven],
    ['it names two patients', DOCUMENT.replace('</User>', '</User><NhsNumber>9990000026</NhsNumber>'), proven],
    ['it names no user', DOCUMENT.replace(/<UserId>.*<\/UserId>/, ''), proven],
    ['it is no document', { a: 1 }, proven],
    ['it is very deep', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`, proven],
  ])('is refused when %s', async (_name, document, more) => {
    const bench = linkBench(LINK);
    const ended = await bench.session(document, more).catch((error: unknown) => error);
    expect(ended).toMatchObject({ code: expect.stringMatching(/^(link\.invalid|patient\.nhs_invalid)$/) as unknown });
    expect(bench.issued).toEqual([]);
  });

  it('is not to be had through the browser’s address', async () => {
    await expect(linkBench(LINK).open({}, proven)).rejects.toMatchObject({ code: 'link.invalid' });
  });

  it('is an address that opens once, with nothing of the patient in it', async () => {
    const bench = linkBench(LINK);
    const answer = await bench.session(DOCUMENT, proven);
    expect(answer).toMatchObject({
      contentType: 'application/xml',
      text: expect.stringContaining('<Url>https://corridor.example/open/XB001#t</Url>') as unknown,
    });
    expect(bench.issued).toMatchObject([
      { user: { id: 'u1', name: 'Dr A & B', role: 'gp' }, patient: { nhsNumber: NUMBER }, evidence: 'mutual-tls' },
    ]);
    await expect(bench.session(DOCUMENT, proven)).rejects.toMatchObject({ code: 'link.used' });
  });
});

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hexOf(byte)))
    .join('');
}

function hexOf(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
