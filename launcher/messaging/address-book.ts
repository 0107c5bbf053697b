import { normaliseWords } from '../../src/record/fhir/coding.ts';
import type { AddressBookEntry } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Involved } from './involved.ts';
import { type MessageJudge, partyOf, type PatientReader } from './reader.ts';
import { residentOf } from './acting.ts';
import type { HeardServices } from './team-services.ts';
import type { KnownTeam, Teams } from './teams.ts';

/** What is known of who cares for a resident, and whose answer is missing. */
export type FoundInvolved = { readonly involved: readonly Involved[]; readonly unheard: readonly OdsCode[] };

export type AddressBook = {
  readonly entries: readonly AddressBookEntry[];
  /** Organisations that may know of somebody and have not said so: late, or not to be reached. */
  readonly unheard: readonly AddressBookEntry['organisation'][];
};

type AddressBookDeps = {
  readonly teams: Teams;
  /** CareTeam and the registered practice, as the sources say. Never fails: who is silent is `unheard`. */
  readonly findInvolved: (reader: PatientReader, signal: AbortSignal) => Promise<FoundInvolved>;
  /** What the teams' own systems say of them. Never fails: who is silent is `unheard`, and the file's words stand. */
  readonly services: (teams: readonly KnownTeam[], signal: AbortSignal) => Promise<HeardServices>;
  readonly judge: Pick<MessageJudge, 'see'>;
  readonly organisation: (ods: OdsCode) => AddressBookEntry['organisation'] | undefined;
  readonly ownerOf: (source: Involved['origin']['source']) => OdsCode | undefined;
  /** Whether an agreement lets one read what the other writes, today. */
  readonly agreed: (reads: OdsCode, writes: OdsCode) => boolean;
  /** Whereabouts are not to be shown to this reader: then nobody is said to be involved. */
  readonly hidesPlaces: (reader: PatientReader) => boolean;
};

export type OpenAddressBook = (reader: PatientReader, signal: AbortSignal, only?: string) => Promise<AddressBook>;

const ORDER = ['key-worker', 'registered-gp', 'involved', 'directory'] as const;
const NOBODY: FoundInvolved = { involved: [], unheard: [] };
const NOTHING_HEARD: HeardServices = { services: new Map(), unheard: [] };

/**
 * Whom this reader may write to about this resident: every team of the community that an agreement lets read it, those
 * first who care for the resident by a source's own word. Asked for one address `only`, sources are asked for no more than
 * whether they name that person.
 */
export function createAddressBook(deps: AddressBookDeps): OpenAddressBook {
  return async (reader, signal, only) => {
    const teams = deps.teams.listed.filter(({ correspondent: { address, organisation } }) => {
      const agreed = organisation.ods === reader.ods || deps.agreed(organisation.ods, reader.ods);
      return agreed && (only === undefined || address === deps.teams.teamAddress(only));
    });
    const namesTeam = only !== undefined && only === deps.teams.teamAddress(only);
    // An EPR's own system has no chart open, and no source is asked in anybody's name.
    const asks = teams.length > 0 && !namesTeam && reader.team === undefined && !deps.hidesPlaces(reader);
    // To send, it is enough to know who: no team's system is asked, and what it says lets nobody in and keeps nobody out.
    const [found, heard] = await Promise.all([
      asks ? deps.findInvolved(reader, signal) : NOBODY,
      only === undefined ? deps.services(teams, signal) : NOTHING_HEARD,
    ]);
    const involved = await mayStillLearn(found.involved, reader, deps);
    const entries = teams.flatMap((team) =>
      entriesOf(team, involved, teams).map((entry) => ({
        ...entry,
        ...heard.services.get(team.correspondent.address),
      })),
    );
    const unheard = new Set([...found.unheard, ...heard.unheard]);
    return {
      entries: entries.filter(({ address }) => only === undefined || address === only).sort(byNeed),
      unheard: [...unheard].flatMap((ods) => deps.organisation(ods) ?? []),
    };
  };
}

/** Heard before is not allowed now: each word is judged again by the rules of this moment, as an item of whoever said it. */
async function mayStillLearn(
  involved: readonly Involved[],
  reader: PatientReader,
  { judge, ownerOf }: AddressBookDeps,
): Promise<readonly Involved[]> {
  const [party, resident] = [partyOf(reader), residentOf(reader)];
  const verdicts = new Map<string, Promise<boolean>>();
  const judged = ({ origin: { source, resource } }: Involved): Promise<boolean> => {
    const giver = ownerOf(source);
    if (giver === undefined) return Promise.resolve(false);
    const key = `${source}|${resource.split('/')[0] ?? ''}`;
    const known = verdicts.get(key);
    if (known) return known;
    const asked = judge.see(party, resident, { giver, item: { source, resource } }).then(({ allowed }) => allowed);
    verdicts.set(key, asked);
    return asked;
  };
  const allowed = await Promise.all(involved.map(judged));
  return involved.filter((_one, index) => allowed[index]);
}

/** The team once, by the strongest reason there is, and each person of it that a source names. */
function entriesOf(
  team: KnownTeam,
  all: readonly Involved[],
  teams: readonly KnownTeam[],
): readonly AddressBookEntry[] {
  const { correspondent, takes } = team;
  const here = all.filter(({ ods }) => ods === correspondent.organisation.ods).map((one) => asHere(one, team, teams));
  const [best] = [...here].sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why));
  const entry: AddressBookEntry = {
    ...correspondent,
    why: best?.why ?? 'directory',
    origin: best?.origin ?? 'community',
    ...(takes !== undefined && { takes }),
  };
  const people = new Map(here.flatMap((one) => (one.person ? [[one.person.key, one] as const] : [])));
  const persons = [...people.values()].map(({ why, origin, person }) => ({
    ...entry,
    address: `${correspondent.address}/${person?.key ?? ''}`,
    person: person?.name ?? '',
    why,
    origin,
  }));
  return [...persons, entry];
}

/**
 * Somebody of a team that the source names belongs to the team of that name alone, where there is one; otherwise to their
 * organisation, where a key worker is offered in each team and everybody else only where it has no second team.
 */
function asHere(one: Involved, team: KnownTeam, teams: readonly KnownTeam[]): Involved {
  const ofSame = teams.filter(({ correspondent }) => correspondent.organisation.ods === one.ods);
  const named = ofSame.find(({ correspondent }) => isNamed(correspondent.team, one.team));
  const belongs = named ? named === team : one.why === 'key-worker' || ofSame.length === 1;
  if (belongs) return one;
  const { person: _elsewhere, ...organisation } = one;
  return named ? { ...organisation, why: 'involved' } : organisation;
}

function isNamed(team: string, said: string | undefined): boolean {
  return said !== undefined && normaliseWords(team) === normaliseWords(said);
}

/** Whoever takes nothing now by their own system's word stands after everybody who may, and is there to be seen. */
function byNeed(a: AddressBookEntry, b: AddressBookEntry): number {
  return (
    Number(a.availability?.taking === false) - Number(b.availability?.taking === false) ||
    ORDER.indexOf(a.why) - ORDER.indexOf(b.why) ||
    a.organisation.name.localeCompare(b.organisation.name, 'en-GB') ||
    a.team.localeCompare(b.team, 'en-GB') ||
    Number(a.person === undefined) - Number(b.person === undefined) ||
    (a.person ?? '').localeCompare(b.person ?? '', 'en-GB')
  );
}
