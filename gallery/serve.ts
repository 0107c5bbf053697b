import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import express, { type Express, type Request, type Response } from 'express';
import { buildPeople } from '../sandbox/people/index.ts';
import { elementsOf, type Manifest } from '../sdk/manifest.ts';
import { residentData } from './resident.ts';

const ROOT = join(import.meta.dirname, '..');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; frame-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html corridor";
/** The residents that show every state, and no more: a page of the gallery holds them all. */
const SHOWN = ['hero', 'penicillin-conflict', 'nothing-recorded'];
export const TODAY = '2026-11-20';

/**
 * The gallery: every element in every state, under the policy that a vendor's page would have. Beside it a plain FHIR
 * server, as much of one as reading a record takes, which holds the hero's own surgery.
 */
export async function galleryApp(): Promise<Express> {
  const community = buildPeople(TODAY);
  const residents = community.residents
    .filter(({ story }) => SHOWN.includes(story))
    .map((resident) => residentData(community, resident));
  const manifest = JSON.parse(readFileSync(join(ROOT, 'dist', 'custom-elements.json'), 'utf8')) as Manifest;
  const app = express();
  app.use((_request, response, next) => {
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    next();
  });
  app.use('/dist', express.static(join(ROOT, 'dist')));
  app.get('/data.json', (_request, response) => void response.json({ today: TODAY, residents }));
  app.get('/elements.json', (_request, response) => void response.json(elementsOf(manifest)));
  app.get(
    '/gallery.css',
    (_request, response) => void response.type('css').send(readFileSync(join(import.meta.dirname, 'gallery.css'))),
  );
  for (const name of ['gallery', 'on-fhir', 'on-entries']) {
    const script = await bundled(name);
    app.get(`/${name}.js`, (_request, response) => void response.type('text/javascript').send(script));
    app.get(name === 'gallery' ? '/' : `/${name}`, (_request, response) => void response.type('html').send(page(name)));
  }
  const own = residents[0]?.organisations[0];
  app.get(['/fhir/:type', '/fhir/:type/:id'], (request, response) => void answerFhir(request, response, own));
  return app;
}

type Held = ReturnType<typeof residentData>['organisations'][number] | undefined;

function answerFhir({ params, query }: Request, response: Response, held: Held): void {
  const { type, id } = params as { readonly type: string; readonly id?: string };
  response.type('application/fhir+json');
  if (type === 'metadata') return void response.json({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  if (type === 'Patient' && id === held?.patientId) return void response.json({ resourceType: 'Patient', id });
  const found = (held?.resources ?? []).filter((resource) => resource.resourceType === type);
  const { patient } = query;
  const asked = typeof patient === 'string' && patient.replace('Patient/', '') === held?.patientId;
  response.json({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: (asked ? found : []).map((resource) => ({ resource })),
  });
}

function page(name: string): string {
  return `<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Corridor: ${name}</title><link rel="stylesheet" href="/gallery.css"><script type="module" src="/${name}.js"></script><body></body></html>`;
}

/** The page's own script; the elements it takes from the bundle, as any vendor's page would. */
async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'pages', `${name}.ts`)],
    ...{ bundle: true, write: false, format: 'esm', target: 'es2022', logLevel: 'silent' },
    plugins: [
      {
        name: 'as-built',
        setup: (bundler) =>
          bundler.onResolve({ filter: /src\/(?:index|define)\.ts$/ }, ({ path }) => ({
            path: path.endsWith('define.ts') ? '/dist/define.js' : '/dist/corridor.js',
            external: true,
          })),
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
