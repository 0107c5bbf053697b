import { describe, expect, it } from 'vitest';
import { findServices } from '../../../plugins/fhir-r4/services.ts';
import type { SourceRequest, SourceResponse } from '../../../plugins/plugin.ts';

const BASE = 'https://epr.example/fhir';
const signal = new AbortController().signal;
const SERVICE = { resourceType: 'HealthcareService', id: 'duty' };
const bundle = (...resources: readonly object[]) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) });

function ask(status: number, body: string, contentType = 'application/fhir+json', identifiers: readonly string[] = []) {
  const asked: SourceRequest[] = [];
  const fetch = (request: SourceRequest): Promise<SourceResponse> => {
    asked.push(request);
    return Promise.resolve({
      status,
      header: () => contentType,
      text: () => Promise.resolve(body),
      bytes: () => Promise.resolve(new Uint8Array()),
    });
  };
  const limits = { pageSize: 50, pages: 1, resources: 50, concurrency: 1 };
  return { asked, found: findServices({ base: BASE }, { fetch, limits }, { ids: ['duty', 'b'], identifiers }, signal) };
}

describe('the services of a FHIR R4 server', () => {
  it.each([
    [401, '', 'source.auth'],
    [403, '', 'source.withheld'],
    [404, '', 'source.invalid_answer'],
    [503, '', 'source.unavailable'],
    [200, '{"half', 'source.invalid_answer'],
    [200, JSON.stringify(SERVICE), 'source.invalid_answer'],
  ])('end with a code where it answers %s %s', async (status, body, code) => {
    await expect(ask(status, body).found).rejects.toMatchObject({ code });
  });

  it('end where a page to sign in comes instead', async () => {
    await expect(ask(200, '<html>', 'text/html').found).rejects.toMatchObject({ code: 'source.invalid_answer' });
  });

  it('are asked for by POST and by name alone, with nothing of a patient', async () => {
    const { asked, found } = ask(200, bundle(SERVICE), undefined, ['https://x.example|1']);
    expect(await found).toEqual([SERVICE, SERVICE]);
    expect(asked.map(({ url, method, form }) => [method, url, form?.toString()])).toEqual([
      ['POST', `${BASE}/HealthcareService/_search`, '_id=duty%2Cb&_count=50'],
      ['POST', `${BASE}/HealthcareService/_search`, 'identifier=https%3A%2F%2Fx.example%7C1&_count=50'],
    ]);
  });
});
