import { createHash, timingSafeEqual } from 'node:crypto';

/** A launch between the click and the callback. Everything a callback may not choose stands here. */
export type Transaction = {
  readonly launchId: string;
  readonly ods: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly bindingHash: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
};

/** As the store keeps it: found by the hash of `state`, the rest sealed. */
export type StoredTransaction = {
  readonly stateHash: string;
  readonly organisation: string;
  readonly sealed: string;
  /** ISO instants. */
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type TransactionStore = {
  /**
   * False, and nothing kept, when this organisation already has `limit` launches under way. `saved` is called when there
   * is room, before it is durable (and again should it be tried again): what is written then shares its commit.
   */
  save(transaction: StoredTransaction, limit: number, saved?: () => void): Promise<boolean>;
  /** Gives it and removes it in one step: of two callers with the same state, one gets nothing. Run out at `now`: nothing. */
  take(stateHash: string, now: string): Promise<StoredTransaction | undefined>;
};

/** Seals and opens what the store keeps; `purpose` keeps one kind of value from being read as another. */
export type Sealing = { seal(purpose: string, value: unknown): string; open(purpose: string, sealed: string): unknown };

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** The handle both pages use for what they keep in the window; tells nothing about `state`. */
export function handleOf(state: string): string {
  return hashOf(`handle:${state}`).slice(0, 22);
}

export function sameHash(secret: string, hash: string): boolean {
  const given = Buffer.from(hashOf(secret));
  const wanted = Buffer.from(hash);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
