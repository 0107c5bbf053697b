import { asObject, type Json } from '../../../src/record/resource.ts';
import { Mistake } from '../../mistake.ts';

const DEADLINE_MS = 5_000;

/** From this EPR's server to the launcher. What is refused is told to the page by its status and nothing else. */
export async function askLauncher(
  address: string,
  { body, headers }: { readonly body: string; readonly headers: { readonly [name: string]: string } },
): Promise<Json> {
  const answer = await fetch(address, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!answer.ok) throw new Mistake(`the launcher answered ${String(answer.status)}`);
  return asObject(await answer.json()) ?? {};
}
