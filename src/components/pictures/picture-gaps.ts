import type { PatientRecord } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import { sectionOf } from '../../record/sections/index.ts';
import type { SourceId } from '../../record/source.ts';
import type { PictureWords } from '../../words/picture-words.ts';
import type { GapKind } from '../../words/words.ts';
import { GAP_KINDS, gapKind } from '../source-words.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

/** Who is missing from a picture: a picture that looks whole and is not would be believed (safety H06). */
export type PictureGaps = {
  readonly waiting: readonly SourceId[];
  /** What became of the answer, by source; the worst of the picture's headings. */
  readonly silent: ReadonlyMap<SourceId, GapKind>;
  readonly withheld: boolean;
  readonly unread: number;
  /** Sources that have answered in full. */
  readonly answered: number;
};

export function pictureGaps(record: PatientRecord, sections: readonly SectionId[]): PictureGaps {
  const views = record.sections.filter(({ id }) => sections.includes(id));
  const answers = views.flatMap((view) => view.answers);
  const silent = new Map<SourceId, GapKind>();
  const heard = new Set<SourceId>();
  for (const { source, answer } of answers) {
    const kind = gapKind(answer, answer.count);
    const before = silent.get(source);
    if (kind === 'part' || answer.state === 'answered' || answer.state === 'nothing-held') heard.add(source);
    if (kind && (before === undefined || GAP_KINDS.indexOf(kind) > GAP_KINDS.indexOf(before))) silent.set(source, kind);
  }
  // Silent under one heading and not under another: "did not answer" would deny what stands in the picture.
  for (const [source, kind] of silent) if (kind === 'silent' && heard.has(source)) silent.set(source, 'part');
  const waiting = new Set(answers.flatMap(({ source, answer }) => (answer.state === 'waiting' ? [source] : [])));
  const held = answers.some(({ answer }) => answer.state === 'withheld' || answer.state === 'not-agreed');
  const read = new Set(sections.flatMap((id) => sectionOf(id)?.reads ?? []));
  const asked = new Set(answers.map(({ source }) => source));
  return {
    waiting: [...waiting],
    silent,
    withheld: held,
    unread: record.unread.filter(({ resourceType }) => read.has(resourceType)).length,
    answered: [...asked].filter((source) => !waiting.has(source) && !silent.has(source)).length,
  };
}

const NAMED = 4;

/** In sentences, the worst first; none where nothing is missing. */
export function gapsInWords(
  gaps: PictureGaps,
  around: Surroundings,
  words: PictureWords,
): readonly { readonly tone: 'caution' | 'information' | 'withheld'; readonly said: string }[] {
  const list = (names: readonly string[]): string =>
    [...names.slice(0, NAMED), ...(names.length > NAMED ? [words.gaps.more(names.length - NAMED)] : [])].join(', ');
  const silent = [...gaps.silent].map(
    ([source, kind]) => `${sourceName(source, around)} (${around.words.gaps[kind](1).replace(/^1 /, '')})`,
  );
  return [
    ...(silent.length > 0 ? [{ tone: 'caution' as const, said: words.gaps.silent(list(silent)) }] : []),
    ...(gaps.unread > 0 ? [{ tone: 'caution' as const, said: words.gaps.unread(gaps.unread) }] : []),
    ...(gaps.waiting.length > 0
      ? [
          {
            tone: 'information' as const,
            said: words.gaps.waiting(list(gaps.waiting.map((id) => sourceName(id, around)))),
          },
        ]
      : []),
    ...(gaps.withheld ? [{ tone: 'withheld' as const, said: words.gaps.withheld }] : []),
  ];
}
