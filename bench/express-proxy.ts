import { startWaitForAll } from './wait-for-all.ts';

/**
 * The peer of B3 in a process of its own: an express proxy that asks the same sources the same questions, parses every
 * answer and sends all of them as one JSON document. It checks nothing. First line printed: its address.
 */
const { bases, types } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly bases: readonly string[];
  readonly types: readonly string[];
};
const proxy = await startWaitForAll(bases, types);
console.log(proxy.url);
process.once('SIGTERM', () => void proxy.close().then(() => process.exit(0)));
