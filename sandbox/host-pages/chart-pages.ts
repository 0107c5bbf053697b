import express from 'express';
import type { Request, Response, Router } from 'express';
import { fileURLToPath } from 'node:url';
import { asObject, asString } from '../../src/record/resource.ts';
import type { SandboxUser } from '../community.ts';
import type { ChartQuestion } from '../eprs/doors/door.ts';
import type { Epr } from '../eprs/epr.ts';
import type { Chart } from '../eprs/launch-tokens.ts';
import { chartPage, patientListPage, problemPage, signInPage } from './chart-views.ts';
import type { Html } from './html.ts';
import { homePages } from './home-pages.ts';
import { lookOf } from './looks.ts';
import { vendorScripts } from './vendor-scripts.ts';
import { openemrAssets, openemrTab } from './openemr-tab.ts';
import { readPerson } from './person.ts';

const FILES = new URL('./assets/', import.meta.url);

/** Address of an open chart on its EPR's origin. */
export function chartPath(userIndex: number, patientId: string): string {
  return `/u/${userIndex}/patients/${encodeURIComponent(patientId)}`;
}

/**
 * The chart pages of one EPR: sign in by choice, patient list, open chart. Who is signed in stands in the address, so
 * that no cookie is shared between two dozen EPRs on one host name.
 */
export function chartPages(epr: Epr, launcherUrl: string): Router {
  const router = express.Router();
  const look = lookOf(epr.organisation.kind);
  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': policy(launcherUrl),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    next();
  });
  router.use('/assets', express.static(fileURLToPath(FILES)));
  if (epr.door.id === 'openemr') {
    router.use('/vendor/openemr', openemrAssets());
    router.use(openemrTab(epr, launcherUrl));
  }
  router.use('/vendor', vendorScripts());
  router.get('/', (_request, response) => send(response, signInPage(epr, look)));
  router.get('/open', (request, response) =>
    response.redirect(303, afterSignIn(Number(request.query['user'] ?? 0), request.query)),
  );
  // Where a link from the shared record leads: first to this system's own sign-in, whoever followed it.
  router.get('/items/:patient/:type/:id', (request, response) => {
    const item = itemOf(epr, request.params);
    if (item) send(response, signInPage(epr, look, { patient: request.params.patient, item: item.path }));
    else send(response, problemPage(epr, look, 'There is no such entry here.'), 404);
  });
  router.use(homePages(epr));
  router.get('/u/:user/patients', (request, response) => {
    const user = userOf(epr, request);
    const people = epr.store
      .all('Patient')
      .map(readPerson)
      .sort((a, b) => a.name.localeCompare(b.name));
    if (user) send(response, patientListPage(epr, look, user, people));
    else send(response, problemPage(epr, look, 'Nobody with that sign-in works here.'), 404);
  });
  router.get('/u/:user/patients/:id', (request, response) => {
    const [user, patient] = [userOf(epr, request), epr.store.read('Patient', request.params.id)];
    const [type = '', id = ''] = (asString(request.query['item']) ?? '').split('/');
    const linked = itemOf(epr, { patient: request.params.id, type, id });
    if (user && patient) send(response, chartPage(epr, launcherUrl, look, user, readPerson(patient), linked?.words));
    else send(response, problemPage(epr, look, `No such ${look.words.person} is registered here.`), 404);
  });
  router.post('/u/:user/patients/:id/:question', express.json({ limit: '1kb' }), async (request, response) => {
    const [user, patient] = [userOf(epr, request), epr.store.read('Patient', request.params.id)];
    if (!user || !patient || !request.is('application/json')) return void response.sendStatus(404);
    const body = asObject(request.body) ?? {};
    const place = asString(body['place']) ?? '';
    const encounterId = openEncounter(epr, request.params.id);
    const chart: Chart = {
      user: user.user,
      patientId: request.params.id,
      needPatientBanner: !(look.keepsBanner && place === 'frame'),
      ...(encounterId === undefined ? {} : { encounterId }),
    };
    const { question } = request.params;
    const answer = await askDoor(epr, question, chart, { patient, place, body });
    if (answer === undefined) response.sendStatus(404);
    else if (answer === SILENT) response.sendStatus(502);
    else response.json(answer);
  });
  return router;
}

const SILENT = Symbol('the launcher did not help');

/** What the chart's script asks its own server for: a launch, or what else this make's way of opening needs. */
async function askDoor(
  epr: Epr,
  question: string,
  chart: Chart,
  asked: ChartQuestion,
): Promise<object | undefined | typeof SILENT> {
  try {
    if (question === 'launch') return await epr.open(chart, asked);
    return await epr.door.answer?.(question, chart, asked);
  } catch {
    // Refused or not reached: the page says so, and the launcher's own log says why.
    return SILENT;
  }
}

/** The patient list, or the item that was linked to. Nothing but ids of this system is taken over. */
function afterSignIn(user: number, { patient, item }: Request['query']): string {
  const people = `/u/${String(user)}/patients`;
  if (typeof patient !== 'string' || typeof item !== 'string') return people;
  return `${people}/${encodeURIComponent(patient)}?${new URLSearchParams({ item }).toString()}`;
}

/** An entry of this patient's, in its own words. */
function itemOf(
  epr: Epr,
  { patient, type, id }: { readonly patient: string; readonly type: string; readonly id: string },
): { readonly path: string; readonly words: string } | undefined {
  const found = epr.store.ofPatient(type, patient).find((resource) => resource.id === id);
  if (!found) return undefined;
  const coded = asObject(found['code']) ?? asObject(found['medicationCodeableConcept']) ?? asObject(found['type']);
  return { path: `${type}/${id}`, words: asString(coded?.['text']) ?? type };
}

export type SignedIn = { readonly user: SandboxUser; readonly index: number };

function userOf(epr: Epr, request: Request): SignedIn | undefined {
  const index = Number(request.params['user']);
  const user = epr.organisation.users[index];
  return user && { user, index };
}

/** The encounter a chart is opened in: one that is going on now, if there is one. */
function openEncounter(epr: Epr, patientId: string): string | undefined {
  const open = epr.store.ofPatient('Encounter', patientId).find((encounter) => encounter['status'] === 'in-progress');
  return asString(open?.id);
}

/** Only this origin's own files, and the launcher in a frame; the sign-in at this origin passes through that frame. */
function policy(launcherUrl: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `frame-src 'self' ${launcherUrl}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function send(response: Response, page: Html, status = 200): void {
  response.status(status).type('html').send(page.html);
}
