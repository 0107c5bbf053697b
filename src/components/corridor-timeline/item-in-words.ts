import type { Fact } from '../../record/fact.ts';
import type { DatedItem, TimelineItem } from '../../record/timeline.ts';
import type { PictureWords } from '../../words/picture-words.ts';
import { dateInWords, spanInWords } from '../dates-in-words.ts';
import { partText, standingFlags, whenOf, type LineOf } from '../line.ts';
import type { MeasuredEntry } from '../measures/observed-line.ts';
import { flagsOf } from '../measures/observed-line.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';
import type { Standing } from './draw-timeline.ts';

/** An item as a line of text: when, what kind, what is said, by whom, and why it must not be read as plain fact. */
export type ItemWords = {
  readonly when: string;
  readonly kind: string;
  readonly main: string;
  readonly parts: readonly string[];
  readonly flags: readonly string[];
  readonly who: string;
};

export type Speaker = {
  readonly around: Surroundings;
  readonly words: PictureWords;
  readonly lineOf: LineOf;
  readonly disputed: ReadonlySet<Fact['key']>;
};

export function itemInWords(item: TimelineItem | DatedItem, speaker: Speaker): ItemWords {
  const { around, words, lineOf } = speaker;
  const { entry, fact } = item;
  const line = lineOf(entry, around, fact.entries);
  const flags = [...(line.flags ?? []), ...standingFlags(entry, around)].flatMap((flag) => flag?.word ?? []);
  return {
    when: whenInWords(item, speaker),
    kind: words.timeline.kinds[item.kind],
    main: line.main,
    parts: (line.parts ?? []).map(partText).filter((part) => part !== ''),
    flags: [...flags, ...(isDisputed(item, speaker) ? [words.timeline.differs] : [])],
    who: item.sources.map((id) => sourceName(id, around)).join(', '),
  };
}

/** As one sentence, for what is heard or shown beside a mark. */
export function sentenceOf({ when, kind, main, parts, flags, who }: ItemWords): string {
  return `${[when, kind, [main, ...parts].join(' — '), ...flags].join(' · ')} · ${who}`;
}

function whenInWords(item: TimelineItem | DatedItem, { around, words }: Speaker): string {
  const { entry } = item;
  if (!('when' in item)) return whenOf(entry, around);
  if (item.when.shape === 'point') {
    const said = dateInWords(item.when.start.date, around.words);
    return entry.dateIs === 'recorded' ? around.words.fact.recorded(said) : said;
  }
  const start = entry.period?.start ?? entry.date;
  const end = item.fact.entries.find(({ period }) => period?.end)?.period?.end;
  const span = spanInWords(entry, { ...(start && { start }), ...(end && { end }) }, around.words);
  if (item.when.shape === 'goes-on') return `${span}, ${words.timeline.goesOn}`;
  return item.when.shape === 'not-known' ? `${span}, ${words.timeline.endNotKnown}` : span;
}

function isDisputed({ fact, also }: TimelineItem, { disputed }: Speaker): boolean {
  return disputed.size > 0 && [fact, ...also].some(({ key }) => disputed.has(key));
}

/** What the mark itself shows of it. */
export function standingOf(item: TimelineItem, speaker: Speaker): Standing {
  const { entry } = item;
  const measured = entry.section === 'investigation-results' || entry.section === 'examination-findings';
  const tones = measured ? flagsOf(entry as MeasuredEntry, speaker.around.words).map(({ tone }) => tone) : [];
  const tone = tones.includes('risk') ? 'risk' : tones.includes('caution') ? 'caution' : undefined;
  return { tone, differs: isDisputed(item, speaker) };
}
