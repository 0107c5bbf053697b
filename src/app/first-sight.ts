import * as elements from '../components/first-sight.ts';
import { mergingAtFirst } from '../record/merging-at-first.ts';
import type { HoldOptions } from './context/hold-context.ts';
import { CorridorRecord } from './corridor-record.ts';
import type { OpenedTeam } from './launch/opened-team.ts';
import { openRecordWith } from './open-record.ts';
import { byTag, register } from './register-elements.ts';
import { viewFor } from './views.ts';

/** Shows the record of a launch with what its first sight needs; the rest follows once that is on the screen. */
export const showRecord: HoldOptions['show'] = ({ session, context }, root, painted, epoch) => {
  register(byTag({ ...elements, CorridorRecord }));
  return openRecordWith(
    { bearer: session, context, root, painted, epoch },
    {
      merging: mergingAtFirst(viewFor(undefined).first),
      later: async () => (await import('./after-first-sight.ts')).laterParts,
    },
  );
};

/** A team's list stands on a page where this script is anyway, and shares with it what both need. */
export const showTeam = async (team: OpenedTeam, root: HTMLElement): Promise<void> =>
  (await import('./team/show-team.ts')).showTeam(team, root, window);
