import { readResources } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { CorridorError } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { readHeld, withinDeadline, type HeldAsk } from './held-resource.ts';

/** An item as its source holds it now, and the sections it stands in; refused to whoever would not be shown it. */
export async function lookAtItem(
  ask: HeldAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<{ readonly resource: Resource; readonly sections: readonly SectionId[] }> {
  return withinDeadline(ask.source, deps, signal, async (within) => {
    const { resource, encounter } = await readHeld(ask, located, connection, deps, within);
    const sections = located.request.permitted.get(ask.source) ?? [];
    if (deps.redactor.judge(resource, { source: ask.source, sections, encounter }) !== 'shown')
      throw new CorridorError('access.refused', 'label or section');
    const { entries } = readResources([resource], ask.source);
    return { resource, sections: [...new Set(entries.map(({ section }) => section))] };
  });
}
