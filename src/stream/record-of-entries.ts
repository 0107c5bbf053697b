import { buildRecord } from '../record/build-record.ts';
import type { Entry, Unread } from '../record/entry.ts';
import type { Patient } from '../record/patient.ts';
import type { PatientRecord } from '../record/patient-record.ts';
import type { SectionId } from '../record/section.ts';
import { SECTIONS } from '../record/sections/index.ts';
import type { FinalSourceStatus, SectionAnswer } from '../record/source-status.ts';
import type { OdsCode, Source, SourceId } from '../record/source.ts';

/**
 * A record from entries somebody already has, with no stream: every source named by an entry counts as answered.
 * Sources may be named beforehand, so that one with no entries is seen to hold nothing. `unread` is what reading left
 * (`readResources`): what could not be read is counted on the screen, and its source is not one that holds nothing.
 */
export function recordOfEntries(
  patient: Patient,
  entries: readonly Entry[],
  sources: readonly Source[] = [],
  nowMs: number,
  unread: readonly Unread[] = [],
): PatientRecord {
  const known = new Map(sources.map((source) => [source.id, source]));
  for (const { origin } of [...entries, ...unread])
    if (!known.has(origin.source)) known.set(origin.source, unnamed(origin.source));
  const at = new Date(nowMs).toISOString();
  const statuses = new Map(
    [...known.keys()].map(
      (id) =>
        [
          id,
          answered(
            entries.filter((entry) => entry.origin.source === id),
            at,
            unread.filter((item) => item.origin.source === id),
          ),
        ] as const,
    ),
  );
  return buildRecord({ patient, sources: [...known.values()], statuses, entries, unread, nowMs });
}

/** The ledger's row of a source that has answered with these entries. */
export function answered(entries: readonly Entry[], at: string, unread: readonly Unread[] = []): FinalSourceStatus {
  const counts = new Map<SectionId, number>();
  for (const { section } of entries) counts.set(section, (counts.get(section) ?? 0) + 1);
  const cell = (id: SectionId): SectionAnswer => ({
    state: counts.has(id) ? 'answered' : 'nothing-held',
    count: counts.get(id) ?? 0,
  });
  const sections = Object.fromEntries(SECTIONS.map(({ id }) => [id, cell(id)]));
  return { state: entries.length + unread.length > 0 ? 'answered' : 'nothing-held', at, tookMs: 0, sections };
}

function unnamed(id: SourceId): Source {
  return { id, organisation: { ods: id as string as OdsCode, name: id, kind: 'acute' }, home: false };
}
