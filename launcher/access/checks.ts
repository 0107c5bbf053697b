import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Community, CommunitySource, Member } from '../trust/community.ts';
import type { Asking, ConsentVoice } from './cell.ts';
import type { RecordAsk, SourceRefusal } from './decision.ts';
import { DEFAULT_DENY, type Judge, type Judgement } from './judge.ts';
import type { LabelClass } from './labels.ts';
import { createStanding, PLAIN, type SourceStanding, type StandingDeps } from './standing.ts';

/** What every check looks at. Nothing in it comes from the browser but `ask`, which can only narrow. */
export type CheckContext = {
  readonly session: Session;
  readonly ask: RecordAsk;
  readonly community: Pick<Community, 'member' | 'members' | 'source' | 'sources'>;
  readonly asking: Asking;
  readonly judge: Judge;
  readonly policyLooksAtUnit: boolean;
  readonly agreed: (home: Pick<Member, 'ods'>, giver: Pick<Member, 'ods'>) => boolean;
  readonly voice: (source: SourceId, section: SectionId, labels: LabelClass) => ConsentVoice;
  /** The person has said nothing at all: `voice` is silent of every source and section. */
  readonly nothingSaid: boolean;
  readonly voiceOfItem?: StandingDeps['voiceOfItem'];
  /** Whether the person said of single items of this section that they may be seen, whatever is said of the section. */
  readonly permitsSome: (source: SourceId, section: SectionId) => boolean;
};

type Permission = {
  readonly sections: readonly SectionId[];
  readonly withheld: ReadonlyMap<SectionId, SourceRefusal>;
};

/** What may be asked of one source, or why not. */
export type SourceVerdict = (Permission & { readonly standing: SourceStanding }) | SourceRefusal;

/**
 * Every source of the ask, each with its verdict: the same question for each section, answered by the policy. Of a
 * hundred and fifty organisations most are alike to it, and a running stream is judged again several times a second:
 * what is answered for one is not asked again for the next.
 */
export function judgeSources(context: CheckContext): ReadonlyMap<CommunitySource, SourceVerdict> {
  const { ask, community } = context;
  const asked = community.sources.filter((source) => isAsked(source, ask));
  const answered = new Map<string, Permission | SourceRefusal>();
  return new Map(asked.map((source) => [source, judgeSource(source, context, answered)]));
}

function judgeSource(
  source: CommunitySource,
  context: CheckContext,
  answered: Map<string, Permission | SourceRefusal>,
): SourceVerdict {
  const giver = context.community.member(source.ods);
  if (!giver) return { state: 'not-agreed', rule: 'source.known' };
  const { judge, asking, voice, voiceOfItem, permitsSome, policyLooksAtUnit } = context;
  const agreed = context.agreed(asking.home, giver);
  const standing = createStanding({
    judge,
    asking,
    giver,
    source,
    agreed,
    voice,
    voiceOfItem,
    permitsSome,
    policyLooksAtUnit,
  });
  const likeness = likenessOf(giver, agreed, context);
  const answer = (likeness !== undefined && answered.get(likeness)) || askOfEach(source, standing, context);
  if (likeness !== undefined) answered.set(likeness, answer);
  return 'sections' in answer ? { ...answer, standing } : answer;
}

/**
 * Equal for organisations of which the policy, asked of any section, says the same. What the person said is of single
 * sources and sections, and so is what an organisation keeps back: then there is none.
 */
function likenessOf(giver: Member, agreed: boolean, { nothingSaid, judge, asking }: CheckContext): string | undefined {
  const [section] = asking.role.sections;
  if (!nothingSaid || giver.release || section === undefined) return undefined;
  const item = { giver, section, ...PLAIN.labels, unit: '', released: true, agreed, consent: 'silent' } as const;
  return judge.keyOf({ action: 'see', asking, item });
}

function askOfEach(
  source: CommunitySource,
  standing: SourceStanding,
  context: CheckContext,
): Permission | SourceRefusal {
  const sections: SectionId[] = [];
  const withheld = new Map<SectionId, SourceRefusal>();
  let first: Judgement | undefined;
  for (const section of context.asking.role.sections) {
    const some = context.permitsSome(source.id, section) && standing.see(section, { ...PLAIN, consent: 'permit' });
    const judgement = some !== false && some.allowed ? some : standing.see(section, PLAIN);
    if (judgement.allowed) sections.push(section);
    else {
      first ??= judgement;
      withheld.set(section, { state: judgement.state, rule: judgement.rule });
    }
  }
  if (sections.length > 0) return { sections, withheld };
  const { state, rule } = first ?? DEFAULT_DENY;
  return { state, rule };
}

function isAsked(source: CommunitySource, ask: RecordAsk): boolean {
  if (ask.kind === 'document') return source.id === ask.source;
  return ask.only === undefined || ask.only.includes(source.id);
}

/**
 * Members that would hold records and cannot be asked yet. They are said when the whole record is asked for, so that
 * their silence is not taken for an answer; each stands under its own ODS code, having no source.
 */
export function unconnectedMembers({ ask, community }: Pick<CheckContext, 'ask' | 'community'>): readonly SourceId[] {
  if (ask.kind === 'document' || ask.only !== undefined) return [];
  return community.members
    .filter((member) => member.kind !== 'commissioner' && member.sources.length === 0)
    .map((member) => member.ods as string as SourceId);
}
