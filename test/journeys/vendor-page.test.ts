import express, { type RequestHandler } from 'express';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSmallEpr, type SmallEpr } from '../support/sandbox/small-epr.ts';
import { serveRouter, type ServedRouter } from '../support/serve-router.ts';

/** A vendor's product under a strict policy: the built elements, its own page, and its own FHIR server behind the same origin. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

let browser: Browser;
let small: SmallEpr;
let vendor: ServedRouter;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  small = await openSmallEpr();
  const token = await small.client.systemToken(small.epr);
  vendor = await serveRouter(vendorPages(), passOn(small.epr.fhirBase, token));
});
afterAll(async () => {
  await vendor[Symbol.asyncDispose]();
  await small.close();
  await browser.close();
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
  complaints = [];
  page.on('console', (message) => {
    // A type the server does not hold is answered with 404, and the browser says so; that is no complaint about us.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});

describe('the elements in a vendor’s own page, with no launcher', () => {
  it('importing the bundle registers nothing and asks for nothing', async () => {
    await page.goto(`${vendor.url}/import.html`);
    await page.locator('#imported').waitFor();
    expect(await page.evaluate("customElements.get('corridor-record') === undefined")).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('shows entries set by script under a strict policy, without one complaint', async () => {
    await page.goto(`${vendor.url}/entries.html`);
    const record = page.locator('corridor-record');
    await record.getByText('TESTER, Ann').first().waitFor();
    await record.getByText('Penicillin').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows one organisation’s record from a plain FHIR server through fhirclient, and keeps nothing in the browser', async () => {
    await page.goto(`${vendor.url}/fhir.html`);
    const record = page.locator('corridor-record');
    await record.getByText('TESTER, Ann').first().waitFor();
    await expect
      .poll(() =>
        record.evaluate(
          (element: { store?: { record?: { completeness: { settled: boolean } } } }) =>
            element.store?.record?.completeness.settled,
        ),
      )
      .toBe(true);
    expect(await page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])')).toBe(
      '[{},{},""]',
    );
    expect(complaints).toEqual([]);
  });
});

const PATIENT = { nhsNumber: '9990000018', family: 'Tester', given: 'Ann', birthDate: '1950-01-02', gender: 'female' };
const ALLERGY = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  patient: { reference: 'Patient/p1' },
  code: { text: 'Penicillin' },
  clinicalStatus: { coding: [{ code: 'active' }] },
};
const SOURCE = { id: 'own', organisation: { ods: 'XT001', name: 'Test Lane Surgery', kind: 'gp' }, home: true };

const SCRIPTS: Readonly<Record<string, string>> = {
  import: `import * as corridor from '/dist/corridor.js';
    const said = document.createElement('p');
    said.id = 'imported';
    said.textContent = String(Object.keys(corridor).length);
    document.body.append(said);`,
  entries: `import '/dist/define.js';
    import { readResources } from '/dist/corridor.js';
    const record = document.createElement('corridor-record');
    record.patient = ${JSON.stringify(PATIENT)};
    record.sources = [${JSON.stringify(SOURCE)}];
    record.entries = readResources([${JSON.stringify(ALLERGY)}], 'own').entries;
    document.body.append(record);`,
  fhir: `import '/dist/define.js';
    import { connectFhirClient, readFhirSource, RecordStore } from '/dist/corridor.js';
    const client = await connectFhirClient(location.origin + '/fhir');
    const store = new RecordStore();
    const record = document.createElement('corridor-record');
    record.store = store;
    document.body.append(record);
    const ask = { client, patientId: 'p1', patient: ${JSON.stringify(PATIENT)}, source: ${JSON.stringify(SOURCE)}, signal: new AbortController().signal };
    for await (const event of readFhirSource(ask)) store.take(event);`,
};

function vendorPages(): RequestHandler {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('content-security-policy', POLICY);
    next();
  });
  router.use('/dist', express.static(new URL('../../dist', import.meta.url).pathname));
  router.get('/:name.html', (request, response) => {
    response
      .type('html')
      .send(
        `<!doctype html><html lang="en-GB"><title>Vendor</title><script type="module" src="/${request.params.name}.js"></script><body></body></html>`,
      );
  });
  router.get('/:name.js', (request, response) => {
    response.type('text/javascript').send(SCRIPTS[request.params.name] ?? '');
  });
  return router;
}

/** The vendor's own server signs in to its FHIR server; its page only ever sees its own origin. */
function passOn(fhirBase: string, token: string): RequestHandler {
  return async (request, response, next) => {
    if (!request.path.startsWith('/fhir')) return next();
    const answer = await fetch(fhirBase + request.originalUrl.slice('/fhir'.length), {
      headers: { authorization: `Bearer ${token}`, accept: 'application/fhir+json' },
    });
    const text = (await answer.text()).replaceAll(fhirBase, `http://${request.headers.host ?? ''}/fhir`);
    response.status(answer.status).type('application/fhir+json').send(text);
  };
}
