import type { Entry, EntryId } from './entry.ts';
import { sortMoment } from './fhir/date.ts';

/**
 * One entry for each id. The same entry sent twice is one. Where a source sends two versions of a resource, the later
 * one stands (meta.lastUpdated, then meta.versionId). Where nothing says which is later and they differ, both are
 * kept, the second under an id of its own: choosing one in silence would hide a difference (safety F25, H12).
 */
export function settleVersions(entries: readonly Entry[]): readonly Entry[] {
  const byId = new Map<EntryId, Entry | Entry[]>();
  for (const entry of entries) {
    const known = byId.get(entry.id);
    if (known === undefined) byId.set(entry.id, entry);
    else if (Array.isArray(known)) known.push(entry);
    else if (known !== entry) byId.set(entry.id, [known, entry]);
  }
  if (byId.size === entries.length) return entries;
  const settled: Entry[] = [];
  for (const known of byId.values()) {
    if (Array.isArray(known)) settled.push(...settle(known));
    else settled.push(known);
  }
  return settled;
}

function settle(copies: readonly Entry[]): readonly Entry[] {
  const distinct = [...new Map(copies.map((copy) => [JSON.stringify(copy), copy]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, copy]) => copy);
  const latest = distinct.filter((copy) => !distinct.some((other) => isLater(other, copy)));
  // Dates and versions that contradict each other can leave none that is the latest: then all are kept.
  return (latest.length > 0 ? latest : distinct).map((copy, index) =>
    index === 0 ? copy : { ...copy, id: `${copy.id}~${index + 1}` as EntryId },
  );
}

function isLater(a: Entry, b: Entry): boolean {
  const [x, y] = [a.origin.lastUpdated, b.origin.lastUpdated];
  if (x !== undefined && y !== undefined && sortMoment(x) !== sortMoment(y)) return sortMoment(x) > sortMoment(y);
  const [v, w] = [Number(a.origin.version ?? NaN), Number(b.origin.version ?? NaN)];
  return Number.isFinite(v) && Number.isFinite(w) && v > w;
}
