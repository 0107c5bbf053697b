import { asObjects, asString, type Resource } from '../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { TeamServiceReference } from '../trust/community.ts';
import { readService, type TeamService } from './read-service.ts';
import type { KnownTeam } from './teams.ts';

/** By the address of the team; and whose system was asked and has not said what it should. */
export type HeardServices = {
  readonly services: ReadonlyMap<string, TeamService>;
  readonly unheard: readonly OdsCode[];
};

export type TeamServicesDeps = {
  readonly listed: readonly KnownTeam[];
  /** One source, for the services of its own teams. Throws where it does not answer. */
  readonly ask: (source: SourceId, references: readonly TeamServiceReference[]) => Promise<readonly Resource[]>;
  readonly onFailure: (source: SourceId, error: unknown) => void;
  readonly now: () => number;
  /** Left out: as below. */
  readonly times?: Partial<typeof TIMES>;
};

const TIMES = {
  /** An answer is asked for anew after this, and shown meanwhile. */
  freshMs: 600_000,
  /** Beyond this it is not shown any more: the community file's words stand alone. */
  keptMs: 3_600_000,
  /** A source that failed is left in peace so long. */
  pauseMs: 60_000,
  /** Somebody waits for the address book. */
  waitMs: 1_500,
};

type Place = {
  readonly source: SourceId;
  readonly ods: OdsCode;
  readonly teams: readonly { readonly address: string; readonly reference: TeamServiceReference }[];
  answer?: { readonly atMs: number; readonly services: ReadonlyMap<string, TeamService> };
  failedAtMs?: number;
  running?: Promise<void>;
};

/**
 * What the systems of the community's own teams say of them, kept in memory for some minutes and asked for when somebody
 * wants the address book. Only teams of the community file are in it: a source adds no team, no role and no rule.
 */
export function createTeamServices(
  deps: TeamServicesDeps,
): (teams: readonly KnownTeam[], signal: AbortSignal) => Promise<HeardServices> {
  const { now } = deps;
  const times = { ...TIMES, ...deps.times };
  const places = placesOf(deps.listed);

  async function ask(place: Place): Promise<void> {
    try {
      const references = place.teams.map(({ reference }) => reference);
      const resources = await deps.ask(place.source, references);
      place.answer = { atMs: now(), services: match(place, resources, now()) };
      delete place.failedAtMs;
    } catch (error) {
      place.failedAtMs = now();
      deps.onFailure(place.source, error);
    } finally {
      delete place.running;
    }
  }

  function isKept({ answer }: Place): boolean {
    return answer !== undefined && now() - answer.atMs < times.keptMs;
  }

  /** Begins to ask where that is due; says whether somebody has to wait for it. */
  function begin(place: Place): Promise<void> | undefined {
    const fresh = place.answer !== undefined && now() - place.answer.atMs < times.freshMs;
    const resting = place.failedAtMs !== undefined && now() - place.failedAtMs < times.pauseMs;
    if (!fresh && !resting) place.running ??= ask(place);
    return isKept(place) ? undefined : place.running;
  }

  return async (teams, signal) => {
    const wanted = new Set(teams.map(({ correspondent }) => correspondent.address));
    const asked = places.filter((place) => place.teams.some(({ address }) => wanted.has(address)));
    const waits = asked.flatMap((place) => begin(place) ?? []);
    if (waits.length > 0) await Promise.race([Promise.all(waits), ended(signal, times.waitMs)]);
    const services = new Map<string, TeamService>();
    const unheard = new Set<OdsCode>();
    for (const place of asked) {
      const known = isKept(place) ? place.answer?.services : undefined;
      for (const { address } of place.teams.filter((team) => wanted.has(team.address))) {
        const service = known?.get(address);
        if (service) services.set(address, service);
        if (!service || place.failedAtMs !== undefined) unheard.add(place.ods);
      }
    }
    return { services, unheard: [...unheard] };
  };
}

function placesOf(listed: readonly KnownTeam[]): readonly Place[] {
  const bySource = new Map<SourceId, { ods: OdsCode; teams: Place['teams'][number][] }>();
  for (const { correspondent, service } of listed) {
    if (!service) continue;
    const { ods } = correspondent.organisation;
    const place = bySource.get(service.source) ?? { ods, teams: [] };
    place.teams.push({ address: correspondent.address, reference: service });
    bySource.set(service.source, place);
  }
  return [...bySource].map(([source, place]) => ({ source, ...place }));
}

/** Each team's own, by what the file names. Two that answer to it are none: nobody knows which is meant. */
function match({ source, ods, teams }: Place, resources: readonly Resource[], nowMs: number) {
  return new Map(
    teams.flatMap(({ address, reference }) => {
      const [only, ...others] = resources.filter((resource) => answersTo(resource, reference));
      const service = only && others.length === 0 ? readService(only, { source, ods, nowMs }) : undefined;
      return service ? [[address, service] as const] : [];
    }),
  );
}

function answersTo(resource: Resource, { id, identifier }: TeamServiceReference): boolean {
  if (id !== undefined) return resource.id === id;
  return asObjects(resource['identifier']).some(
    ({ system, value }) => `${asString(system) ?? ''}|${asString(value) ?? ''}` === identifier,
  );
}

function ended(signal: AbortSignal, waitMs: number): Promise<void> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  if (enough.aborted) return Promise.resolve();
  return new Promise((resolve) => enough.addEventListener('abort', () => resolve(), { once: true }));
}
