import * as elements from '../components/first-sight.ts';
import { mergingAtFirst } from '../record/merging-at-first.ts';
import { CorridorRecord } from './corridor-record.ts';
import { openRecordWith, type OpenRecordOptions } from './open-record.ts';
import { byTag, register } from './register-elements.ts';
import { viewFor } from './views.ts';

/**
 * Opens the record of a launch with what its first sight needs; the rest follows once that is on the screen. The window
 * is held to the patient its host vouches for.
 */
export async function openLaunch(launch: OpenedLaunch, root: HTMLElement): Promise<void> {
  register(byTag({ ...elements, CorridorRecord }));
  const fetch = window.fetch.bind(window);
  await holdContext({
    root,
    launch,
    window,
    hosts: HOSTS,
    fetch,
    words: contextWords(navigator.languages),
    redeem: (ticket, ods) => redeemTicket(ticket, ods, fetch),
    endUnseen: ({ session }) => openApi(NOWHERE, { bearer: session, signal: AbortSignal.abort(), fetch }).endSession(),
    show: ({ session, context }, place, painted) =>
      openRecordWith(
        { bearer: session, context, root: place, painted },
        {
          merging: mergingAtFirst(viewFor(undefined).first),
          later: async () => (await import('./after-first-sight.ts')).laterParts,
        },
      ),
  });
}
