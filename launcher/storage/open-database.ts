import { type Config, ConfigError } from '../config.ts';
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** The store that `storage.url` names. `readOnly`: beside a running launcher, for looking only. */
export function openDatabase(
  { url, poolSize, connectMs, statementMs }: Config['storage'],
  onIdleError: (code: string) => void,
  readOnly = false,
): Promise<Database> | Database {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  if (file !== undefined) return openSqlite({ file, busyMs: statementMs, readOnly });
  if (/^postgres(?:ql)?:\/\//.test(url)) return openPostgres({ url, poolSize, connectMs, statementMs, onIdleError });
  throw new ConfigError(['storage.url (CORRIDOR_STORAGE_URL): must begin with sqlite: or postgres://']);
}
