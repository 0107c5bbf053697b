/**
 * Where an authorisation server keeps its codes, grants and tokens: memory, with an expiry for each and a limit for all.
 * Sessions are not kept: the launch token stands for the signed-in EPR user, so no cookie is ever needed.
 */
export type TokenStore = ((model: string) => ModelStore) & {
  /** Every user signs out: what was given to any of them is worth nothing from now on. */
  signOut(): void;
};

type Stored = { readonly payload: Payload; readonly expiresAtMs: number };
type Payload = { grantId?: string; consumed?: number; [member: string]: unknown };

const LIMIT = 50_000;
const OF_A_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

export function openTokenStore(now: () => number): TokenStore {
  const stored = new Map<string, Stored>();
  const signOut = (): void => {
    for (const key of stored.keys()) if (OF_A_GRANT.has(key.slice(0, key.indexOf(':')))) stored.delete(key);
  };
  return Object.assign((model: string) => new ModelStore(model, stored, now), { signOut });
}

export class ModelStore {
  readonly #model: string;
  readonly #stored: Map<string, Stored>;
  readonly #now: () => number;

  constructor(model: string, stored: Map<string, Stored>, now: () => number) {
    this.#model = model;
    this.#stored = stored;
    this.#now = now;
  }

  upsert(id: string, payload: Payload, expiresInSeconds?: number): void {
    if (this.#model === 'Session') return;
    this.#makeRoom();
    const expiresAtMs = this.#now() + (expiresInSeconds ?? 3_600) * 1_000;
    this.#stored.set(this.#key(id), { payload, expiresAtMs });
  }

  find(id: string): Payload | undefined {
    const found = this.#stored.get(this.#key(id));
    return found && found.expiresAtMs > this.#now() ? found.payload : undefined;
  }

  findByUid(): undefined {
    return undefined;
  }

  findByUserCode(): undefined {
    return undefined;
  }

  consume(id: string): void {
    const payload = this.find(id);
    if (payload) payload.consumed = Math.floor(this.#now() / 1_000);
  }

  destroy(id: string): void {
    this.#stored.delete(this.#key(id));
  }

  /** A code used twice takes back everything it gave (RFC 6749 §4.1.2). */
  revokeByGrantId(grantId: string): void {
    for (const [key, { payload }] of this.#stored) {
      if (payload.grantId === grantId && OF_A_GRANT.has(key.slice(0, key.indexOf(':')))) this.#stored.delete(key);
    }
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }

  #makeRoom(): void {
    if (this.#stored.size < LIMIT) return;
    for (const [key, { expiresAtMs }] of this.#stored) if (expiresAtMs <= this.#now()) this.#stored.delete(key);
    for (const key of this.#stored.keys()) {
      if (this.#stored.size < LIMIT) return;
      this.#stored.delete(key);
    }
  }
}
