/** Remembers token ids until they have run out. */
export type ReplayGuard = {
  /** False when this id was seen before, or when there is no room to remember it: what can't be checked is refused. */
  take(id: string, expiresAtMs: number, nowMs: number): boolean;
};

/** In memory. Several servers of one source need a store they share, behind the same type. */
export function createReplayGuard(limit = 100_000): ReplayGuard {
  const seen = new Map<string, number>();
  return {
    take(id, expiresAtMs, nowMs) {
      if ((seen.get(id) ?? 0) > nowMs) return false;
      if (seen.size >= limit) forgetOld(nowMs);
      if (seen.size >= limit) return false;
      seen.delete(id);
      seen.set(id, expiresAtMs);
      return true;
    },
  };

  function forgetOld(nowMs: number): void {
    for (const [id, until] of seen) if (until <= nowMs) seen.delete(id);
  }
}
