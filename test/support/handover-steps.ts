import { afterEach, beforeEach } from 'vitest';
import type { Acted } from '../../launcher/handovers/acts.ts';
import { AFTER_VIEW_MS } from '../../launcher/handovers/subscribe.ts';
import type { HandoverWorker } from '../../launcher/handovers/worker.ts';
import type { Session } from '../../launcher/session/session.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { loadNoticeWatches } from '../../launcher/storage/tables/notice-watches.ts';
import type { Community } from '../../launcher/trust/community.ts';
import type { Handover } from '../../src/messages/handover.ts';
import { LIMITS, openHandoverWorld, stay, type HandoverWorld } from './handover-world.ts';

export const ID = '11111111-1111-4111-8111-111111111111';
export const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };

/** Gives a new and empty store, of whichever engine. */
export type OpenStore = () => Promise<Database>;

/** A world for each test on a store of its own, and what people do in it. `world` and `database` are those of this test. */
export function inHandoverWorld(open: OpenStore) {
  let database: Database;
  let world: HandoverWorld;
  let more: HandoverWorker[] = [];

  beforeEach(async () => {
    more = [];
    database = await open();
    await migrate(database);
    world = openHandoverWorld(database);
  });
  afterEach(async () => {
    await world.stop();
    await database.close();
  });

  const gp = (): Session => world.session('XB001', 'gp', { careEvidence: 'registration' });
  const nurse = (): Session => world.session('XB201', 'nurse', { careEvidence: 'referral' });
  const council = (): Session => world.session('XB401', 'social-worker', { careEvidence: 'referral' });
  const lead = (): Session => world.session('XB201', 'gp', { careEvidence: 'referral' });
  const launcher = (n: number): HandoverWorker => (more[n] ??= world.secondWorker());
  const after = (ms: number): Promise<void> => {
    world.clock.ms += ms;
    return world.worker.tick();
  };
  const handovers = async (session = gp()): Promise<readonly Handover[]> =>
    (await world.lists.ofPatient(world.reader(session))).handovers;

  return {
    get world() {
      return world;
    },
    get database() {
      return database;
    },
    gp,
    nurse,
    council,
    lead,
    after,
    handovers,
    acknowledge: (session: Session, handover: Handover, address: string, id: string = ID): Promise<Acted> =>
      world.lists.act(world.reader(session), {
        kind: 'acknowledge',
        id,
        handover: handover.id,
        version: handover.version,
        address,
      }),
    count: (type: string): number => world.audit.filter((event) => event.type === type).length,
    /** The practice and the community team are told of a discharge. */
    discharged: async (): Promise<Handover> => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const [found] = await handovers();
      if (!found) throw new Error('no handover');
      return found;
    },
    /** More launchers on the same store. */
    second: (): HandoverWorker => launcher(0),
    third: (): HandoverWorker => launcher(1),
    watchesOf: async (source: string) => {
      const rows = await database.queries.selectFrom('notice_subscriptions').select('id').execute();
      const ids = rows.map(({ id }) => id);
      return (await loadNoticeWatches(database.queries, ids)).filter((watch) => watch.source === source);
    },
    /** The same store, of a community that has agreed on something else. */
    reopen: async (community?: Community, most?: number): Promise<HandoverWorld> => {
      await world.stop();
      world = openHandoverWorld(database, community, most);
      return world;
    },
  };
}
