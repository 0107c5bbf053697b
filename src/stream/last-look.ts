import { asObject, asString } from '../record/resource.ts';
import type { ApiDeps } from './api.ts';

/** What the launcher remembers of this reader's earlier looks at this person; the bytes are this page's own. */
export type Looks = {
  /** For the hashes of this reader and this person. */
  readonly key: Uint8Array;
  readonly last?: Look;
  /** The first look within the admission that the chart is open in. */
  readonly admission?: Look;
};

export type Look = { readonly at: string; readonly seen: Uint8Array };

export type LookMemory = { before(): Promise<Looks>; keep(seen: Uint8Array): Promise<void> };

const DEADLINE_MS = 20_000;

/** Where a view remembers what its reader has seen: at the launcher, never in the browser. */
export function openLastLook({ bearer, signal, fetch: ask, base = '/api' }: ApiDeps): LookMemory {
  const send = async (
    init: RequestInit & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Response> => {
    const response = await ask(`${base}/last-look`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${bearer}` },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (!response.ok) throw new Error(`look.${String(response.status)}`);
    return response;
  };
  return {
    async before() {
      const body = asObject(await (await send({})).json());
      const [key, last, admission] = [bytesOf(body?.['key']), lookOf(body?.['last']), lookOf(body?.['admission'])];
      if (!key) throw new Error('look.malformed');
      return { key, ...(last && { last }), ...(admission && { admission }) };
    },
    async keep(seen) {
      await send({
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(seen),
      });
    },
  };
}

function lookOf(value: unknown): Look | undefined {
  const look = asObject(value);
  const [at, seen] = [asString(look?.['at']), bytesOf(look?.['seen'])];
  return at !== undefined && seen ? { at, seen } : undefined;
}

/** Base64, in either alphabet. */
function bytesOf(value: unknown): Uint8Array | undefined {
  const text = asString(value);
  if (text === undefined) return undefined;
  try {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  } catch {
    // Not base64: as if it had not been there.
    return undefined;
  }
}
