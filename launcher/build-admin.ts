import type { Router } from 'express';
import { dayOf } from './access/day.ts';
import type { Policy } from './access/policy.ts';
import type { Parts } from './build-services.ts';
import { adminRoutes } from './routes/admin/routes.ts';
import { loadAlerts, moveAlert } from './storage/tables/alerts.ts';

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
    alerts: {
      list: (state, limit) => loadAlerts(database.queries, { state, limit }),
      move: (id, to) => moveAlert(database.queries, id, to),
    },
    audit,
    now,
  });
}
