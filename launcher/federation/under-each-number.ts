import type { SourceConnection } from '../../plugins/plugin.ts';

/**
 * One source asked about one person under several NHS numbers, each over a way of its own: a source holds its callers to
 * the number their token names. What follows the search goes the way that found somebody; where both did, by the first
 * (that the two are one person is judged by who asks, `find-person.ts`).
 */
export function underEachNumber(
  numbers: readonly string[],
  open: (nhsNumber: string, nth: number) => SourceConnection,
): SourceConnection {
  const ways = numbers.map((nhsNumber, nth) => ({ nhsNumber, connection: open(nhsNumber, nth), found: false }));
  const [first] = ways;
  if (!first) throw new Error('a person without an NHS number is asked for nowhere');
  const chosen = (): SourceConnection => (ways.find(({ found }) => found) ?? first).connection;
  return {
    async findPatients(nhsNumber, signal) {
      const way = ways.find((one) => one.nhsNumber === nhsNumber) ?? first;
      const people = await way.connection.findPatients(nhsNumber, signal);
      way.found = people.length > 0;
      return people;
    },
    fetch: (ask, signal) => chosen().fetch(ask, signal),
    fetchDocument: (reference, signal) => chosen().fetchDocument(reference, signal),
    // One source has all its ways alike: what the first can, the others can.
    ...(first.connection.subscribe && {
      subscribe: (order, signal) => chosen().subscribe?.(order, signal) ?? Promise.resolve([]),
    }),
    ...(first.connection.unsubscribe && {
      unsubscribe: (ids, signal) => chosen().unsubscribe?.(ids, signal) ?? Promise.resolve(),
    }),
  };
}
