import type { Caution, Entry } from './entry.ts';
import type { InvestigationEntry } from './sections/investigation-results.ts';

/**
 * A laboratory often says of a whole report, or of a panel within it, what spoils each of its results: the sample was
 * haemolysed, the report was called off, filed under the wrong person, or cannot be interpreted. The results are records of
 * their own and stay "final" (safety H18), so each is given the doubt here, however many panels are between; one that
 * stands in another report, or another panel, without it is left as it is, with all below it.
 */
export function doubtByReport(entries: readonly Entry[]): readonly Entry[] {
  return doubtBy('result', doubtBy('report', entries));
}

function doubtBy(kind: InvestigationEntry['kind'], entries: readonly Entry[]): readonly Entry[] {
  const holders = entries.filter(
    (entry) => entry.section === 'investigation-results' && (entry as InvestigationEntry).kind === kind,
  );
  if (!holders.some((holder) => DOUBTS.some((doubt) => has(doubt, holder)))) return entries;
  const holding = holdingOf(holders, entries);
  const more = new Map<Entry, readonly Caution[]>();
  for (const doubt of DOUBTS)
    for (const entry of doubtedBy(doubt, holders, holding)) more.set(entry, [...(more.get(entry) ?? []), doubt]);
  return entries.map((entry) => {
    const added = more.get(entry);
    return added ? { ...entry, cautions: [...new Set([...entry.cautions, ...added])] } : entry;
  });
}

type Holding = {
  readonly membersOf: (holder: Entry) => readonly Entry[];
  readonly holdersOf: (member: Entry) => readonly Entry[];
};

function holdingOf(holders: readonly Entry[], entries: readonly Entry[]): Holding {
  const members = new Map<Entry, Entry[]>();
  const held = new Map<string, Entry[]>();
  for (const holder of holders)
    for (const { rel, to } of holder.links)
      if (rel === 'result') listIn(held, `${holder.origin.source}/${to}`).push(holder);
  const holdersOf = ({ origin }: Entry): readonly Entry[] => held.get(`${origin.source}/${origin.resource}`) ?? [];
  for (const entry of entries) for (const holder of holdersOf(entry)) listIn(members, holder).push(entry);
  return { membersOf: (holder) => members.get(holder) ?? [], holdersOf };
}

function listIn<K>(lists: Map<K, Entry[]>, key: K): Entry[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/**
 * What is held by nothing but what has this doubt. A set is gone through while it grows and takes each entry once, so that
 * panels which name each other in a circle, or stand thousands deep, end where the entries do.
 */
function doubtedBy(doubt: Caution, holders: readonly Entry[], { membersOf, holdersOf }: Holding): readonly Entry[] {
  const own = new Set(holders.filter((holder) => has(doubt, holder)));
  const below = new Set(own);
  for (const one of below) for (const member of membersOf(one)) below.add(member);
  const soundElsewhere = (entry: Entry): boolean => holdersOf(entry).some((holder) => !below.has(holder));
  const sound = new Set([...below].filter((entry) => !own.has(entry) && soundElsewhere(entry)));
  for (const one of sound) for (const member of membersOf(one)) if (!own.has(member)) sound.add(member);
  const doubted = (holder: Entry): boolean => below.has(holder) && !sound.has(holder);
  return [...below].filter((entry) => holdersOf(entry).length > 0 && holdersOf(entry).every(doubted));
}

/** Not that it is preliminary or amended: of such a report one result may be final, or as it was. */
const DOUBTS: readonly Caution[] = [
  'value-unsuitable',
  'cancelled',
  'not-interpretable',
  'about-somebody-else',
  'source-unclear',
];

function has(doubt: Caution, { state, cautions }: Entry): boolean {
  return cautions.includes(doubt) || (doubt === 'source-unclear' && state === 'in-error');
}
