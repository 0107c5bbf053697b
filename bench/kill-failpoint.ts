import { Server, ServerResponse } from 'node:http';
import SqliteDriver from 'better-sqlite3';
import pg from 'pg';

/**
 * Loaded before the launcher by the bench `kill`: ends the process as `kill -9` does at the Nth time a point is passed
 * after the first launch has come in. `CORRIDOR_BENCH_FAILPOINT` is `point:N`; the points lie on both sides of every
 * durable write and of every byte that tells of one. The launcher itself knows nothing of this.
 */
export type Point = 'write-before' | 'write-after' | 'answer-before' | 'byte-before' | 'byte-after';

const [point = '', times = '1'] = (process.env['CORRIDOR_BENCH_FAILPOINT'] ?? '').split(':');
let left = Number(times);
let armed = false;

function pass(here: Point): void {
  if (armed && here === point && --left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Method of a prototype, with something done before and after it. */
function around(
  owner: object,
  name: string,
  wrap: (call: () => unknown, self: unknown, args: readonly unknown[]) => unknown,
): void {
  const real = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
    return wrap(() => real.apply(this, args), this, args);
  });
}

around(Server.prototype, 'emit', (call, _self, [event, request]) => {
  if (event === 'request' && String((request as { url?: string }).url).startsWith('/launch')) armed = true;
  return call();
});

type Statement = { readonly source: string; readonly database: { readonly inTransaction: boolean } };

/** A commit, or a change outside a transaction: what is durable once it returns. */
function isDurable({ source, database }: Statement): boolean {
  return /^\s*commit/i.test(source) || (!database.inTransaction && /^\s*(?:insert|update|delete)/i.test(source));
}

const statement = Object.getPrototypeOf(new SqliteDriver(':memory:').prepare('select 1')) as object;
for (const name of ['run', 'all', 'get', 'iterate'])
  around(statement, name, (call, self) => {
    const durable = isDurable(self as Statement);
    if (durable) pass('write-before');
    const result = call();
    if (durable) pass('write-after');
    return result;
  });

/** PostgreSQL: durable once its answer has come. A client in a transaction is durable at its commit alone. */
const inTransaction = new WeakSet<object>();
around(pg.Client.prototype, 'query', (call, self, [query]) => {
  const text = typeof query === 'string' ? query : String((query as { readonly text?: unknown } | undefined)?.text);
  const client = self as object;
  if (/^\s*(?:begin|start transaction)/i.test(text)) inTransaction.add(client);
  const ends = /^\s*(?:commit|rollback(?! to))/i.test(text);
  const durable =
    /^\s*commit/i.test(text) || (!inTransaction.has(client) && /^\s*(?:insert|update|delete|with)/i.test(text));
  if (ends) inTransaction.delete(client);
  if (durable) pass('write-before');
  const result = call();
  if (!durable || !(result instanceof Promise)) return result;
  return result.then((answer: unknown) => {
    pass('write-after');
    return answer;
  });
});

around(ServerResponse.prototype, 'writeHead', (call) => {
  pass('answer-before');
  return call();
});
around(ServerResponse.prototype, 'write', (call) => {
  pass('byte-before');
  const result = call();
  pass('byte-after');
  return result;
});
