import type { SourceId } from '../record/source.ts';

type ItemDeps = { readonly bearer: string; readonly signal: AbortSignal; readonly fetch: typeof fetch };

/** From the click to the EPR's own sign-in, in less time than a browser remembers a click. */
const DEADLINE_MS = 4_500;

/** Opens one item in its own EPR, in a window that knows nothing of this one. The launcher judges it now, and says where. */
export async function openItem(
  deps: ItemDeps,
  source: SourceId,
  reference: string,
  page: Window = window,
): Promise<void> {
  const response = await deps.fetch('/api/item', {
    method: 'POST',
    headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source, reference }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.any([deps.signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  if (!response.ok) throw new Error(`item.${String(response.status)}`);
  const { address } = (await response.json()) as { readonly address?: unknown };
  if (typeof address !== 'string' || !/^https?:\/\//.test(address)) throw new Error('item.address');
  page.open(address, '_blank', 'noopener,noreferrer');
}
