import { HOSTS } from '../../plugins/hosts.ts';
import { endSession } from '../stream/end-session.ts';
import { contextEnGB, type ContextWords } from '../words/context-en-GB.ts';
import { holdContext, type HoldOptions } from './context/hold-context.ts';
import type { OpenedLaunch } from './launch/callback-page.ts';
import { redeemTicket } from './launch/open-page.ts';

/** Opens the record of a launch with `show`, in a window that is held to the patient its host vouches for. */
export async function openLaunch(launch: OpenedLaunch, root: HTMLElement, show: HoldOptions['show']): Promise<void> {
  const fetch = window.fetch.bind(window);
  await holdContext({
    root,
    launch,
    window,
    hosts: HOSTS,
    fetch,
    words: await contextWords(navigator.languages),
    wordsIn: async (language) =>
      language === 'cy' ? (await import('../words/cy.ts')).cy : (await import('../words/en-GB.ts')).enGB,
    redeem: (ticket, ods) => redeemTicket(ticket, ods, fetch),
    endUnseen: ({ session }) => endSession(session, fetch),
    show,
  });
}

/** Welsh is fetched only by who reads it first; without it, English says what has to be said. */
async function contextWords(languages: readonly string[]): Promise<ContextWords> {
  const spoken = languages.find((language) => /^(?:cy|en)\b/i.test(language));
  if (spoken === undefined || !/^cy\b/i.test(spoken)) return contextEnGB;
  const { contextCy } = await import('../words/context-cy.ts').catch(() => ({ contextCy: contextEnGB }));
  return contextCy;
}
