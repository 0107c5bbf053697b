/**
 * What belongs to `Type/id`, without a text of its own for each address: the ids are there already, and a record has tens
 * of thousands of them.
 */
export class ByAddress<T> {
  readonly #types = new Map<string, Map<string, T>>();

  get(address: string): T | undefined {
    const slash = address.indexOf('/');
    if (slash < 0) return undefined;
    return this.#types.get(address.slice(0, slash))?.get(address.slice(slash + 1));
  }

  at(type: string, id: string): T | undefined {
    return this.#types.get(type)?.get(id);
  }

  set(type: string, id: string, value: T): void {
    const ids = this.#types.get(type);
    if (ids) ids.set(id, value);
    else this.#types.set(type, new Map([[id, value]]));
  }

  *values(): Generator<T> {
    for (const ids of this.#types.values()) yield* ids.values();
  }
}
