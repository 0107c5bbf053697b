import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Community, Member } from '../trust/community.ts';
import { labelOf } from './case.ts';
import type { Asking, ConsentVoice, ItemClass, Relationship } from './cell.ts';
import type { Judgement } from './judge.ts';
import { classOf } from './labels.ts';
import type { Policy } from './policy.ts';
import { isReleased, UNMARKED } from './release.ts';

/** A kind of resident to try the rules on. No real person is ever asked about. */
export const RESIDENTS = {
  ordinary: { consent: 'silent', labels: [], about: 'nobody objected and nothing is marked' },
  objection: { consent: 'deny', labels: [], about: 'objected to sharing' },
  'refused-always': { consent: 'deny-always', labels: [], about: 'refused sharing, in an emergency too' },
  sensitive: { consent: 'silent', labels: ['R', 'PSY'], about: 'the item is marked restricted and sensitive' },
  'very-restricted': { consent: 'silent', labels: ['V'], about: 'the item is marked very restricted' },
} as const satisfies Readonly<
  Record<string, { readonly consent: ConsentVoice; readonly labels: readonly string[]; readonly about: string }>
>;

export type ResidentKind = {
  readonly consent: ConsentVoice;
  readonly labels: readonly string[];
  readonly about: string;
  /** Their whereabouts must not be shown: to most readers no organisation has a name. */
  readonly restricted?: boolean;
};

/** Its own residents and those the community file imagines, by their names; the file's stand over its own. */
export function residentsOf({ examples = [] }: Pick<Community, 'examples'>): ReadonlyMap<string, ResidentKind> {
  return new Map<string, ResidentKind>([
    ...Object.entries(RESIDENTS),
    ...examples.map(({ id, ...kind }): [string, ResidentKind] => [id, { ...kind, about: aboutOf(kind) }]),
  ]);
}

function aboutOf({ about, labels, restricted }: Pick<ResidentKind, 'about' | 'labels' | 'restricted'>): string {
  const marked = labels.length > 0 ? [`the item is marked ${labels.join(', ')}`] : [];
  const hidden = restricted === true ? ['their whereabouts are restricted'] : [];
  return [about, ...marked, ...hidden].join('; ');
}

export const RELATIONSHIPS: readonly Relationship[] = ['encounter', 'registration', 'referral', 'self-claimed', 'none'];

export type Simulation = {
  readonly role: string;
  readonly organisation: OdsCode;
  /** Of `residentsOf` this community. */
  readonly resident: string;
  readonly section: SectionId;
  /** Besides what the resident's class brings. */
  readonly labels: readonly string[];
  readonly unit: string;
  readonly purpose: string;
  readonly relationship: Relationship;
  readonly emergency: boolean;
  readonly day: string;
};

export type SimulatedAnswer = {
  readonly opening: Judgement;
  /** What each member that holds records would show, in file order. Empty when the record does not open. */
  readonly givers: readonly {
    readonly member: Pick<Member, 'ods' | 'name'>;
    readonly see: Judgement;
    /** When it is refused: whether it may be said how many items are held back. */
    readonly counted: boolean;
  }[];
  readonly policy: string;
  /** The resident's whereabouts are restricted and the reader is not cleared for them: nothing names an organisation. */
  readonly unnamed: boolean;
};

/** The same judge, the same facts of the community file, an imagined resident. Undefined: no such role, member or policy. */
export function simulate(community: Community, policy: Policy, ask: Simulation): SimulatedAnswer | undefined {
  const home = community.member(ask.organisation);
  const role = policy.role(ask.role);
  const inForce = policy.on(ask.day);
  const resident = residentsOf(community).get(ask.resident);
  if (!home || !role || !inForce || !resident) return undefined;
  const { purpose, relationship, emergency } = ask;
  const asking: Asking = { role, home, purpose, relationship, emergency, consentKnown: true };
  const opening = inForce.judge({ action: 'openRecord', asking });
  const givers = community.members.filter(({ sources }) => sources.length > 0);
  return {
    opening,
    policy: inForce.set.version,
    unnamed: resident.restricted === true && role.clearance !== 'V',
    givers: opening.allowed
      ? givers.map((member) => {
          const item = itemOf(member, home, policy, { ...ask, kind: resident });
          const see = inForce.judge({ action: 'see', asking, item });
          return { member, see, counted: !see.allowed && inForce.judge({ action: 'tell', asking, item }).allowed };
        })
      : [],
  };
}

function itemOf(
  giver: Member,
  home: Member,
  policy: Policy,
  ask: Simulation & { readonly kind: ResidentKind },
): ItemClass {
  const { consent, labels } = ask.kind;
  const unit = ask.unit.toLowerCase();
  const marks = unit === '' ? UNMARKED : { units: [unit], categories: [] };
  return {
    giver,
    section: ask.section,
    ...classOf([...labels, ...ask.labels].map(labelOf)),
    unit,
    released: isReleased(giver.ods === home.ods ? undefined : giver.release, ask.section, marks),
    agreed: policy.agreed(home, giver, ask.purpose, ask.day),
    consent,
  };
}
