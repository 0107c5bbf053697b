import { createHash } from 'node:crypto';
import type { ActRow } from '../storage/tables/messages.ts';
import type { Vault } from './vault.ts';

/**
 * One act as it lies in the store: what was done and by whom, with the launcher's signature over it, sealed under the
 * thread's key. Each act names the one before it, so that one that is changed, moved or taken away is noticed.
 */
export type Content = {
  /** Name, role and key of the person; an escalation has none. */
  readonly person?: string;
  readonly role?: string;
  /** As the community file called the role on that day. */
  readonly roleName?: string;
  readonly user?: string;
  readonly sdsUserId?: string;
  /** Plain text, of a message. */
  readonly body?: string;
};

/** What the signature covers besides the content: all that the columns say. */
export type ActHead = Pick<
  ActRow,
  'thread_id' | 'version' | 'sender' | 'id' | 'kind' | 'at' | 'from_address' | 'to_address' | 'due_at' | 'rule'
>;

export type Signing = {
  /** Compact JWS of these claims by the launcher's keys. */
  sign(claims: SignedClaims): string;
  /** The claims, when one of our keys signed them; nothing otherwise. */
  verify(jws: string): SignedClaims | undefined;
};

export type SignedClaims = {
  readonly jti: string;
  readonly thr: string;
  readonly n: number;
  /** Hash of the act before. */
  readonly prev: string;
  /** SHA-256 over head and content. */
  readonly act: string;
  /** SHA-256 over what is handed to the other side (`signedContent`); of messages only. */
  readonly sha256?: string;
};

type OpenedAct = { readonly head: ActHead; readonly content: Content; readonly signature: string };

type Sealed = { readonly content: Content; readonly signature: string };

/** Before the first act there is nothing. */
export const NO_CHAIN = '';

export function closeAct(
  head: ActHead,
  content: Content,
  before: string,
  parts: { readonly vault: Vault; readonly signing: Signing; readonly key: string; readonly outgoing?: string },
): ActRow {
  const { vault, signing, key, outgoing } = parts;
  const signature = signing.sign({
    jti: head.id,
    thr: head.thread_id,
    n: head.version,
    prev: before,
    act: digest(headText(head), JSON.stringify(content)),
    ...(outgoing !== undefined && { sha256: createHash('sha256').update(outgoing).digest('base64url') }),
  });
  const sealed = vault.seal(
    head.thread_id,
    key,
    placeOf(head),
    JSON.stringify({ content, signature } satisfies Sealed),
  );
  return { ...head, sealed, chain: digest(before, headText(head), sealed) };
}

/** Nothing: it was changed, or is not what the launcher signed, or does not follow the act before it. */
export function openAct(
  row: ActRow,
  before: string,
  parts: { readonly vault: Vault; readonly signing: Signing; readonly key: string },
): OpenedAct | undefined {
  const { sealed, chain, ...head } = row;
  if (sealed === null || chain !== digest(before, headText(head), sealed)) return undefined;
  const opened = unseal(head, sealed, parts);
  const claims = opened && parts.signing.verify(opened.signature);
  if (!opened || !claims) return undefined;
  const { jti, thr, n, prev, act } = claims;
  const holds =
    jti === head.id &&
    thr === head.thread_id &&
    n === head.version &&
    prev === before &&
    act === digest(headText(head), JSON.stringify(opened.content));
  return holds ? { head, ...opened } : undefined;
}

function unseal(
  head: ActHead,
  sealed: string,
  { vault, key }: { readonly vault: Vault; readonly key: string },
): Sealed | undefined {
  try {
    return JSON.parse(vault.open(head.thread_id, key, placeOf(head), sealed)) as Sealed;
  } catch {
    // Whatever it was, it is not what we sealed there; the reader is told so, message by message.
    return undefined;
  }
}

function placeOf({ version }: ActHead): string {
  return `act|${String(version)}`;
}

function headText(head: ActHead): string {
  const { thread_id, version, sender, id, kind, at, from_address, to_address, due_at, rule } = head;
  return JSON.stringify([thread_id, version, sender, id, kind, at, from_address, to_address, due_at, rule]);
}

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  // The length first, so that no two divisions of a text are the same.
  for (const part of parts) hash.update(`${String(part.length)}|`).update(part);
  return hash.digest('base64url');
}
