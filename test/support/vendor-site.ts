import express, { type RequestHandler } from 'express';
import { serveRouter, type ServedRouter } from './serve-router.ts';

const DIST = new URL('../../dist', import.meta.url).pathname;

/** A person and an allergy, with a word in each that must not be heard outside the elements. */
export const CANARY = 'Zyxomel';
export const PERSON = {
  nhsNumber: '9990000018',
  family: `${CANARY}-Tester`,
  given: 'Ann',
  birthDate: '1950-01-02',
  gender: 'female',
};
export const ALLERGY = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  patient: { reference: 'Patient/p1' },
  code: { text: `${CANARY} penicillin` },
  clinicalStatus: { coding: [{ code: 'active' }] },
};
export const SOURCE = { id: 'own', organisation: { ods: 'XT001', name: 'Test Lane Surgery', kind: 'gp' }, home: true };

export const GIVE = (element: string, corridor: string): string => `
  ${element}.patient = ${JSON.stringify(PERSON)};
  ${element}.sources = [${JSON.stringify(SOURCE)}];
  ${element}.entries = ${corridor}.readResources([${JSON.stringify(ALLERGY)}, ${JSON.stringify({ ...ALLERGY, id: 'a2' })}], 'own').entries;`;

/**
 * A vendor's product under a strict policy: its pages and their scripts, and the bundle at `/dist`, and again as another
 * copy at `/other`, which a browser takes for another version of it.
 */
export function serveVendor(
  scripts: Readonly<Record<string, string>>,
  {
    frames = "'none'",
    policies = 'lit-html',
    body = '',
    headers = {},
  }: { frames?: string; policies?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<ServedRouter> {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src ${frames}; require-trusted-types-for 'script'; trusted-types ${policies}`;
  const guard: RequestHandler = (_request, response, next) => {
    response.set({ 'content-security-policy': policy, ...headers });
    next();
  };
  const router = express.Router();
  router.use(guard);
  for (const path of ['/dist', '/other']) router.use(path, express.static(DIST));
  router.use('/sdk', express.static(`${DIST}/sdk`));
  router.get('/:name.html', (request, response) => {
    response
      .type('html')
      .send(
        `<!doctype html><html lang="en-GB"><title>Vendor</title><script type="module" src="/${request.params.name}.js"></script><body>${body}</body></html>`,
      );
  });
  router.get('/:name.js', (request, response) => {
    response.type('text/javascript').send(scripts[request.params.name] ?? '');
  });
  return serveRouter(router);
}
