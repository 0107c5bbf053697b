import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { dayOf } from './access/day.ts';
import { createObjections, neverHolds } from './access/objections.ts';
import type { Policy } from './access/policy.ts';
import type { Parts } from './build-services.ts';
import { adminRoutes } from './routes/admin/routes.ts';
import { moveAlertNamed } from './audit/move-alert.ts';
import { loadAlerts, mayMoveAlert, moveAlert } from './storage/tables/alerts.ts';
import { endConsent, saveConsent } from './storage/tables/consents.ts';

/** The pages under /admin, as `build-services.ts` mounts them. */
export function buildAdmin(parts: Parts, policy: Policy, now: () => number): Router {
  const { config, community, policies, database, audit } = parts;
  return adminRoutes({
    token: config.admin.token,
    beyondLoopback: config.admin.allowBeyondLoopback === 'yes',
    community,
    policy,
    versions: policies,
    today: () => dayOf(now()),
    audit,
    now,
    alerts: {
      list: (state, limit) => loadAlerts(database.queries, { state, limit }),
      move: (id, to, user) =>
        moveAlertNamed(
          {
            audit,
            mayMove: (one, state) => mayMoveAlert(database.queries, one, state),
            move: (one, state) => moveAlert(database.queries, one, state),
            now,
          },
          id,
          to,
          user,
        ),
    },
    objections: createObjections({
      audit,
      save: (row) => saveConsent(database.queries, row),
      end: (id, at) => endConsent(database.queries, id, at),
      newId: randomUUID,
      now,
    }),
    neverHolds: (objection) => neverHolds(objection, community),
  });
}
