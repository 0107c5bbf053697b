import { readResources } from '../../src/record/read-resources.ts';
import { isResource } from '../../src/record/resource.ts';
import { SECTIONS, sectionsReading } from '../../src/record/sections/index.ts';
import { CorridorError } from '../errors.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { readHeld, withinDeadline, type Held, type HeldAsk } from './held-resource.ts';
import { isRestricted } from './source-reading.ts';

/** More than this is no longer read by anybody on a screen. */
const MAX_CHARACTERS = 256 * 1024;

/**
 * What a source sent and nobody here could read, as it is held there now. It goes out whole, so it is judged harder than
 * an entry: the reader must be allowed every section it could belong to, and nothing of a person whose whereabouts the
 * source protects goes this way, for nobody can cut an address out of what cannot be read (safety H23, H24).
 */
export async function openUnread(
  ask: HeldAsk,
  located: LocatedRequest,
  connection: OpenSource,
  deps: FederationDeps,
  signal: AbortSignal,
): Promise<string> {
  return withinDeadline(ask.source, deps, signal, async (within) => {
    const held = await readHeld(ask, located, connection, deps, within);
    const { resource, people } = held;
    if (!mayBeShown(held, ask, located, deps) || people.filter(isResource).some(isRestricted))
      throw new CorridorError('access.refused', 'label or section');
    // What can be read is shown as a line, cut to what this reader may see of it; there is no second way to it.
    if (readResources([resource], ask.source).unread.length === 0)
      throw new CorridorError('document.not_found', 'it can be read');
    const text = JSON.stringify(resource, null, 2).replace(UNSEEN, escaped);
    if (text.length > MAX_CHARACTERS) throw new CorridorError('document.refused', 'too long to show');
    return text;
  });
}

/** Marks that turn or hide what stands beside them: whoever looks at the text as sent must see that they are there. */
const UNSEEN = /[\p{Cf}\u2028\u2029]/gu;

function escaped(character: string): string {
  return [...character]
    .flatMap((c) => c.split(''))
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function mayBeShown(
  { resource, encounter }: Held,
  ask: HeldAsk,
  located: LocatedRequest,
  deps: FederationDeps,
): boolean {
  const sections = located.request.permitted.get(ask.source) ?? [];
  const reading = sectionsReading(resource.resourceType);
  const home = reading.length > 0 ? reading : SECTIONS.map(({ id }) => id);
  if (!home.every((section) => sections.includes(section))) return false;
  return home.every(
    (section) => deps.redactor.judge(resource, { source: ask.source, sections: [section], encounter }) === 'shown',
  );
}
