import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allergy, bundle, person } from '../support/fhir-server.ts';
import { NHS_NUMBER } from '../support/federation.ts';
import { useSourceViews } from '../support/source-views.ts';
import { makeCertificate, type Certificate, type CertificateOptions } from '../support/certificate.ts';

const sources = useSourceViews();
const authority = makeCertificate({ name: 'Test authority' });
const stranger = makeCertificate({ name: 'Nobody’s authority' });
const before = tls.getCACertificates('default');
const open: { close(): Promise<void> }[] = [];

beforeAll(() => tls.setDefaultCACertificates([...before, authority.pem]));
afterAll(() => tls.setDefaultCACertificates(before));
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

type Served = { readonly base: string; asked: number };

/** A source behind TLS with this certificate; it would answer well. */
async function serveTls(certificate: Certificate, more: tls.TlsOptions = {}): Promise<Served> {
  const served = { base: '', asked: 0 };
  const server = createServer({ key: certificate.keyPem, cert: certificate.pem, ...more }, (request, response) => {
    served.asked += 1;
    request.resume();
    const resource = (request.url ?? '').includes('Patient') ? person('p1', NHS_NUMBER) : allergy('a1', 'p1');
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(bundle([resource])));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.base = `https://localhost:${String((server.address() as AddressInfo).port)}/fhir`;
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
  return served;
}

const good: CertificateOptions = { name: 'localhost', hosts: ['localhost'], by: authority };

describe('a source whose TLS can’t be trusted is not spoken to', () => {
  it.each<[string, CertificateOptions]>([
    ['70 a certificate that has run out', { ...good, fromDays: -30, toDays: -1 }],
    ['70 a certificate that is not yet good', { ...good, fromDays: 1 }],
    ['70 a certificate of another host', { ...good, hosts: ['other.example'] }],
    ['70 a certificate that signed itself', { name: 'localhost', hosts: ['localhost'] }],
    ['70 a certificate of an authority nobody trusts', { ...good, by: stranger }],
  ])('%s', async (_title, options) => {
    const served = await serveTls(makeCertificate(options));
    expect(await sources.view(served)).toMatchObject({ ended: 'unavailable source.unavailable', shown: [] });
    expect(served.asked).toBe(0);
  });

  it('70 TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const served = await serveTls(makeCertificate(good), old);
    expect(await sources.view(served)).toMatchObject({ ended: 'unavailable source.unavailable', shown: [] });
    expect(served.asked).toBe(0);
  });

  it('70 one that asks for a certificate of ours, which we have not', async () => {
    const served = await serveTls(makeCertificate(good), {
      requestCert: true,
      rejectUnauthorized: true,
      ca: authority.pem,
    });
    expect(await sources.view(served)).toMatchObject({ ended: 'unavailable source.unavailable', shown: [] });
  });
});

it('70 a source with a good certificate is read, so that the refusals above mean something', async () => {
  expect(await sources.view(await serveTls(makeCertificate(good)))).toMatchObject({ ended: 'answered', shown: ['a1'] });
});
