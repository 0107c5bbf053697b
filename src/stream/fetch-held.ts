import type { SourceId } from '../record/source.ts';

/** One thing a source holds, wanted as it is. */
export type HeldAsk = { readonly source: SourceId; readonly reference: string; readonly part?: number };

export type HeldDeps = {
  readonly bearer: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
};

/** A document larger than this is not taken into the page; the original can be read where it is held. */
const MAX_BYTES = 50 * 1024 * 1024;
const DEADLINE_MS = 30_000;

/** The bytes, or an error whose message is a code: the launcher's own where it gave one (docs/errors.md). */
export async function fetchHeld(address: string, ask: HeldAsk, deps: HeldDeps): Promise<Blob> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    const response = await deps.fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.any([deps.signal, deadline]),
    });
    if (!response.ok) throw new Error(await codeOf(response));
    return await readWithin(response);
  } catch (cause) {
    throw deadline.aborted ? new Error('document.late', { cause }) : cause;
  }
}

async function codeOf(response: Response): Promise<string> {
  const plain = `document.${String(response.status)}`;
  try {
    const said = ((await response.json()) as { readonly error?: unknown } | null)?.error;
    return typeof said === 'string' ? said : plain;
  } catch {
    // No answer of the launcher's own: something between it and us.
    return plain;
  }
}

/** Read as it comes, and given up as soon as it is too long: a length that was promised proves nothing. */
async function readWithin(response: Response): Promise<Blob> {
  const type = response.headers.get('content-type') ?? '';
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) {
    await response.body?.cancel();
    throw new Error('document.too_large');
  }
  const reader = response.body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    size += piece.value.byteLength;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      throw new Error('document.too_large');
    }
    pieces.push(piece.value);
  }
  return new Blob(pieces, { type });
}
