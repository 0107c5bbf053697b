import express, { Router } from 'express';
import { asObject } from '../../../src/record/resource.ts';
import { CorridorError } from '../../errors.ts';
import type { AlertRow, AlertState } from '../../storage/tables/alerts.ts';
import { alertsPage, MOST_ALERTS, stateAsked } from './alerts-page.ts';
import { adminGuard, type GuardOptions } from './guard.ts';
import { type AdminPath, layout } from './layout.ts';
import type { Markup } from './html.ts';
import { endObjection, type ObjectionRouteDeps, recordObjection } from './objections.ts';
import { noteReading, type ReadingRouteDeps } from './readings.ts';
import { rulesPage } from './rules-page.ts';
import { type RulesOfCommunity, simulatorPage } from './simulator-page.ts';

export type AdminRouteDeps = GuardOptions &
  RulesOfCommunity &
  ObjectionRouteDeps &
  ReadingRouteDeps & {
    readonly alerts: {
      list(state: AlertState, limit: number): Promise<readonly AlertRow[]>;
      /** Written into the audit under `user`. False when there is no such alert, or it is past that already. */
      move(id: string, to: 'seen' | 'closed', user: string): Promise<boolean>;
    };
  };

const FORM_BYTES = 4_096;
const JSON_BYTES = 16_384;

/** /admin: for the information governance lead and the privacy officer. Pages of the server, without a script. */
export function adminRoutes(deps: AdminRouteDeps): Router {
  const router = Router();
  const page = (path: AdminPath, body: Markup): string => layout(path, deps.community.name, body);
  router.use('/admin', ...adminGuard(deps));
  router.get('/admin', (request, response) => {
    response.type('html').send(page('/admin', simulatorPage(request, deps)));
  });
  router.get('/admin/rules', (request, response) => {
    response.type('html').send(page('/admin/rules', rulesPage(request, deps)));
  });
  router.get('/admin/alerts', async (request, response) => {
    const state = stateAsked(request);
    response.type('html').send(page('/admin/alerts', alertsPage(state, await deps.alerts.list(state, MOST_ALERTS))));
  });
  // A page of another origin can't send JSON unasked, and nothing is read before the secret is known.
  const json = express.json({ limit: JSON_BYTES, strict: true, type: 'application/json' });
  router.post('/admin/objections', json, recordObjection(deps));
  router.post('/admin/readings', json, noteReading(deps));
  router.post('/admin/objections/end', json, endObjection(deps));
  router.post(
    '/admin/alerts',
    express.urlencoded({ extended: false, limit: FORM_BYTES }),
    async (request, response) => {
      const body = asObject(request.body);
      const id = body?.['id'];
      const to = body?.['to'];
      if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(id) || (to !== 'seen' && to !== 'closed'))
        throw new CorridorError('request.invalid', 'alert');
      const user = `urn:corridor:admin|${String(response.locals['adminName'])}`;
      if (!(await deps.alerts.move(id, to, user))) throw new CorridorError('request.not_found', 'alert');
      response.redirect(303, '/admin/alerts');
    },
  );
  return router;
}
