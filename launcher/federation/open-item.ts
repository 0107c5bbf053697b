import { CorridorError } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { readHeld, withinDeadline, type HeldAsk } from './held-resource.ts';
import { mayBeShown } from './open-document.ts';

/**
 * Where one item stands in its own EPR. The person is found again and the item read and judged again, as for a document: an
 * address is as much of a record as the item it leads to, and none is made before it is wanted.
 */
export async function openItem(
  ask: HeldAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<string> {
  return withinDeadline(ask.source, deps, signal, async (within) => {
    const held = await readHeld(ask, located, connection, deps, within);
    if (!mayBeShown(held, ask, located, deps)) throw new CorridorError('access.refused', 'label or section');
    const address = deps.chartAddress?.(ask.source, { patientId: held.patientId, type: ask.type, id: ask.id });
    if (address === undefined) throw new CorridorError('document.not_found', 'its EPR takes no one to an item');
    return address;
  });
}
