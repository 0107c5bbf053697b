/** The words of a reader's own order of sections; they come with their part. */
export type OwnOrderWords = {
  readonly open: string;
  readonly heading: string;
  /** What stays, and for how long the order holds. */
  readonly note: string;
  readonly up: (section: string) => string;
  readonly down: (section: string) => string;
  readonly moved: (section: string, place: number, all: number) => string;
  readonly first: (section: string) => string;
  readonly last: (section: string) => string;
  readonly reset: string;
  readonly wasReset: string;
  readonly done: string;
  readonly isNew: (count: number) => string;
};

const enGB: OwnOrderWords = {
  open: 'Order of sections…',
  heading: 'Order of sections',
  note: 'For this view only, until it is closed. Who it is, what did not answer, disagreements, risks, safeguarding and alerts always stay on top.',
  up: (section) => `Move ${section} up`,
  down: (section) => `Move ${section} down`,
  moved: (section, place, all) => `${section} is now ${String(place)} of ${String(all)}`,
  first: (section) => `${section} is first already`,
  last: (section) => `${section} is last already`,
  reset: 'Back to the order for my role',
  wasReset: 'The order for your role again',
  done: 'Done',
  isNew: (count) => `${String(count)} new to you`,
};

const cy: OwnOrderWords = {
  open: 'Trefn yr adrannau…',
  heading: 'Trefn yr adrannau',
  note: 'Ar gyfer yr olwg hon yn unig, nes ei chau. Mae pwy ydyw, beth na atebodd, anghytundebau, risgiau, diogelu a rhybuddion yn aros ar y brig bob amser.',
  up: (section) => `Symud ${section} i fyny`,
  down: (section) => `Symud ${section} i lawr`,
  moved: (section, place, all) => `Mae ${section} bellach yn ${String(place)} o ${String(all)}`,
  first: (section) => `Mae ${section} yn gyntaf eisoes`,
  last: (section) => `Mae ${section} yn olaf eisoes`,
  reset: 'Yn ôl i’r drefn ar gyfer fy rôl',
  wasReset: 'Y drefn ar gyfer eich rôl eto',
  done: 'Wedi gorffen',
  isNew: (count) => `${String(count)} yn newydd ichi`,
};

export const OWN_ORDER: Readonly<Record<string, OwnOrderWords>> = { 'en-GB': enGB, cy };

export function ownOrderWords(language: string): OwnOrderWords {
  return OWN_ORDER[language] ?? enGB;
}
