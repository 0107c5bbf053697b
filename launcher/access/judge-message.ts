import { LADDER } from '../../src/record/confidentiality.ts';
import type { SecurityLabel } from '../../src/record/entry.ts';
import { sectionsReading } from '../../src/record/sections/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { Community } from '../trust/community.ts';
import type { ConsentStatement } from './consent.ts';
import { voiceOf } from './consent-voice.ts';
import { dayOf } from './day.ts';
import { DEFAULT_DENY, type Judgement } from './judge.ts';
import { classOf, levelOfClearance } from './labels.ts';
import type { Policy } from './policy.ts';

export type MessageParty = { readonly ods: OdsCode; readonly role: string; readonly names: readonly string[] };

type MessageResident = {
  readonly nhsNumber: string;
  readonly supersedes?: string;
  readonly formerNumbers?: readonly string[];
  readonly restricted: boolean;
};

type MessageQuestion = {
  /** Whose word it is: who wrote it, or who holds the item. */
  readonly giver: OdsCode;
  /**
   * The item it hangs on, with its labels and sections as its source had them when it was hung on it: what is written of a
   * thing is as confidential as the thing. Left out: the resident.
   */
  readonly item?: {
    readonly source: SourceId;
    readonly resource: string;
    readonly labels?: readonly SecurityLabel[];
    readonly sections?: readonly SectionId[];
  };
};

type MessageVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly rule: string; readonly words: string };

type JudgeMessageDeps = {
  readonly community: Pick<Community, 'member'>;
  readonly policy: Policy;
  /** What the person has said, as the store has it now: an objection of this minute holds. */
  readonly stored: (nhsNumber: string) => Promise<readonly ConsentStatement[]>;
  readonly now: () => number;
};

/** Whoever may not learn where somebody is may not read who writes about them (safety H24). */
const RESTRICTED = {
  allowed: false,
  rule: 'message.restricted',
  words:
    'The whereabouts of this person are restricted: only a role that is cleared for it sees who writes about them.',
} as const;

/**
 * What somebody wrote about a resident is an item of theirs, in the sections of what it hangs on: seen by whom the
 * policy lets see such an item, and by whoever wrote it. That it was written to them is why they ask (a referral).
 */
export function createJudgeMessage(
  deps: JudgeMessageDeps,
): (party: MessageParty, resident: MessageResident, question: MessageQuestion) => Promise<MessageVerdict> {
  return async (party, resident, question) => {
    const nowMs = deps.now();
    const day = dayOf(nowMs);
    const role = deps.policy.role(party.role);
    const [home, giver] = [deps.community.member(party.ods), deps.community.member(question.giver)];
    const inForce = deps.policy.on(day);
    if (!role || !home || !giver || !inForce) return refused(DEFAULT_DENY);
    if (resident.restricted && levelOfClearance(role.clearance) < LADDER.V) return RESTRICTED;
    const statements = (await Promise.all(numbersOf(resident).map(deps.stored))).flat();
    const labels = classOf(question.item?.labels ?? []);
    const judgements = sectionsOf(question, role.sections).map((section): Judgement => {
      const source = (question.item?.source ?? question.giver) as SourceId;
      const asker = { ods: party.ods, names: party.names, emergency: false, nowMs };
      return inForce.judge({
        action: 'see',
        asking: {
          role,
          home,
          purpose: 'direct-care',
          relationship: 'referral',
          consentKnown: true,
          emergency: false,
        },
        item: {
          giver,
          section,
          ...labels,
          unit: '',
          released: true,
          agreed: deps.policy.agreed(home, giver, 'direct-care', day),
          consent: voiceOf(statements, asker, { source, ods: question.giver, section, labels }),
        },
      });
    });
    return judgements.some(({ allowed }) => allowed) ? { allowed: true } : refused(judgements[0] ?? DEFAULT_DENY);
  };
}

/** What was said under a number that was replaced since holds as it did. */
function numbersOf({ nhsNumber, supersedes, formerNumbers = [] }: MessageResident): readonly string[] {
  return [...new Set([nhsNumber, ...(supersedes === undefined ? [] : [supersedes]), ...formerNumbers])];
}

/** Of the resident as a whole, whatever part of the record the role sees. */
function sectionsOf({ item }: MessageQuestion, sections: readonly SectionId[]): readonly SectionId[] {
  if (!item) return sections;
  if (item.sections && item.sections.length > 0) return item.sections;
  const reading = sectionsReading(item.resource.split('/')[0] ?? '');
  return reading.length > 0 ? reading : sections;
}

function refused({ rule, words }: Pick<Judgement, 'rule' | 'words'>): MessageVerdict {
  return { allowed: false, rule, words };
}
