import { ruleInWords } from '../components/source-words.ts';
import type { StorePhase } from '../stream/merging-store.ts';
import type { Words } from '../words/words.ts';

export type EndWords = { readonly what: string; readonly next: string; readonly code?: string };

/** What an ended stream means to the reader; undefined when it ended as it should. */
export function endInWords(how: Extract<StorePhase, { phase: 'ended' }>['how'], words: Words): EndWords | undefined {
  const { app } = words;
  switch (how.end) {
    case 'closed':
    case 'stopped':
      return undefined;
    case 'cut':
      return { what: app.cut, next: app.cutHelp, code: app.code(`stream.${how.reason}`) };
    case 'mismatch':
      return { what: app.mismatch, next: app.relaunch, code: app.code('stream.mismatch') };
    case 'unknown-version':
      return { what: app.wrongVersion, next: '', code: app.code('stream.unknown_version') };
    case 'refused': {
      const rule = how.rule === undefined ? undefined : ruleInWords({ ...how, rule: how.rule }, words);
      const plain = how.status === 401 ? app.expired : how.status === 403 ? app.refused : app.failed;
      const what = rule === undefined || how.status !== 403 ? plain : `${plain} ${rule}`;
      return { what, next: how.status === 401 ? '' : app.relaunch, code: app.code(how.code) };
    }
  }
}
