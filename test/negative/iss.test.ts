import { describe, expect, it } from 'vitest';
import { readIss } from '../../launcher/smart/iss.ts';

describe('an iss that is not plainly written is refused before anything is looked up', () => {
  it.each([
    ['2 missing', undefined, 'missing'],
    ['2 empty', '', 'missing'],
    ['2 repeated', ['https://a.example/r4', 'https://b.example/r4'], 'repeated'],
    ['4 a path that climbs', 'https://epr.example/fhir/../evil', 'path'],
    ['4 a path that climbs in disguise', 'https://epr.example/fhir/%2e%2e/evil', 'path'],
    ['4 an encoded slash', 'https://epr.example/fhir%2Fevil', 'path'],
    ['4 a single dot', 'https://epr.example/./fhir', 'path'],
    ['4 a doubled slash', 'https://epr.example//fhir', 'path'],
    ['4 a back-slash', 'https://epr.example\\@evil.example/fhir', 'characters'],
    ['4 a tab inside', 'https://epr.exa\tmple/fhir', 'characters'],
    ['4 a newline inside', 'https://epr.example/fh\nir', 'characters'],
    ['4 a space at the end', 'https://epr.example/fhir ', 'characters'],
    ['5 a user name', 'https://good.example@evil.example/', 'extra-parts'],
    ['5 a trailing dot', 'https://epr.example./fhir', 'host'],
    ['5 letters of another script', 'https://еpr.example/fhir', 'characters'],
    ['6 a query', 'https://epr.example/fhir?x=1', 'extra-parts'],
    ['6 an empty query', 'https://epr.example/fhir?', 'extra-parts'],
    ['6 a fragment', 'https://epr.example/fhir#frag', 'extra-parts'],
    ['6 http beyond this machine', 'http://epr.example/fhir', 'scheme'],
    ['6 a script', 'javascript:alert(1)', 'scheme'],
    ['6 a file', 'file:///etc/passwd', 'scheme'],
    ['7 the metadata service', 'http://169.254.169.254/latest', 'scheme'],
    ['7 loopback in another notation', 'http://0x7f.1/fhir', 'host'],
    ['7 loopback as one number', 'http://2130706433/fhir', 'host'],
    ['not an address', 'epr.example/fhir', 'not-an-address'],
    ['longer than any address', `https://epr.example/${'a'.repeat(600)}`, 'too-long'],
  ])('%s', (_title, raw, reason) => {
    expect(readIss(raw)).toEqual({ ok: false, reason });
  });
});

describe('the same address in other clothes is one address', () => {
  it.each([
    ['3 as it is', 'https://epr.example/fhir'],
    ['3 with a trailing slash', 'https://epr.example/fhir/'],
    ['3 in capitals', 'HTTPS://EPR.example/fhir'],
    ['3 with the default port', 'https://epr.example:443/fhir'],
  ])('%s', (_title, raw) => {
    expect(readIss(raw)).toEqual({ ok: true, iss: 'https://epr.example/fhir' });
  });

  it('4 another port is another address', () => {
    expect(readIss('https://epr.example:8443/fhir')).toEqual({ ok: true, iss: 'https://epr.example:8443/fhir' });
  });
});
