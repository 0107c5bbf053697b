import type { Handover, HandoverTarget } from '../../src/messages/handover.ts';
import type { AddressBookEntry, Correspondent } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { HandoverRow, RecipientRow } from '../storage/tables/handovers.ts';
import { UNNAMED } from './describe.ts';
import { createTeamSight } from './team-sight.ts';
import type { Reader } from './look.ts';
import type { HandoverGround } from './ports.ts';
import type { SightDeps } from './sight.ts';
import { odsOf } from './standing-session.ts';
import { placeOf } from './whose.ts';

/** What is known of whom the open chart's person could be written about (`launcher/messaging/address-book.ts`). */
export type KnownPeople = {
  readonly entries: readonly AddressBookEntry[];
  readonly unheard: readonly Correspondent['organisation'][];
};

export type WhomDeps = HandoverGround &
  SightDeps & {
    /** Whether an agreement lets this organisation learn of the other on this day. */
    readonly agreed: (asker: OdsCode, giver: OdsCode) => boolean;
    /** Asked for one address `only`, no more than whether it names them. */
    readonly people: (session: Session, signal: AbortSignal, only?: string) => Promise<KnownPeople>;
  };

/** A handover, as its reader sees it, that they would give on for one of these recipients. */
export type Passing = {
  readonly reader: Reader;
  readonly row: HandoverRow;
  readonly seen: Handover;
  readonly from: readonly RecipientRow[];
};

export type Whom = {
  /** Everybody it can be given to, and who could not be asked whom they know. */
  all(
    passing: Passing,
    signal: AbortSignal,
  ): Promise<{
    readonly entries: readonly HandoverTarget[];
    readonly unheard: readonly Correspondent['organisation'][];
  }>;
  /** Nothing: it can't be given to them. */
  one(passing: Passing, to: string | undefined, signal: AbortSignal): Promise<Correspondent | undefined>;
};

const NOBODY: KnownPeople = { entries: [], unheard: [] };

/**
 * Whom a handover can be given to, as a message can be written to: teams of the community; roles, each everybody with it at
 * an organisation where no team has them; and people of a team whom a source names as caring for the resident. Only ever to
 * somebody of whom at least one role may see it: nobody else could take it on.
 */
export function createWhom(deps: WhomDeps): Whom {
  const { teams } = deps;
  const untaken = teams.roles.filter(
    ({ correspondent: { organisation }, roles }) =>
      !teams.listed.some(
        ({ correspondent, roles: theirs }) =>
          correspondent.organisation.ods === organisation.ods && theirs.some((role) => roles.includes(role)),
      ),
  );
  const places = [...teams.listed, ...untaken].map(({ correspondent }) => correspondent);

  /** A team or role of the community that an agreement lets learn of it. */
  function mayLearn(row: HandoverRow, to: string): boolean {
    const from = row.notice.organisation as OdsCode;
    return odsOf(to) === from || deps.agreed(odsOf(to), from);
  }

  /** Not one that has it on its own account, nor somebody of theirs; back to who passed it on, yes. */
  function canGet(row: HandoverRow, from: RecipientRow, to: string): boolean {
    const listed = places.some(({ address }) => address === placeOf(to));
    const there = row.recipients.filter((one) => placeOf(one.address) === placeOf(to) && one.address !== from.address);
    return (
      listed &&
      mayLearn(row, to) &&
      to !== from.address &&
      there.every(({ address, passed }) => passed && (address !== to || passed.to === from.address))
    );
  }

  function mayPass({ reader, row, seen, from }: Passing): (to: string) => Promise<boolean> {
    const judged = createTeamSight(reader.session, row.notice, deps);
    // To whom places are hidden, which teams of others are left out would tell who has it (safety H24).
    const { ods } = reader.session.context.home;
    const near = (to: string): boolean => seen.from.ods !== UNNAMED.ods || odsOf(to) === ods;
    return async (to) => near(to) && from.some((one) => canGet(row, one, to)) && (await judged(to));
  }

  /** People are known where the resident's chart is open, and to whom no place is hidden. */
  function known({ reader, seen }: Passing, signal: AbortSignal, only?: string): Promise<KnownPeople> | KnownPeople {
    if (!reader.patient || seen.from.ods === UNNAMED.ods) return NOBODY;
    return deps.people(reader.session as Session, signal, only);
  }

  return {
    all: async (passing, signal) => {
      const may = mayPass(passing);
      const { entries, unheard } = await known(passing, signal);
      const offered = places.flatMap((place): readonly HandoverTarget[] => [
        ...entries.filter(({ address, person }) => person !== undefined && placeOf(address) === place.address),
        { ...place, ...entries.find(({ address }) => address === place.address) },
      ]);
      const verdicts = await Promise.all(offered.map(({ address }) => may(address)));
      return { entries: offered.filter((_one, index) => verdicts[index]), unheard };
    },
    one: async (passing, to, signal) => {
      if (to === undefined || !(await mayPass(passing)(to))) return undefined;
      if (to === placeOf(to)) return places.find(({ address }) => address === to);
      const { entries } = await known(passing, signal, to);
      return entries.find(({ address }) => address === to);
    },
  };
}
