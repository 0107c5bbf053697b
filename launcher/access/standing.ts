import { LADDER } from '../../src/record/confidentiality.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { CommunitySource, Member } from '../trust/community.ts';
import type { Asking, ConsentVoice, ItemClass } from './cell.ts';
import type { Judge, Judgement } from './judge.ts';
import type { LabelClass } from './labels.ts';
import { isReleased, UNMARKED, type ItemMarks } from './release.ts';

/** What one item brings to its judgement. */
export type ItemFacts = {
  readonly labels: LabelClass;
  readonly marks: ItemMarks;
  /** What the person has said of this very item, where they said something of single items. */
  readonly consent?: ConsentVoice;
};

export const PLAIN: ItemFacts = { labels: { level: LADDER.N, sensitivities: [] }, marks: UNMARKED };

/** What a decision is about one source, ready to judge its classes of items. */
export type SourceStanding = {
  see(section: SectionId, facts: ItemFacts): Judgement;
  /** Whether it may be said that something of this class is held back. */
  tell(section: SectionId, facts: ItemFacts): boolean;
  /** Whether units and categories make a difference here: if not, nobody need read them. */
  readonly looksAtMarks: boolean;
  /** What the person said of this very resource, where they chose among single items. */
  readonly voiceOf?: (section: SectionId, labels: LabelClass, resource: Resource) => ConsentVoice;
  /** By labels alone, once a resource as a whole has been let through. */
  seesLabels(section: SectionId, labels: LabelClass): boolean;
};

export type StandingDeps = {
  readonly judge: Judge;
  readonly asking: Asking;
  readonly giver: Member;
  readonly source: CommunitySource;
  readonly agreed: boolean;
  /** What the person has said of a section of this source, for items with these labels. */
  readonly voice: (source: SourceId, section: SectionId, labels: LabelClass) => ConsentVoice;
  /** Whether the person said of single items of a section that they may be seen, whatever they said of the section. */
  readonly permitsSome: (source: SourceId, section: SectionId) => boolean;
  /** Left out: the person did not choose among single items. */
  readonly voiceOfItem?:
    ((source: SourceId, section: SectionId, labels: LabelClass, resource: Resource) => ConsentVoice) | undefined;
  readonly policyLooksAtUnit: boolean;
};

/** One judgement for each class of items of this source, however many items there are of it. */
export function createStanding(deps: StandingDeps): SourceStanding {
  const { judge, asking, giver, source, agreed } = deps;
  const seen = new Map<string, Judgement>();
  const told = new Map<string, boolean>();
  const looksAtMarks =
    deps.policyLooksAtUnit ||
    giver.release?.withhold.some(({ units, categories }) => units !== undefined || categories !== undefined) === true;
  // What an organisation holds is its own: it releases it to itself.
  const release = giver.ods === asking.home.ods ? undefined : giver.release;
  const itemOf = (section: SectionId, { labels, marks, consent }: ItemFacts): ItemClass => ({
    giver,
    section,
    ...labels,
    unit: deps.policyLooksAtUnit ? (marks.units[0] ?? '') : '',
    released: isReleased(release, section, marks),
    agreed,
    consent: consent ?? deps.voice(source.id, section, labels),
  });
  const see = (section: SectionId, facts: ItemFacts): Judgement =>
    remembered(seen, keyOf(section, facts), () => judge({ action: 'see', asking, item: itemOf(section, facts) }));
  const { voiceOfItem } = deps;
  return {
    looksAtMarks,
    see,
    ...(voiceOfItem && {
      voiceOf: (section: SectionId, labels: LabelClass, resource: Resource) =>
        voiceOfItem(source.id, section, labels, resource),
    }),
    seesLabels: (section, labels) => {
      const some = deps.permitsSome(source.id, section) && ({ consent: 'permit' } as const);
      return (
        see(section, { labels, marks: UNMARKED, ...some }).allowed || see(section, { labels, marks: UNMARKED }).allowed
      );
    },
    tell: (section, facts) =>
      remembered(
        told,
        keyOf(section, facts),
        () => judge({ action: 'tell', asking, item: itemOf(section, facts) }).allowed,
      ),
  };
}

function keyOf(section: SectionId, { labels, marks, consent }: ItemFacts): string {
  const named = [labels.sensitivities, marks.units, marks.categories].map((names) => names.join(' ')).join('|');
  return `${section}|${String(labels.level)}|${consent ?? ''}|${named}`;
}

const MOST_CLASSES = 2_000;

function remembered<T>(known: Map<string, T>, key: string, work: () => T): T {
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const made = work();
  if (known.size >= MOST_CLASSES) known.clear();
  known.set(key, made);
  return made;
}
