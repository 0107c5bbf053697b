import type { Caution, Entry } from './entry.ts';
import type { InvestigationEntry } from './sections/investigation-results.ts';

/**
 * A laboratory often says of a whole report, or of a panel within it, what spoils each of its results: the sample was
 * haemolysed, the report was called off, filed under the wrong person, or cannot be interpreted. The results are records of
 * their own and stay "final" (safety H18), so each is given the doubt here; one that stands in another report, or another
 * panel, without it is left as it is.
 */
export function doubtByReport(entries: readonly Entry[]): readonly Entry[] {
  return doubtBy('result', doubtBy('report', entries));
}

function doubtBy(kind: InvestigationEntry['kind'], entries: readonly Entry[]): readonly Entry[] {
  const holders = entries.filter(
    (entry) => entry.section === 'investigation-results' && (entry as InvestigationEntry).kind === kind,
  );
  if (!holders.some((holder) => doubtsOf(holder).length > 0)) return entries;
  const doubts = new Map<string, readonly Caution[]>();
  for (const holder of holders) {
    const own = doubtsOf(holder);
    for (const { rel, to } of holder.links) {
      if (rel !== 'result') continue;
      const key = `${holder.origin.source}/${to}`;
      doubts.set(key, doubts.get(key)?.filter((doubt) => own.includes(doubt)) ?? own);
    }
  }
  return entries.map((entry) => {
    const more = doubts.get(`${entry.origin.source}/${entry.origin.resource}`);
    return more?.length ? { ...entry, cautions: [...new Set([...entry.cautions, ...more])] } : entry;
  });
}

/** Not that it is preliminary or amended: of such a report one result may be final, or as it was. */
const DOUBTS: readonly Caution[] = [
  'value-unsuitable',
  'cancelled',
  'not-interpretable',
  'about-somebody-else',
  'source-unclear',
];

function doubtsOf({ state, cautions }: Entry): readonly Caution[] {
  const doubts = cautions.filter((caution) => DOUBTS.includes(caution));
  return state === 'in-error' ? [...doubts, 'source-unclear'] : doubts;
}
