import type { PatientRecord } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import {
  laneOfOrganisation,
  TIMELINE_LANES,
  TIMELINE_SECTIONS,
  type TimelineLane,
} from '../../record/timeline-kinds.ts';
import { pictureGaps } from '../pictures/picture-gaps.ts';

/** Who is missing from a lane: a lane that is empty because nobody answered must not look like one with nothing. */
export type LaneGap = { readonly waiting: number; readonly silent: number };

const HEADINGS: { readonly [lane in TimelineLane]?: readonly SectionId[] } = {
  problems: ['problems'],
  medicines: ['medications', 'vaccinations'],
  results: ['investigation-results', 'examination-findings'],
  letters: ['documents'],
};

/** The lanes to show though they are empty: those of headings, and of the kinds of organisation that take part. */
export function laneGaps(record: PatientRecord): ReadonlyMap<TimelineLane, LaneGap> {
  const kinds = new Map(record.sources.map(({ source }) => [source.id, source.organisation.kind]));
  const lanes = new Set([...kinds.values()].filter((kind) => kind !== 'commissioner').map(laneOfOrganisation));
  const all = pictureGaps(record, TIMELINE_SECTIONS);
  return new Map(
    TIMELINE_LANES.filter((lane) => HEADINGS[lane] || lanes.has(lane)).map((lane) => {
      const headings = HEADINGS[lane];
      if (headings) {
        const { waiting, silent } = pictureGaps(record, headings);
        return [lane, { waiting: waiting.length, silent: silent.size }];
      }
      const here = (ids: Iterable<(typeof all.waiting)[number]>): number =>
        [...ids].filter((id) => {
          const kind = kinds.get(id);
          return kind !== undefined && laneOfOrganisation(kind) === lane;
        }).length;
      return [lane, { waiting: here(all.waiting), silent: here(all.silent.keys()) }];
    }),
  );
}
