import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Community, CommunitySource, Member, Role } from '../trust/community.ts';
import type { RecordAsk } from './decision.ts';
import type { Policy } from './policy.ts';
import type { RuleId } from './rules.ts';

/** What every check looks at. Nothing in it comes from the browser but `ask`, which can only narrow. */
export type CheckContext = {
  readonly session: Session;
  readonly ask: RecordAsk;
  readonly community: Pick<Community, 'member' | 'members' | 'source' | 'sources'>;
  readonly policy: Policy;
  readonly nowMs: number;
  /** Today where the community is, YYYY-MM-DD. */
  readonly day: string;
};

/** Of the request as a whole: the rule that refuses it, or nothing. In order; the first refusal wins. */
export const REQUEST_CHECKS: readonly ((context: CheckContext) => RuleId | undefined)[] = [
  checkSessionLive,
  checkPurpose,
  checkHomeMember,
  checkHomeNotCommissioner,
  checkRoleKnown,
  checkRoleHasSections,
  checkSourcesKnown,
  checkDocuments,
];

function checkSessionLive({ session, nowMs }: CheckContext): RuleId | undefined {
  return nowMs < Date.parse(session.expiresAt) ? undefined : 'session.live';
}

function checkPurpose({ session }: CheckContext): RuleId | undefined {
  return session.purpose === 'direct-care' ? undefined : 'purpose.direct-care';
}

function checkHomeMember({ session, community }: CheckContext): RuleId | undefined {
  return community.member(session.context.home.ods)?.launch ? undefined : 'home.member';
}

function checkHomeNotCommissioner({ session, community }: CheckContext): RuleId | undefined {
  return community.member(session.context.home.ods)?.kind === 'commissioner' ? 'home.commissioner' : undefined;
}

function checkRoleKnown({ session, policy }: CheckContext): RuleId | undefined {
  return policy.role(session.context.role) ? undefined : 'role.known';
}

function checkRoleHasSections({ session, policy }: CheckContext): RuleId | undefined {
  return policy.role(session.context.role)?.sections.length === 0 ? 'role.sections' : undefined;
}

function checkSourcesKnown({ ask, community }: CheckContext): RuleId | undefined {
  const named = ask.kind === 'document' ? [ask.source] : (ask.only ?? []);
  return named.every((id) => community.source(id)) ? undefined : 'source.known';
}

function checkDocuments({ session, ask, policy }: CheckContext): RuleId | undefined {
  const sections = policy.role(session.context.role)?.sections ?? [];
  return ask.kind === 'document' && !sections.includes('documents') ? 'role.documents' : undefined;
}

/** What may be asked of one source, or why not. */
export type SourceVerdict =
  | { readonly sections: readonly SectionId[] }
  | { readonly state: 'withheld' | 'not-agreed' | 'not-connected'; readonly rule: RuleId };

type SourceContext = CheckContext & {
  readonly home: Member;
  readonly giver: Member;
  readonly role: Role;
  readonly source: CommunitySource;
};

/** Of one source: in order; the first refusal wins. Exported so that the order can be read and tested. */
export const SOURCE_CHECKS: readonly ((
  context: SourceContext,
) => Exclude<SourceVerdict, { sections: unknown }> | undefined)[] = [
  checkGiverNotCommissioner,
  checkPathway,
  checkSections,
];

function checkGiverNotCommissioner({ giver }: SourceContext): { state: 'not-agreed'; rule: RuleId } | undefined {
  return giver.kind === 'commissioner' ? { state: 'not-agreed', rule: 'source.commissioner' } : undefined;
}

/** An organisation needs nobody's agreement to see what it holds itself. */
function checkPathway({
  home,
  giver,
  session,
  policy,
  day,
}: SourceContext): { state: 'not-agreed'; rule: RuleId } | undefined {
  if (home.ods === giver.ods || policy.pathway(home, giver, session.purpose, day)) return undefined;
  return { state: 'not-agreed', rule: 'pathway.in-force' };
}

function checkSections({ role, source, policy }: SourceContext): { state: 'withheld'; rule: RuleId } | undefined {
  return policy.sections(role, source).length > 0 ? undefined : { state: 'withheld', rule: 'role.sections' };
}

/** Every source of the ask, each with its verdict. Runs after `REQUEST_CHECKS` have all passed. */
export function judgeSources(context: CheckContext): ReadonlyMap<CommunitySource, SourceVerdict> {
  const { session, ask, community, policy } = context;
  const home = community.member(session.context.home.ods);
  const role = policy.role(session.context.role);
  const asked = community.sources.filter((source) => isAsked(source, ask));
  return new Map(
    asked.map((source) => [
      source,
      home && role ? judgeSource(source, { ...context, home, role }) : { state: 'not-agreed', rule: 'home.member' },
    ]),
  );
}

function judgeSource(source: CommunitySource, context: Omit<SourceContext, 'giver' | 'source'>): SourceVerdict {
  const giver = context.community.member(source.ods);
  if (!giver) return { state: 'not-agreed', rule: 'source.known' };
  const full = { ...context, giver, source };
  const refusal = SOURCE_CHECKS.map((check) => check(full)).find((found) => found !== undefined);
  return refusal ?? { sections: context.policy.sections(context.role, source) };
}

function isAsked(source: CommunitySource, ask: RecordAsk): boolean {
  if (ask.kind === 'document') return source.id === ask.source;
  return ask.only === undefined || ask.only.includes(source.id);
}

/**
 * Members that would hold records and cannot be asked yet. They are said when the whole record is asked for, so that
 * their silence is not taken for an answer; each stands under its own ODS code, having no source.
 */
export function unconnectedMembers({ ask, community }: CheckContext): readonly SourceId[] {
  if (ask.kind === 'document' || ask.only !== undefined) return [];
  return community.members
    .filter((member) => member.kind !== 'commissioner' && member.sources.length === 0)
    .map((member) => member.ods as string as SourceId);
}
