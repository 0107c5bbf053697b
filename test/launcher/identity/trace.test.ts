import { describe, expect, it } from 'vitest';
import type { SourceRequest, SourceResponse } from '../../../plugins/plugin.ts';
import { tracePatient, type TraceSettings } from '../../../launcher/identity/trace.ts';
import type { Unnumbered } from '../../../launcher/identity/home-patient.ts';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const settings: TraceSettings = { base: 'https://pds.example/FHIR/R4', search: 'get' };
const person = {
  family: 'Keene',
  given: 'Walter',
  birthDate: '1941-08-09',
  gender: 'male',
  postcode: 'ZZ98 3ML',
} as unknown as Unnumbered;

/** A Patient as the Personal Demographics Service sends it. */
const found = (number: string, more: object = {}): object => ({
  resourceType: 'Patient',
  id: number,
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: number }],
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'U' }] },
  name: [{ use: 'usual', family: 'Keene', given: ['Walter', 'George'] }],
  gender: 'male',
  birthDate: '1941-08-09',
  address: [{ use: 'home', postalCode: 'ZZ98 3ML' }],
  ...more,
});
const bundle = (...resources: object[]): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource, index) => ({ search: { score: 0.5 + index / 10 }, resource })),
});

function trace(answers: readonly (object | number)[], given: TraceSettings = settings, who = person) {
  const asked: SourceRequest[] = [];
  const fetch = (request: SourceRequest): Promise<SourceResponse> => {
    const answer = answers[asked.push(request) - 1] ?? bundle();
    const status = typeof answer === 'number' ? answer : 200;
    const text = JSON.stringify(typeof answer === 'number' ? { resourceType: 'OperationOutcome' } : answer);
    return Promise.resolve({
      status,
      header: () => undefined,
      text: () => Promise.resolve(text),
      bytes: () => Promise.reject(new Error()),
    });
  };
  return { asked, candidates: tracePatient(who, given, fetch, NOW, new AbortController().signal) };
}

describe('nobody is offered', () => {
  it.each([
    ['with another birth date', found('9990000018', { birthDate: '1941-08-08' })],
    ['with another family name', found('9990000018', { name: [{ use: 'usual', family: 'Ogden', given: ['Walter'] }] })],
    ['whose number is no NHS number', found('9990000011')],
    ['who is no longer active there', found('9990000018', { active: false })],
  ])('%s', async (_title, resource) => {
    expect(await trace([bundle(resource)]).candidates).toEqual([]);
  });

  it('of more people than can be compared with care', async () => {
    const many = ['9990000018', '9990000026', '9990000034', '9990000042', '9990000050', '9990000069'].map((number) =>
      found(number),
    );
    await expect(trace([bundle(...many)]).candidates).rejects.toMatchObject({ code: 'patient.trace_too_many' });
    const refused = {
      resourceType: 'OperationOutcome',
      issue: [{ code: 'multiple-matches', details: { coding: [{ code: 'TOO_MANY_MATCHES' }] } }],
    };
    await expect(trace([refused]).candidates).rejects.toMatchObject({ code: 'patient.trace_too_many' });
  });

  it('when the service refuses or breaks, and that is not “nobody found”', async () => {
    await expect(trace([503]).candidates).rejects.toMatchObject({ code: 'patient.trace_unavailable' });
    await expect(trace([bundle(), 401]).candidates).rejects.toMatchObject({ code: 'patient.trace_unavailable' });
  });
});

describe('who may be the person', () => {
  it('is searched for by all that is known, then more widely, the birth date always', async () => {
    const { asked, candidates } = trace([bundle(), bundle(found('9990000018'))]);
    expect(await candidates).toMatchObject([{ patient: { nhsNumber: '9990000018', given: 'Walter George' } }]);
    const [exact, loose] = asked.map(({ url }) => new URL(url).searchParams);
    expect(Object.fromEntries(exact!)).toEqual({
      family: 'Keene',
      given: 'Walter',
      birthdate: 'eq1941-08-09',
      gender: 'male',
      'address-postalcode': 'ZZ98 3ML',
    });
    expect(Object.fromEntries(loose!)).toEqual({ family: 'Keene', birthdate: 'eq1941-08-09', '_fuzzy-match': 'true' });
  });

  it('is searched for without a detail in any address where the service takes POST', async () => {
    const { asked, candidates } = trace([bundle(found('9990000018'))], { ...settings, search: 'post' });
    await candidates;
    expect(asked).toMatchObject([{ url: `${settings.base}/Patient/_search`, method: 'POST' }]);
    expect(asked[0]?.form?.get('family')).toBe('Keene');
  });

  it('comes best first, and H24 a restricted one without a place', async () => {
    const hidden = found('9990000026', { meta: { security: [{ code: 'R' }] } });
    const candidates = await trace([bundle(found('9990000018'), hidden)]).candidates;
    expect(candidates.map(({ patient }) => patient.nhsNumber)).toEqual(['9990000026', '9990000018']);
    expect(candidates[0]?.patient).toMatchObject({ restricted: true });
    expect(candidates[0]?.patient.postcode).toBeUndefined();
  });
});
