/** What was sealed and can't be opened any more: damaged in the store. One such is said and counted, and keeps nothing else back. */
export class Damaged extends Error {
  constructor(place: string, options: ErrorOptions) {
    super(`${place} can’t be opened any more`, options);
    this.name = 'Damaged';
  }
}

export function opened<T>(place: 'a notice' | 'a subscription', open: () => string): T {
  try {
    return JSON.parse(open()) as T;
  } catch (cause) {
    throw new Damaged(place, { cause });
  }
}

/** Those that can be opened, and whether any of them can't. */
export function openEach<From, To>(
  rows: readonly From[],
  open: (row: From) => To,
): { readonly found: readonly { readonly row: From; readonly holds: To }[]; readonly damaged: boolean } {
  let damaged = false;
  const found = rows.flatMap((row) => {
    try {
      return [{ row, holds: open(row) }];
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      damaged = true;
      return [];
    }
  });
  return { found, damaged };
}
