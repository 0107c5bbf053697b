import type { Mode, SandboxCommunity } from '../community.ts';
import { Calendar } from './calendar.ts';
import { hero } from './stories/hero/index.ts';
import { World } from './world.ts';

/** The stories in the order they are listed for a visitor. */
const STORIES: readonly ((world: World) => void)[] = [hero];

/** The pretend community as it stands on `today` (yyyy-mm-dd). The same day gives the same community, byte for byte. */
export function buildPeople(today = '2026-11-20'): SandboxCommunity {
  const world = new World(new Calendar(today));
  for (const story of STORIES) story(world);
  return world.community();
}

/** How EPRs misbehave from the start, by ODS code: the hospital of `source-down` does not answer. */
export const initialModes: Readonly<Record<string, Mode>> = {};
