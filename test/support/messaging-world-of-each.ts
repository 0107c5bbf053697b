import { afterEach, beforeEach } from 'vitest';
import type { Database } from '../../launcher/storage/database.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import { type MessagingWorld, openMessagingWorld, type WorldOptions } from './messaging.ts';

/** Made once: they take longer than all the rest. */
let keys: ReturnType<typeof makeKeys> | undefined;

/**
 * A world for each test on a store of its own, of whichever engine: `open` gives a new and empty one. `world` and
 * `database` are those of this test.
 */
export function messagingWorldOfEach(open: () => Promise<Database>, options: Omit<WorldOptions, 'database'> = {}) {
  let world: MessagingWorld | undefined;
  let database: Database | undefined;

  beforeEach(async () => {
    database = await open();
    world = await openMessagingWorld({ keys: await (keys ??= makeKeys()), ...options, database });
  });
  afterEach(async () => {
    await database?.close();
    [world, database] = [undefined, undefined];
  });

  return {
    get world(): MessagingWorld {
      if (!world) throw new Error('no test has begun');
      return world;
    },
    get database(): Database {
      if (!database) throw new Error('no test has begun');
      return database;
    },
  };
}
