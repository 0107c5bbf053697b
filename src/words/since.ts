import type { Counted } from './words.ts';

/** The words of what is new since somebody last looked; they come with their part. */
export type SinceWords = {
  readonly since: (when: string) => string;
  readonly sinceAdmission: (when: string) => string;
  readonly new: Counted;
  readonly changed: Counted;
  readonly unseen: Counted;
  readonly gone: Counted;
  readonly notKnown: Counted;
  readonly nothing: string;
  readonly nothingSoFar: string;
  readonly first: string;
  readonly unavailable: string;
  readonly showOnly: string;
  readonly useAdmission: string;
  readonly useLast: string;
  /** Why something is "not seen before" and not "new". */
  readonly unseenHelp: string;
  readonly filter: string;
};

const one =
  (single: string, many: string): Counted =>
  (n) =>
    (n === 1 ? single : many).replace('#', String(n).replace(/\B(?=(\d{3})+$)/g, ','));

const enGB: SinceWords = {
  since: (when) => `since you last looked (${when})`,
  sinceAdmission: (when) => `since your first look in this admission (${when})`,
  new: one('# new', '# new'),
  changed: one('# changed', '# changed'),
  unseen: one('# not seen before', '# not seen before'),
  gone: one('# no longer there', '# no longer there'),
  notKnown: one('# not answered for now', '# not answered for now'),
  nothing: 'Nothing new',
  nothingSoFar: 'Nothing new so far',
  first: 'Your first look at this record',
  unavailable: 'What is new since you last looked is not known',
  showOnly: 'Show only these',
  useAdmission: 'Since this admission',
  useLast: 'Since last time',
  unseenHelp: 'Not seen before: its organisation had not answered when you last looked, so it may not be new.',
  filter: 'new or changed',
};

const cy: SinceWords = {
  since: (when) => `ers ichi edrych ddiwethaf (${when})`,
  sinceAdmission: (when) => `ers ichi edrych gyntaf yn ystod y derbyniad hwn (${when})`,
  new: one('# newydd', '# newydd'),
  changed: one('# wedi newid', '# wedi newid'),
  unseen: one('# heb ei gweld o’r blaen', '# heb eu gweld o’r blaen'),
  gone: one('# nad yw yno mwyach', '# nad ydynt yno mwyach'),
  notKnown: one('# heb ateb amdani nawr', '# heb ateb amdanynt nawr'),
  nothing: 'Dim byd newydd',
  nothingSoFar: 'Dim byd newydd hyd yma',
  first: 'Dyma’r tro cyntaf ichi edrych ar y cofnod hwn',
  unavailable: 'Ni wyddys beth sy’n newydd ers ichi edrych ddiwethaf',
  showOnly: 'Dangos y rhain yn unig',
  useAdmission: 'Ers y derbyniad hwn',
  useLast: 'Ers y tro diwethaf',
  unseenHelp:
    'Heb ei gweld o’r blaen: nid oedd ei sefydliad wedi ateb pan edrychoch ddiwethaf, felly efallai nad yw’n newydd.',
  filter: 'newydd neu wedi newid',
};

export const SINCE: Readonly<Record<string, SinceWords>> = { 'en-GB': enGB, cy };

export function sinceWords(language: string): SinceWords {
  return SINCE[language] ?? enGB;
}
