import { asObject, asString } from '../record/resource.ts';
import type { ApiDeps } from './api.ts';

const ANSWER_DEADLINE_MS = 30_000;

/** Asks whether the record may be taken away as one document. Fails where it is not granted and written down. */
export async function takeSummary(
  deps: Pick<ApiDeps, 'bearer' | 'signal' | 'fetch' | 'base'>,
): Promise<{ readonly documentId: string; readonly at: string; readonly author: string }> {
  const response = await deps.fetch(`${deps.base ?? '/api'}/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'ips' }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.any([deps.signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]),
  });
  if (!response.ok) throw new Error(`export.${String(response.status)}`);
  const told = asObject(await response.json());
  const [documentId, at, author] = ['documentId', 'at', 'author'].map((name) => asString(told?.[name]));
  if (documentId === undefined || at === undefined || author === undefined) throw new Error('export.answer');
  return { documentId, at, author };
}
