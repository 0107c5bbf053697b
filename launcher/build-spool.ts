import type { Audit } from './audit/audit.ts';
import { openSpool, type Spool, type SpoolPlace } from './audit/spool.ts';
import { createSpooledAudit, markSpooled, type SpooledEvent } from './audit/spooled-audit.ts';
import type { StoreAudit } from './audit/store-audit.ts';
import type { Ground } from './build-services.ts';
import { createSealing } from './session/seal.ts';
import { type AlertRow, saveAlert } from './storage/tables/alerts.ts';
import { type BreakGlassRow, findReasons, saveBreakGlass } from './storage/tables/break-glass.ts';

/** What an emergency may leave in the spool while the store can't be written. */
export type SpooledItem =
  | SpooledEvent
  | { readonly kind: 'alert'; readonly alert: AlertRow }
  | { readonly kind: 'grant'; readonly grant: BreakGlassRow; readonly alert: AlertRow };

export type Spooling = { readonly spool: Spool; readonly audit: Audit; stop(): Promise<void> };

const EVERY_MS = 5_000;

/** The way out for emergencies, where the operator has set one; what waits in it from before is handed in at once. */
export async function startSpooling(ground: Ground, store: StoreAudit): Promise<Spooling | undefined> {
  const { config, log } = ground;
  if (config.audit.spool === undefined) return undefined;
  const sealing = createSealing(config.seal.keys);
  const spool = await openSpool({
    file: config.audit.spool,
    seal: (purpose, value) => sealing.seal(purpose, value),
    open: (purpose, sealed) => sealing.open(purpose, sealed),
  });
  const handIn = createHandIn(ground, store);
  let running: Promise<void> | undefined;
  const drain = (): void => {
    if (running || spool.waiting() === 0) return;
    running = spool
      .drain((item, place) => handIn(item as SpooledItem, place))
      .then(
        () => log.info('audit.spool_handed_in'),
        (error: unknown) => log.error('audit.spool_waiting', { count: spool.waiting(), error }),
      )
      .finally(() => (running = undefined));
  };
  drain();
  const timer = setInterval(drain, EVERY_MS);
  return {
    spool,
    audit: createSpooledAudit(store, spool, (count) => log.error('audit.spooled', { count })),
    stop: async () => {
      clearInterval(timer);
      await running;
      await spool.close();
    },
  };
}

/** Once each: a launcher killed between handing in and emptying the file hands the same places in again. */
function createHandIn(
  { database }: Ground,
  store: StoreAudit,
): (item: SpooledItem, place: SpoolPlace) => Promise<void> {
  return async (item, place) => {
    if (item.kind === 'event') {
      const { type, at } = item.event;
      const until = new Date(Date.parse(at) + 1).toISOString();
      const there = await store.read({ type, since: at, until, limit: 10_000 });
      if (!there.some(({ detail }) => detail?.['spool'] === place)) await store.record(markSpooled(item.event, place));
    } else if (item.kind === 'alert') await saveAlert(database.queries, item.alert);
    else
      await database.transaction(async (transaction) => {
        if ((await findReasons(transaction, [item.grant.alertId])).size > 0) return;
        await saveBreakGlass(transaction, item.grant);
        await saveAlert(transaction, item.alert);
      });
  };
}
