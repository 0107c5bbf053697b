import { HOSTS } from '../../plugins/hosts.ts';
import * as elements from '../components/first-sight.ts';
import { mergingAtFirst } from '../record/merging-at-first.ts';
import { endSession } from '../stream/end-session.ts';
import { contextEnGB, type ContextWords } from '../words/context-en-GB.ts';
import { holdContext } from './context/hold-context.ts';
import { CorridorRecord } from './corridor-record.ts';
import type { OpenedLaunch } from './launch/callback-page.ts';
import { redeemTicket } from './launch/open-page.ts';
import { openRecordWith } from './open-record.ts';
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
    words: await contextWords(navigator.languages),
    redeem: (ticket, ods) => redeemTicket(ticket, ods, fetch),
    endUnseen: ({ session }) => endSession(session, fetch),
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

/** Welsh is fetched only by who reads it first; without it, English says what has to be said. */
async function contextWords(languages: readonly string[]): Promise<ContextWords> {
  const spoken = languages.find((language) => /^(?:cy|en)\b/i.test(language));
  if (spoken === undefined || !/^cy\b/i.test(spoken)) return contextEnGB;
  const { contextCy } = await import('../words/context-cy.ts').catch(() => ({ contextCy: contextEnGB }));
  return contextCy;
}
