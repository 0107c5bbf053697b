import { createHash } from 'node:crypto';
import type { Entry } from '../../src/record/entry.ts';
import { normaliseWords } from '../../src/record/fhir/coding.ts';
import type { Origin } from '../../src/record/origin.ts';
import { type GpPracticeEntry, isRegularPractice } from '../../src/record/sections/gp-practice.ts';
import type { ProfessionalContactEntry } from '../../src/record/sections/professional-contacts.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { isRestricted } from '../../src/record/whereabouts.ts';
import type { Community } from '../trust/community.ts';

/** What a source says of who cares for this resident. */
export type Involved = {
  readonly ods: OdsCode;
  readonly why: 'key-worker' | 'registered-gp' | 'involved';
  readonly origin: Pick<Origin, 'source' | 'resource'>;
  /** As the source names the team; a team of that name is meant, where there is one. */
  readonly team?: string;
  /** By name, when one person is meant; `key` names them at that source. */
  readonly person?: { readonly key: string; readonly name: string };
};

/** What one source said that matters here, and no more of the record than that. */
export type Said = {
  readonly contacts: readonly Contact[];
  readonly practices: readonly Practice[];
  /** It holds something of the resident: the first of it. */
  readonly holds?: string;
  /** It marks the resident's whereabouts as restricted. */
  readonly restricted: boolean;
};

type Contact = Pick<ProfessionalContactEntry, 'keyWorker'> & {
  readonly resource: string;
  readonly name?: string;
  readonly team?: string;
  readonly organisation?: string;
};

type Practice = { readonly resource: string; readonly code: string };

export const NOTHING_SAID: Said = { contacts: [], practices: [], restricted: false };

/** Members of care teams that one source names; beyond it the rest are left out of the address book. */
const MOST_CONTACTS = 100;

/** What entries, cut for their reader already, add to what their source has said. */
export function hear(said: Said, entries: readonly Entry[]): Said {
  const current = entries.filter(({ state }) => state === 'current');
  const contacts = current.filter((entry) => entry.section === 'professional-contacts') as ProfessionalContactEntry[];
  const practices = current.filter((entry) => entry.section === 'gp-practice') as GpPracticeEntry[];
  const holds = said.holds ?? entries[0]?.origin.resource;
  return {
    contacts: [...said.contacts, ...contacts.map(contactOf)].slice(0, MOST_CONTACTS),
    practices: [
      ...said.practices,
      ...practices
        .filter(isRegularPractice)
        .flatMap(({ practiceCode, origin }) =>
          practiceCode === undefined ? [] : [{ resource: origin.resource, code: practiceCode }],
        ),
    ],
    ...(holds !== undefined && { holds }),
    restricted: said.restricted || entries.some((entry) => entry.section === 'demographics' && isRestricted(entry)),
  };
}

function contactOf({ origin, kind, keyWorker, name, team, organisation }: ProfessionalContactEntry): Contact {
  return {
    resource: origin.resource,
    keyWorker,
    ...(kind === 'member' && name !== undefined && { name }),
    ...(team !== undefined && { team }),
    ...(organisation !== undefined && { organisation }),
  };
}

/**
 * What all of it comes to. A practice is the registered one by its own word, else by everybody's who says anything: where
 * that leaves two, neither is called so, for an organisation that has not followed a move must lead no message astray.
 */
export function involvedBy(
  said: ReadonlyMap<SourceId, Said>,
  community: Pick<Community, 'members' | 'member' | 'source'>,
): readonly Involved[] {
  const registered = registeredPractice(said, community);
  return [...said].flatMap(([source, { contacts, practices, holds }]): Involved[] => {
    const owner = community.source(source)?.ods;
    const practice = practices.find(({ code }) => code === registered);
    return [
      ...contacts.flatMap((contact) => involvedAs(contact, source, owner, community) ?? []),
      ...(practice && registered !== undefined
        ? [{ ods: registered, why: 'registered-gp' as const, origin: { source, resource: practice.resource } }]
        : []),
      ...(owner !== undefined && holds !== undefined
        ? [{ ods: owner, why: 'involved' as const, origin: { source, resource: holds } }]
        : []),
    ];
  });
}

function registeredPractice(
  said: ReadonlyMap<SourceId, Said>,
  community: Pick<Community, 'member' | 'source'>,
): OdsCode | undefined {
  const all = [...said].flatMap(([source, { practices }]) => practices.map(({ code }) => ({ source, code })));
  const own = all.filter(({ source, code }) => community.source(source)?.ods === code);
  const [first, ...others] = new Set((own.length > 0 ? own : all).map(({ code }) => code));
  return others.length === 0 && first !== undefined ? community.member(first as OdsCode)?.ods : undefined;
}

/** At the organisation the source names for them, else its own. One that is no member can't be written to. */
function involvedAs(
  { resource, keyWorker, name, team, organisation }: Contact,
  source: SourceId,
  owner: OdsCode | undefined,
  { members }: Pick<Community, 'members'>,
): Involved | undefined {
  const named = organisation === undefined ? undefined : normaliseWords(organisation);
  const same = named === undefined ? [] : members.filter((member) => normaliseWords(member.name) === named);
  // Two of one name: the one that says so, or nobody knows which.
  const ods = named === undefined ? owner : (same.find((one) => one.ods === owner) ?? onlyOne(same))?.ods;
  if (ods === undefined) return undefined;
  return {
    ods,
    why: keyWorker ? 'key-worker' : 'involved',
    origin: { source, resource },
    ...(team !== undefined && { team }),
    ...(name !== undefined && { person: { key: personKey(source, resource, name), name } }),
  };
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** Part of an address: the same as long as the source says the same, and no name for anybody to read. */
function personKey(source: SourceId, resource: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source, resource, name]))
    .digest('base64url')
    .slice(0, 22);
}
