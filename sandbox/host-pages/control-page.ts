import express from 'express';
import type { Express, Request, Response } from 'express';
import { createServer } from 'node:http';
import { asObject } from '../../src/record/resource.ts';
import type { Mode, SandboxCommunity } from '../community.ts';
import { closeServer, listen } from '../eprs/epr.ts';
import type { Epr } from '../eprs/epr.ts';
import { MODES, parseMode } from '../eprs/modes.ts';
import { parseInboxFault } from '../eprs/inbox/faults.ts';
import { parseHappening, type Happening } from '../eprs/notices/happen.ts';
import { Mistake } from '../mistake.ts';
import { auditPage, controlPage } from './control-views.ts';

/** What the control page needs of the sandbox it controls. */
export type Controlled = {
  readonly launcherUrl: string;
  readonly community: SandboxCommunity;
  readonly communityText: string;
  readonly eprs: readonly Epr[];
  setMode(ods: string, mode: Mode, slowMs?: number): void;
  happen(ods: string, story: string, what: Happening): { readonly resourceType: string; readonly id?: unknown };
  chartUrl(ods: string, story: string): string;
};

/** The page that makes EPRs misbehave and shows what each was asked. GET and POST /modes do the same for a script. */
export async function openControlPage(sandbox: Controlled, port: number): Promise<{ close(): Promise<void> }> {
  const server = createServer(controlApp(sandbox));
  await listen(server, port);
  return { close: () => closeServer(server) };
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

function controlApp(sandbox: Controlled): Express {
  const app = express().disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    next();
  });
  app.use(express.json({ limit: '4kb' }), express.urlencoded({ extended: false, limit: '4kb' }));
  app.get('/', (_request, response) => void response.type('html').send(controlPage(sandbox).html));
  app.get('/community.yaml', (_request, response) => void response.type('yaml').send(sandbox.communityText));
  app.get('/modes', (_request, response) => void response.json(sandbox.eprs.map(modeOf)));
  app.post('/modes', (request, response) => switchMode(sandbox, request, response));
  app.post('/happen', (request, response) => happen(sandbox, request, response));
  app.post('/inbox', (request, response) => switchInbox(sandbox, request, response));
  app.get('/audit/:ods', (request, response) => showAudit(sandbox, request, response));
  return app;
}

function switchMode(sandbox: Controlled, request: Request, response: Response): void {
  const body = asObject(request.body);
  const mode = parseMode(body?.['mode']);
  const epr = sandbox.eprs.find((one) => one.organisation.ods === body?.['ods']);
  if (!epr || !mode) {
    response.status(400).json({ error: `send {"ods", "mode"}; mode is one of ${MODES.join(', ')}` });
    return;
  }
  const slowMs = Number(body?.['slowMs'] ?? Number.NaN);
  sandbox.setMode(epr.organisation.ods, mode, Number.isInteger(slowMs) && slowMs > 0 ? slowMs : undefined);
  if (request.is('application/json')) response.json(sandbox.eprs.map(modeOf));
  else response.redirect(303, '/');
}

function happen(sandbox: Controlled, request: Request, response: Response): void {
  const body = asObject(request.body);
  try {
    const what = parseHappening(body?.['what']);
    const filed = sandbox.happen(String(body?.['ods']), String(body?.['story']), what);
    if (request.is('application/json')) response.json({ filed: `${filed.resourceType}/${String(filed.id)}` });
    else response.redirect(303, '/#happen');
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    response.status(400).json({ error: `send {"ods", "story", "what"}; ${error.message}` });
  }
}

function switchInbox(sandbox: Controlled, request: Request, response: Response): void {
  const body = asObject(request.body);
  const epr = sandbox.eprs.find((one) => one.organisation.ods === body?.['ods']);
  try {
    const fault = parseInboxFault(body?.['fault']);
    if (!epr) throw new Mistake('nobody has that code');
    const lateMs = Number(body?.['lateMs'] ?? Number.NaN);
    epr.inbox.setFault(fault, Number.isInteger(lateMs) && lateMs > 0 ? lateMs : undefined);
    if (request.is('application/json')) response.json({ ods: epr.organisation.ods, fault });
    else response.redirect(303, '/#inbox');
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    response.status(400).json({ error: `send {"ods", "fault"}; ${error.message}` });
  }
}

function showAudit(sandbox: Controlled, request: Request, response: Response): void {
  const epr = sandbox.eprs.find((one) => one.organisation.ods === request.params['ods']);
  if (!epr) response.sendStatus(404);
  else if (request.accepts(['html', 'json']) === 'json') response.json(epr.audit.events());
  else response.type('html').send(auditPage(epr).html);
}

function modeOf(epr: Epr) {
  return { ods: epr.organisation.ods, name: epr.organisation.name, mode: epr.modes.mode, slowMs: epr.modes.slowMs };
}
