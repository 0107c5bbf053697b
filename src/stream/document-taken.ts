import type { SourceId } from '../record/source.ts';
import type { ApiDeps } from './api.ts';

const ANSWER_DEADLINE_MS = 30_000;

/** Writes down that a document leaves the view; fails when the launcher did not. */
export async function documentTaken(
  deps: Pick<ApiDeps, 'bearer' | 'signal' | 'fetch' | 'base'>,
  act: 'exported' | 'printed',
  source: SourceId,
  reference: string,
): Promise<void> {
  const response = await deps.fetch(`${deps.base ?? '/api'}/act`, {
    method: 'POST',
    headers: { authorization: `Bearer ${deps.bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ act, source, reference }),
    credentials: 'omit',
    signal: AbortSignal.any([deps.signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]),
  });
  if (!response.ok) throw new Error(`act.${String(response.status)}`);
}
