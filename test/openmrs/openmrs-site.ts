import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import type { Resource } from '../../src/record/resource.ts';
import { serveRouter, type ServedRouter } from '../support/serve-router.ts';

/** What `npm ci` put into `test/openmrs-shell`, and nothing of it into this project's own packages. */
const PACKAGES = join(import.meta.dirname, '..', 'openmrs-shell', 'node_modules', '@openmrs');
const MODULES = ['esm-primary-navigation-app', 'esm-patient-chart-app', 'esm-patient-banner-app'] as const;
/** Our own, as `npm run build` made it. */
const OURS = join(import.meta.dirname, '..', '..', 'dist', 'openmrs');
const OUR_NAME = '@corridor/esm-shared-record-app';

export type OpenmrsSite = ServedRouter & {
  /** Addresses of the backend that were asked for and that nothing answers with more than "none". */
  readonly unknown: Set<string>;
  /** Another user, or nobody, from now on. */
  signIn(user: OpenmrsUser | undefined): void;
  /** What is said of a patient to the pages of O3, or to servers, instead of what is held. */
  readonly instead: Map<`${'page' | 'server'} ${string}`, Resource>;
};

export type OpenmrsUser = {
  readonly uuid: string;
  readonly display: string;
  readonly roles: readonly string[];
  readonly locale: string;
};

export const DOCTOR: OpenmrsUser = {
  uuid: 'user-1',
  display: 'Dr Asha Testing',
  roles: ['Organizational: Doctor'],
  locale: 'en-GB',
};

export type OpenmrsOptions = {
  readonly patients: readonly Resource[];
  /** The implementer's configuration, asked for by each page. */
  readonly config: () => object;
  /** Mounted at `/openmrs/corridor`, as the site's proxy would. */
  readonly voucher?: RequestListener;
};

const COOKIE = 'JSESSIONID=pretend-session';

/**
 * An OpenMRS server as far as a browser can see it: the real application shell and the real patient chart by an import
 * map, our module among them, and behind them a pretend backend that knows a session and some patients.
 */
export async function serveOpenmrs(options: OpenmrsOptions): Promise<OpenmrsSite> {
  const unknown = new Set<string>();
  const instead: OpenmrsSite['instead'] = new Map();
  let user: OpenmrsUser | undefined = DOCTOR;
  const router = express.Router();
  router.use('/openmrs', (_request, response, next) => {
    response.set('set-cookie', `${COOKIE}; Path=/openmrs; HttpOnly; SameSite=Strict`);
    next();
  });
  router.get('/openmrs/ws/rest/v1/session', (request, response) => {
    response.json(user && isOfUser(request) ? sessionOf(user) : { authenticated: false });
  });
  router.get('/openmrs/ws/fhir2/R4/Patient/:id', (request, response) => {
    const { id } = request.params;
    // A browser says of its requests where they come from; a server's have no such header.
    const asker = request.header('sec-fetch-site') === undefined ? 'server' : 'page';
    const found = instead.get(`${asker} ${id}`) ?? options.patients.find((one) => one.id === id);
    if (!user || !isOfUser(request)) response.status(401).json({});
    else response.status(found ? 200 : 404).json(found ?? {});
  });
  const { voucher } = options;
  if (voucher) router.use('/openmrs/corridor', (request, response) => voucher(request, response));
  router.use('/openmrs/ws/fhir2', (_request, response) => void response.json({ resourceType: 'Bundle', total: 0 }));
  router.use('/openmrs/ws', (request, response) => {
    unknown.add(request.path);
    response.json({ results: [] });
  });
  serveShell(router, options.config);
  const served = await serveRouter(router);
  return Object.assign(served, { unknown, instead, signIn: (next: OpenmrsUser | undefined) => void (user = next) });
}

function isOfUser(request: Request): boolean {
  return request.header('cookie')?.includes(COOKIE) ?? false;
}

function sessionOf({ uuid, display, roles, locale }: OpenmrsUser): object {
  return {
    authenticated: true,
    sessionId: 'pretend-session',
    locale,
    allowedLocales: ['en', 'cy'],
    user: {
      uuid,
      display,
      username: uuid,
      person: { uuid: `person of ${uuid}`, display },
      privileges: [],
      roles: roles.map((role) => ({ uuid: `role-of-${role}`, display: role })),
      userProperties: {},
    },
    currentProvider: { uuid: 'provider-1', identifier: uuid },
    sessionLocation: { uuid: 'location-1', display: 'Test Lane' },
  };
}

/** As the assembling tool of OpenMRS lays them out: `importmap.json`, `routes.registry.json`, a folder for each module. */
function serveShell(router: express.Router, config: () => object): void {
  const modules = [
    ...MODULES.map((name) => ({ name: `@openmrs/${name}`, folder: join(PACKAGES, name) })),
    { name: OUR_NAME, folder: OURS },
  ].map(({ name, folder }) => ({ name, ...packageIn(folder) }));
  const slug = (name: string): string => name.replace(/^@/, '').replace('/', '-');
  router.get('/openmrs/spa/importmap.json', (_request, response) => {
    const imports = modules.map(({ name, script }) => [name, `./${slug(name)}/${script}`]);
    response.json({ imports: Object.fromEntries(imports) as object });
  });
  router.get('/openmrs/spa/routes.registry.json', (_request, response) => {
    response.json(Object.fromEntries(modules.map(({ name, routes }) => [name, routes])));
  });
  router.get('/openmrs/spa/config.json', (_request, response) => void response.json(config()));
  for (const { name, dist } of modules) router.use(`/openmrs/spa/${slug(name)}`, express.static(dist));
  const shell = join(PACKAGES, 'esm-app-shell', 'dist');
  router.use('/openmrs/spa', express.static(shell, { index: false }));
  const html = readFileSync(join(shell, 'index.html'), 'utf8')
    .replaceAll('https://dev3.openmrs.org/openmrs/spa/importmap.json', '/openmrs/spa/importmap.json')
    .replace('offline: true', 'offline: false')
    .replace('configUrls: []', "configUrls: ['/openmrs/spa/config.json']");
  router.get('/openmrs/spa/*path', (_request: Request, response: Response) => void response.type('html').send(html));
}

function packageIn(folder: string): { readonly dist: string; readonly script: string; readonly routes: unknown } {
  const { browser } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { browser: string };
  const [, below = '.', script = ''] = /^(.*)\/([^/]+)$/.exec(browser) ?? [];
  const dist = join(folder, below);
  return { dist, script, routes: JSON.parse(readFileSync(join(dist, 'routes.json'), 'utf8')) as unknown };
}
