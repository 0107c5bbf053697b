import { LADDER } from '../../src/record/confidentiality.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { CommunitySource, Member } from '../trust/community.ts';
import type { Asking, ConsentVoice, ItemAction, ItemClass } from './cell.ts';
import { DEFAULT_DENY, type Judge, type Judgement } from './judge.ts';
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
  /** Whether units do: then those of the encounter that an item was made in count too. */
  readonly looksAtUnits: boolean;
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
  const looksAtUnits = deps.policyLooksAtUnit || release?.withhold.some(({ units }) => units !== undefined) === true;
  const classesOf = (section: SectionId, { labels, marks, consent }: ItemFacts): readonly ItemClass[] => {
    const one = {
      giver,
      section,
      ...labels,
      released: isReleased(release, section, marks) && !isUnknowable(marks, deps),
      agreed,
      consent: consent ?? deps.voice(source.id, section, labels),
    };
    return unitsOf(marks, deps).map((unit) => ({ ...one, unit }));
  };
  const worst = (action: ItemAction, section: SectionId, facts: ItemFacts): Judgement => {
    const all = classesOf(section, facts).map((item) => judge({ action, asking, item }));
    return all.find(({ allowed }) => !allowed) ?? all[0] ?? DEFAULT_DENY;
  };
  const see = (section: SectionId, facts: ItemFacts): Judgement =>
    remembered(seen, keyOf(section, facts), () => {
      const judgement = worst('see', section, facts);
      return judgement.allowed && isUnknowable(facts.marks, deps) ? DEFAULT_DENY : judgement;
    });
  const { voiceOfItem } = deps;
  return {
    looksAtMarks,
    looksAtUnits,
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
    tell: (section, facts) => remembered(told, keyOf(section, facts), () => worst('tell', section, facts).allowed),
  };
}

const MOST_UNITS = 50;

/** An item names a unit in several ways, and several units: each is judged, and any that is refused refuses the item. */
function unitsOf({ units }: ItemMarks, { policyLooksAtUnit }: StandingDeps): readonly string[] {
  return policyLooksAtUnit && units.length > 0 ? units.slice(0, MOST_UNITS) : [''];
}

/** The policy looks at units, and which they are is not known, or they are more than anybody works in. */
function isUnknowable({ unplaced, units }: ItemMarks, { policyLooksAtUnit }: StandingDeps): boolean {
  return policyLooksAtUnit && (unplaced === true || units.length > MOST_UNITS);
}

function keyOf(section: SectionId, { labels, marks, consent }: ItemFacts): string {
  const named = [labels.sensitivities, marks.units, marks.categories].map((names) => names.join(' ')).join('|');
  return `${section}|${String(labels.level)}|${consent ?? ''}|${marks.unplaced ? 'unplaced' : ''}|${named}`;
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
