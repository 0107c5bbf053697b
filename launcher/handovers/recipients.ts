import type { CareEvent } from '../../src/record/care-events.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { HandoverRule, HandoverTo, Member } from '../trust/community.ts';
import { after } from './due.ts';
import { instant, type HandoverGround } from './ports.ts';
import { odsOf } from './standing-session.ts';

/** The transitions that somebody must take on; everything else is told and no more. */
export type TransitionKind = HandoverRule['kinds'][number];

const TRANSITIONS: readonly string[] = ['admission', 'discharge', 'transfer', 'step-down', 'conveyance', 'attendance'];

export function isTransition(kind: CareEvent['kind']): kind is TransitionKind {
  return TRANSITIONS.includes(kind);
}

/** What is known of a transition when it is given to somebody. */
export type TransitionFacts = {
  readonly kind: TransitionKind;
  readonly from: Member;
  /** The person's practices, as the source names them. */
  readonly practices: readonly string[];
  /** Teams that are told of this person now. */
  readonly told: readonly string[];
  readonly kindOf: (ods: OdsCode) => Member['kind'] | undefined;
  /** Whether an agreement lets this organisation learn of the other. */
  readonly agreed: (asker: OdsCode, giver: OdsCode) => boolean;
  readonly nowMs: number;
};

export type Assignment = {
  readonly recipients: readonly { readonly address: string; readonly rule: string; readonly dueAt: string }[];
  readonly unownedAt: string;
};

/**
 * Who must take a transition on, and until when; `undefined` where no rule of the community asks anybody. A rule that
 * finds nobody gives it to the lead at once: a person of no known practice is the one who falls between.
 */
export function assign(
  facts: TransitionFacts,
  ground: Pick<HandoverGround, 'agreement' | 'teams'>,
): Assignment | undefined {
  const { agreement, teams } = ground;
  const rules = agreement.rules.filter(
    ({ kinds, from }) => kinds.includes(facts.kind) && (from?.includes(facts.from.kind) ?? true),
  );
  if (rules.length === 0) return undefined;
  const found = new Map<string, { address: string; rule: string; dueAt: string }>();
  for (const { id, to, withinHours, hours } of rules) {
    const dueAt = after(facts.nowMs, withinHours, hours, ground);
    for (const address of to.flatMap((one) => addressesOf(one, facts, teams))) {
      const before = found.get(address);
      if (!before || dueAt < before.dueAt) found.set(address, { address, rule: id, dueAt });
    }
  }
  const { afterHours, hours } = agreement.lead;
  const lead = { ...agreement.lead, dueAt: after(facts.nowMs, afterHours, hours, ground) };
  if (found.size > 0) return { recipients: [...found.values()], unownedAt: lead.dueAt };
  const nobody = { address: lead.address, rule: 'handover.nobody', dueAt: lead.dueAt };
  return { recipients: [nobody], unownedAt: instant(facts.nowMs) };
}

function addressesOf(to: HandoverTo, facts: TransitionFacts, teams: HandoverGround['teams']): readonly string[] {
  return candidates(to, facts).filter(
    (address) =>
      isThere(address, teams) &&
      // What an organisation does itself it need not be told; a team named outright may be its own.
      ('address' in to || odsOf(address) !== facts.from.ods) &&
      (odsOf(address) === facts.from.ods || facts.agreed(odsOf(address), facts.from.ods)),
  );
}

/** A team of the community file, or a role that the organisation gives somebody. */
function isThere(address: string, { listed, roles }: HandoverGround['teams']): boolean {
  return [...listed, ...roles].some(({ correspondent }) => correspondent.address === address);
}

function candidates(to: HandoverTo, facts: TransitionFacts): readonly string[] {
  if ('address' in to) return [to.address];
  if ('practice' in to) return facts.practices.map((ods) => `${ods}/${to.practice}`);
  // Organisations of these kinds of which any team is told of the person: they were shown to care for them.
  const involved = [...new Set(facts.told.map(odsOf))].filter((ods) => {
    const kind = facts.kindOf(ods);
    return kind !== undefined && to.involved.includes(kind);
  });
  return involved.map((ods) => `${ods}/${to.team}`);
}
