import type { SectionView } from '../record/patient-record.ts';
import type { GapKind, Words } from '../words/words.ts';
import { GAP_KINDS, gapKind } from './source-words.ts';
import { sourceName, type Surroundings } from './surroundings.ts';

/** How many sources' silence stands behind a section, by kind of silence: they are different words on screen. */
export type Gaps = {
  readonly answered: number;
  readonly waiting: number;
  /** All that left a gap, of whatever kind. */
  readonly silent: number;
  /** The same by kind: "did not answer" is not "answered in part", nor an answer that could not be used. */
  readonly kinds: Readonly<Record<GapKind, number>>;
  readonly withheld: number;
  /** Items of the section's kinds that came and could not be read: they may be what is missing. */
  readonly unread: number;
};

/** Each heading is asked for it several times as it is drawn, and there may be 150 organisations behind each. */
const counted = new WeakMap<SectionView, Gaps>();

export function gapsOf(view: SectionView): Gaps {
  const earlier = counted.get(view);
  if (earlier) return earlier;
  const gaps = countGaps(view);
  counted.set(view, gaps);
  return gaps;
}

function countGaps({ answers, absence }: SectionView): Gaps {
  const states = { answered: 0, waiting: 0, silent: 0, withheld: 0 };
  const kinds = Object.fromEntries(GAP_KINDS.map((kind) => [kind, 0])) as Record<GapKind, number>;
  for (const { answer } of answers) {
    const kind = gapKind(answer, answer.count);
    if (kind) {
      kinds[kind]++;
      states.silent++;
    } else if (answer.state === 'answered' || answer.state === 'nothing-held') states.answered++;
    else if (answer.state === 'waiting') states.waiting++;
    else if (isRefused(answer)) states.withheld++;
  }
  return { ...states, kinds, unread: absence.kind === 'incomplete' ? (absence.unread ?? 0) : 0 };
}

/** What an empty section says. "Nothing recorded" without a qualifier only when everyone asked has answered (safety H06). */
export function absenceInWords(view: SectionView, words: Words): string {
  const gaps = gapsOf(view);
  const { absence } = words;
  const lacking = view.notOffered ? absence.notOffered(view.notOffered) : undefined;
  if (view.answers.length === 0) return [absence.nobody, lacking].filter((part) => part !== undefined).join(' ');
  const nobody = gaps.answered === 0 ? absence.notKnown : absence.nothing(gaps.answered);
  const first = view.arrived
    ? `${words.section.newItems(view.arrived)}.`
    : gaps.waiting > 0
      ? absence.soFar(gaps.answered)
      : nobody;
  return [first, missingInWords(view, words), lacking].filter((part) => part !== undefined).join(' ');
}

/** "2 in part, 1 could not be used, 3 did not answer": each kind with its own words, the most that is there first. */
export function gapList({ kinds }: Pick<Gaps, 'kinds'>, words: Words): string {
  return GAP_KINDS.flatMap((kind) => (kinds[kind] > 0 ? [words.gaps[kind](kinds[kind])] : [])).join(', ');
}

/** Who is missing from this section, in words; undefined when nobody is. */
export function missingInWords(view: SectionView, words: Words): string | undefined {
  const gaps = gapsOf(view);
  const parts = [
    gaps.waiting > 0 ? words.absence.notYet(gaps.waiting) : undefined,
    gaps.silent > 0 ? `${gapList(gaps, words)}.` : undefined,
    gaps.unread > 0 ? words.absence.unread(gaps.unread) : undefined,
    gaps.withheld > 0 ? [words.absence.withheld, ...rulesOf(view, words)].join(' ') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/**
 * Why, where the rule may be told: what single items are held back for is never said. The first part of the script has
 * no words for rules, and the second draws this anew.
 */
function rulesOf(view: SectionView, { rules }: Partial<Pick<Words, 'rules'>>): readonly string[] {
  const codes = view.answers.flatMap(({ answer }) =>
    'code' in answer && isRefused(answer) ? [answer.code ?? ''] : [],
  );
  return [...new Set(codes)].flatMap((code) => rules?.[code] ?? []);
}

function isRefused({ state }: { readonly state: string }): boolean {
  return state === 'withheld' || state === 'not-agreed';
}

const NAMED = 3;

/** "Waiting for A, B, C and 4 more". */
export function waitingNames(view: SectionView, around: Surroundings): string | undefined {
  const names = view.answers
    .filter(({ answer }) => answer.state === 'waiting')
    .map(({ source }) => sourceName(source, around));
  if (names.length === 0) return undefined;
  const rest = names.length - NAMED;
  const list = names.slice(0, NAMED).join(', ') + (rest > 0 ? ` ${around.words.banner.more(rest)}` : '');
  return around.words.section.waitingFor(list);
}
