import type { Counted } from './words.ts';

/** The words of finding and filtering, kept apart from the others so that they come with their part and not before. */
export type FindingWords = {
  readonly label: string;
  readonly hint: string;
  readonly filters: Counted;
  readonly clear: string;
  readonly clearKey: string;
  /** What fits, of all there is; and what stays on screen because it is always shown. */
  readonly showing: (fitting: number, total: number, kept: number) => string;
  readonly searching: string;
  readonly dates: string;
  readonly from: string;
  readonly to: string;
  readonly organisations: string;
  readonly kinds: string;
  readonly dated: (from: string | undefined, to: string | undefined) => string;
  readonly take: (filter: string) => string;
  readonly results: string;
  readonly matched: Counted;
  readonly none: (total: number) => string;
  readonly undated: Counted;
  /** Who has not answered, so that what they hold was not looked through. */
  readonly notSearched: (names: string) => string;
  readonly unread: Counted;
  readonly documents: string;
  readonly kept: string;
};

const group = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const one =
  (single: string, many: string): Counted =>
  (n) =>
    (n === 1 ? single : many).replace('#', group(n));

const enGB: FindingWords = {
  label: 'Find in this record',
  hint: 'Find…',
  filters: (n) => (n === 0 ? 'Filters' : `Filters: ${n}`),
  clear: 'Clear',
  clearKey: 'Clear (Esc)',
  showing: (fitting, total, kept) =>
    `Showing ${group(fitting)} of ${group(total)}${kept > 0 ? `, and ${group(kept)} always shown` : ''}`,
  searching: 'Looking…',
  dates: 'Dated, or going on',
  from: 'From',
  to: 'To',
  organisations: 'Organisation',
  kinds: 'Kind',
  dated: (from, to) => [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' '),
  take: (filter) => `Take away the filter: ${filter}`,
  results: 'Found in this record',
  matched: one('# item found', '# items found'),
  none: (total) => `Nothing found among the ${group(total)} items of this record.`,
  undated: one(
    '# of them has no date and is shown all the same.',
    '# of them have no date and are shown all the same.',
  ),
  notSearched: (names) => `Not looked through, for they have not answered: ${names}.`,
  unread: one(
    '# item that could not be read was not looked through.',
    '# items that could not be read were not looked through.',
  ),
  documents: 'What is written inside documents is not looked through.',
  kept: 'Always shown',
};

const cy: FindingWords = {
  label: 'Chwilio yn y cofnod hwn',
  hint: 'Chwilio…',
  filters: (n) => (n === 0 ? 'Hidlo' : `Hidlo: ${n}`),
  clear: 'Clirio',
  clearKey: 'Clirio (Esc)',
  showing: (fitting, total, kept) =>
    `Yn dangos ${group(fitting)} o ${group(total)}${kept > 0 ? `, a ${group(kept)} a ddangosir bob amser` : ''}`,
  searching: 'Wrthi’n chwilio…',
  dates: 'Wedi’i ddyddio, neu’n parhau',
  from: 'O',
  to: 'Hyd',
  organisations: 'Sefydliad',
  kinds: 'Math',
  dated: (from, to) => [from && `o ${from}`, to && `hyd ${to}`].filter(Boolean).join(' '),
  take: (filter) => `Tynnu’r hidlydd: ${filter}`,
  results: 'Cafwyd yn y cofnod hwn',
  matched: one('cafwyd # eitem', 'cafwyd # eitem'),
  none: (total) => `Ni chafwyd dim ymhlith ${group(total)} eitem y cofnod hwn.`,
  undated: one(
    'Nid oes dyddiad i # ohonynt; fe’i dangosir er hynny.',
    'Nid oes dyddiad i # ohonynt; fe’u dangosir er hynny.',
  ),
  notSearched: (names) => `Heb eu chwilio, gan nad ydynt wedi ateb: ${names}.`,
  unread: one('Ni chwiliwyd # eitem na ellid ei darllen.', 'Ni chwiliwyd # eitem na ellid eu darllen.'),
  documents: 'Ni chwilir yr hyn a ysgrifennwyd y tu mewn i ddogfennau.',
  kept: 'Dangosir bob amser',
};

export const FINDING: Readonly<Record<string, FindingWords>> = { 'en-GB': enGB, cy };

/** In the language of the other words; one without words of its own here gets the English. */
export function findingWords(language: string): FindingWords {
  return FINDING[language] ?? enGB;
}
