import type { AddressBookEntry } from '../../src/messages/thread.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { PatientReader } from './reader.ts';
import type { KnownTeam, Teams } from './teams.ts';

/** What a source says of who cares for this resident, or of whom one can write to there. */
export type Involved = {
  readonly ods: OdsCode;
  readonly why: 'key-worker' | 'registered-gp' | 'involved';
  readonly origin: { readonly source: SourceId; readonly resource: string };
  /** By name, when one person is meant; `key` names them at that source. */
  readonly person?: { readonly key: string; readonly name: string };
  /** What the HealthcareService says it takes in. */
  readonly takes?: string;
};

type AddressBookDeps = {
  readonly teams: Teams;
  /** CareTeam, HealthcareService and the registered practice, as the sources say. Never fails: who is silent says nothing. */
  readonly findInvolved: (reader: PatientReader, signal: AbortSignal) => Promise<readonly Involved[]>;
  /** Whether an agreement lets one read what the other writes, today. */
  readonly agreed: (reads: OdsCode, writes: OdsCode) => boolean;
  /** Whereabouts are not to be shown to this reader: then nobody is said to be involved. */
  readonly hidesPlaces: (reader: PatientReader) => boolean;
};

const ORDER = ['key-worker', 'registered-gp', 'involved', 'directory'] as const;

/**
 * Whom this reader may write to about this resident: every team of the community that an agreement lets read it, those
 * first who care for the resident by a source's own word.
 */
export function createAddressBook(
  deps: AddressBookDeps,
): (reader: PatientReader, signal: AbortSignal) => Promise<readonly AddressBookEntry[]> {
  return async (reader, signal) => {
    const teams = deps.teams.listed.filter(({ correspondent }) => {
      const { ods } = correspondent.organisation;
      return ods === reader.ods || deps.agreed(ods, reader.ods);
    });
    const involved = deps.hidesPlaces(reader) ? [] : await deps.findInvolved(reader, signal);
    const entries = teams.flatMap((team) => entriesOf(team, involved));
    return entries.sort(
      (a, b) =>
        ORDER.indexOf(a.why) - ORDER.indexOf(b.why) ||
        a.organisation.name.localeCompare(b.organisation.name, 'en-GB') ||
        a.team.localeCompare(b.team, 'en-GB') ||
        Number(a.person === undefined) - Number(b.person === undefined) ||
        (a.person ?? '').localeCompare(b.person ?? '', 'en-GB'),
    );
  };
}

/** The team once, by the strongest reason there is, and each person of it that a source names. */
function entriesOf(team: KnownTeam, involved: readonly Involved[]): readonly AddressBookEntry[] {
  const { correspondent, takes } = team;
  const here = involved.filter(({ ods }) => ods === correspondent.organisation.ods);
  const [best] = [...here].sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why));
  const said = takes ?? here.find((one) => one.takes !== undefined)?.takes;
  const entry: AddressBookEntry = {
    ...correspondent,
    why: best?.why ?? 'directory',
    origin: best?.origin ?? 'community',
    ...(said !== undefined && { takes: said }),
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
