import type { OpenedTeam } from '../launch/opened-team.ts';
import { openTeamList } from './open-team-list.ts';

/** The list in the first language of the browser's that is spoken here. */
export async function showTeam(opened: OpenedTeam, root: HTMLElement, window: Window): Promise<void> {
  if (!isWhole(opened)) throw new TypeError('an answer without its team');
  const spoken = window.navigator.languages.find((language) => /^(?:cy|en)\b/i.test(language));
  const welsh = spoken !== undefined && /^cy\b/i.test(spoken);
  const [words, recordWords] = welsh
    ? [(await import('../../words/team-cy.ts')).teamCy, (await import('../../words/cy.ts')).cy]
    : [(await import('../../words/team-en-GB.ts')).teamEnGB, (await import('../../words/en-GB.ts')).enGB];
  root.ownerDocument.documentElement.lang = words.language;
  root.ownerDocument.title = words.heading;
  const around = { words: recordWords, sources: new Map(), today: '' };
  root.replaceChildren();
  await openTeamList({ opened, root, window, fetch: window.fetch.bind(window), words, around });
}

function isWhole({ expiresAt, team }: Partial<OpenedTeam>): boolean {
  return [expiresAt, team?.launchId, team?.name, team?.ods].every((text) => typeof text === 'string');
}
