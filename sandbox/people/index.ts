import type { Mode, SandboxCommunity } from '../community.ts';
import { Calendar } from './calendar.ts';
import { hero } from './stories/hero/index.ts';
import { ambiguous } from './stories/ambiguous.ts';
import { documentsOnly } from './stories/documents-only.ts';
import { doseChanged } from './stories/dose-changed.ts';
import { endOfLife } from './stories/end-of-life.ts';
import { longStaySocialCare } from './stories/long-stay-social-care.ts';
import { merged } from './stories/merged.ts';
import { nameChange } from './stories/name-change.ts';
import { noNhsNumber } from './stories/no-nhs-number.ts';
import { nothingRecorded } from './stories/nothing-recorded.ts';
import { objection } from './stories/objection.ts';
import { penicillinConflict } from './stories/penicillin-conflict.ts';
import { referred } from './stories/referred.ts';
import { restricted } from './stories/restricted.ts';
import { safeguarding } from './stories/safeguarding.ts';
import { sensitive } from './stories/sensitive.ts';
import { sourceDown, SILENT_HOSPITAL } from './stories/source-down.ts';
import { supersededNumber } from './stories/superseded-number.ts';
import { twins } from './stories/twins.ts';
import { World } from './world.ts';

/** The stories in the order they are listed for a visitor. */
const STORIES: readonly ((world: World) => void)[] = [
  hero,
  objection,
  sensitive,
  safeguarding,
  nameChange,
  noNhsNumber,
  penicillinConflict,
  doseChanged,
  sourceDown,
  documentsOnly,
  nothingRecorded,
  twins,
  restricted,
  ambiguous,
  endOfLife,
  longStaySocialCare,
  merged,
  supersededNumber,
  referred,
];

/** The pretend community as it stands on `today` (yyyy-mm-dd). The same day gives the same community, byte for byte. */
export function buildPeople(today = '2026-11-20'): SandboxCommunity {
  const world = new World(new Calendar(today));
  for (const story of STORIES) story(world);
  return world.community();
}

/** How EPRs misbehave from the start, by ODS code: the hospital of `source-down` does not answer. */
export const initialModes: Readonly<Record<string, Mode>> = { [SILENT_HOSPITAL]: 'down' };
