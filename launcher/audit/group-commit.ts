/** One caller's rows, written all or none. */
type Waiting<Row> = { readonly rows: readonly Row[]; resolve(): void; reject(cause: unknown): void };

/**
 * Writes what several callers ask for at once in one commit: a commit costs a disk flush, or a round trip to the
 * database, whatever is in it, and eighteen sources settle within moments of each other. Each caller is told when its
 * own rows are durable. One caller's bad row never costs another caller its commit: a group that fails is tried again
 * one by one. `write` must be all or none; it takes the rows when it is ready to write them, so that what is asked for
 * while it waits for its turn is in the same commit.
 */
export function groupCommits<Row>(
  write: (take: () => readonly Row[]) => Promise<void>,
  rowsPerCommit: number,
): (rows: readonly Row[]) => Promise<void> {
  const waiting: Waiting<Row>[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    // One turn, so that whatever is asked for in the same moment joins this commit.
    await Promise.resolve();
    while (waiting.length > 0) await commit();
    draining = false;
  }

  function take(): readonly Waiting<Row>[] {
    let rows = 0;
    let count = 0;
    for (const one of waiting) {
      rows += one.rows.length;
      if (count > 0 && rows > rowsPerCommit) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  /** Without a group: whoever waits when the writing begins. */
  async function commit(given?: readonly Waiting<Row>[]): Promise<void> {
    let group = given;
    const taken = (): readonly Waiting<Row>[] => (group ??= take());
    try {
      await write(() => taken().flatMap((one) => one.rows));
      for (const one of taken()) one.resolve();
    } catch (cause) {
      if (taken().length === 1) group?.[0]?.reject(cause);
      else for (const one of taken()) await commit([one]);
    }
  }

  return (rows) =>
    new Promise((resolve, reject) => {
      waiting.push({ rows, resolve, reject });
      if (draining) return;
      draining = true;
      void drain();
    });
}
