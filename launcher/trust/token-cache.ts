export type CachedToken = { readonly token: string; readonly lifeS: number };

export type TokenCache = {
  /** The token kept under this key, or the one `ask` brings; one question at a time per key. */
  get(key: string, ask: () => Promise<CachedToken>, signal: AbortSignal): Promise<string>;
  forget(key: string): void;
};

/** Longest a token is kept, whatever its server says (SMART 2.2 Backend Services: it SHOULD be at most five minutes). */
const LONGEST_S = 300;

/** Keeps a token for four fifths of its life; when full, the one unused longest goes. */
export function createTokenCache(limit: number, now: () => number): TokenCache {
  const kept = new Map<string, { readonly token: string; readonly untilMs: number }>();
  const asking = new Map<string, Promise<string>>();

  return {
    get: async (key, ask, signal) => {
      const known = kept.get(key);
      if (known && known.untilMs > now()) {
        kept.delete(key);
        kept.set(key, known);
        return known.token;
      }
      const already = asking.get(key);
      if (already) return waitFor(already, key, ask, signal);
      return fetchToken(key, ask);
    },
    forget: (key) => void kept.delete(key),
  };

  async function fetchToken(key: string, ask: () => Promise<CachedToken>): Promise<string> {
    const asked = ask().then(({ token, lifeS }) => {
      kept.set(key, { token, untilMs: now() + Math.min(lifeS, LONGEST_S) * 800 });
      const oldest = kept.keys().next();
      if (kept.size > limit && !oldest.done) kept.delete(oldest.value);
      return token;
    });
    asking.set(key, asked);
    try {
      return await asked;
    } finally {
      if (asking.get(key) === asked) asking.delete(key);
    }
  }

  /** Whoever asked first may have gone away, and taken the question along: then this one asks for itself. */
  async function waitFor(
    already: Promise<string>,
    key: string,
    ask: () => Promise<CachedToken>,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      return await already;
    } catch (cause) {
      if (signal.aborted || !isAbort(cause)) throw cause;
      return fetchToken(key, ask);
    }
  }
}

function isAbort(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError');
}
