import { describe, expect, it } from 'vitest';
import { ownReferences } from '../../../src/record/fhir/own-references.ts';

const own = ownReferences('https://FHIR.example.nhs.uk:443/r4');
const to = (reference: string) => ({ subject: { reference } });

describe('a reference that is not to this server', () => {
  it.each([
    'https://elsewhere.example/r4/Patient/p1',
    'https://fhir.example.nhs.uk.evil.example/r4/Patient/p1',
    'https://fhir.example.nhs.uk/r4x/Patient/p1',
    'https://fhir.example.nhs.uk/other/Patient/p1',
    'https://fhir.example.nhs.uk:8443/r4/Patient/p1',
    'http://fhir.example.nhs.uk/r4/Patient/p1',
    'https://fhir.example.nhs.uk/r4/../evil/Patient/p1',
    'https://fhir.example.nhs.uk/r4/tenant/Patient/p1',
    'https://fhir.example.nhs.uk/r4/Patient/p1?x',
    'https://fhir.example.nhs.uk/r4/Patient?identifier=1',
    'https://user@fhir.example.nhs.uk/r4/Patient/p1',
    'urn:uuid:8a7b',
    '#p1',
  ])('stays as it is: %s', (reference) => {
    expect(own.makeRelative(to(reference))).toEqual(to(reference));
  });

  it('leaves everything else that looks like one alone, and copies nothing', () => {
    const page = { url: 'https://fhir.example.nhs.uk/r4/Binary/1', list: [1, null, { reference: 7 }], text: 'x' };
    expect(own.makeRelative(page)).toBe(page);
  });
});

describe('a reference to this server', () => {
  it('becomes relative, at any depth, with its version', () => {
    const whole = 'https://fhir.example.nhs.uk/r4/';
    const resource = {
      subject: { reference: `${whole}Patient/p1` },
      participant: [{ actor: { reference: `${whole}Practitioner/d1/_history/2`, display: 'Dr D' } }],
      contained: [{ performer: [{ reference: 'https://FHIR.example.nhs.uk:443/r4/Organization/o1' }] }],
    };
    expect(own.makeRelative(resource)).toEqual({
      subject: { reference: 'Patient/p1' },
      participant: [{ actor: { reference: 'Practitioner/d1/_history/2', display: 'Dr D' } }],
      contained: [{ performer: [{ reference: 'Organization/o1' }] }],
    });
  });
});

describe('the address of a server', () => {
  const relativeAt = (base: string, reference: string) => ownReferences(base).makeRelative(to(reference));

  it.each([
    ['https://a.example:8443/r4', 'https://a.example/r4/Patient/1'],
    ['http://a.example:443/r4', 'http://a.example/r4/Patient/1'],
    ['https://a.example:4430/r4', 'https://a.example0/r4/Patient/1'],
    ['https://a.example:80/r4', 'https://a.example/r4/Patient/1'],
    ['http://a.example:8080/r4', 'http://a.example80/r4/Patient/1'],
    ['x-https://A.example/r4', 'https://a.example/r4/Patient/1'],
    ['x-https://A.example/r4', 'x-https://a.example/r4/Patient/1'],
    ['http://https:443/r4', 'http://https/r4/Patient/1'],
    ['https://http:80/r4', 'https://http/r4/Patient/1'],
    ['https://a.example/R4', 'https://a.example/r4/Patient/1'],
    ['/r4', '://r4/Patient/1'],
    ['/r4', '://Patient/1'],
  ])('with another port, or that is no address, is never taken for its neighbour: %s', (base, reference) => {
    expect(relativeAt(base, reference)).toEqual(to(reference));
  });

  it.each([
    ['https://a.example/r4//', 'https://a.example/r4/Patient/1'],
    ['https://a.example/r4/', 'https://a.example/r4/Patient/1'],
    ['https://a.example', 'https://a.example/Patient/1'],
    ['https://A.example:443', 'https://a.example/Patient/1'],
    ['HTTPS://A.example:443/R4', 'https://a.example/R4/Patient/1'],
    ['HTTP://a.example:80/r4', 'http://a.example/r4/Patient/1'],
    ['urn:server', 'urn:server/Patient/1'],
  ])('is the same however it is written: %s', (base, reference) => {
    expect(relativeAt(base, reference)).toEqual(to('Patient/1'));
  });

  it('is taken off one of a list without the others, and off a version of any length', () => {
    const list = [to('https://fhir.example.nhs.uk/r4/Patient/p1/_history/12'), to('#p1')];
    expect(own.makeRelative(list)).toEqual([to('Patient/p1/_history/12'), to('#p1')]);
  });
});
