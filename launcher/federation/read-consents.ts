import type { Resource } from '../../src/record/resource.ts';
import { isResource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { Asked } from './ask-source.ts';
import type { FederationDeps } from './deps.ts';
import { startDeadline, untilAborted } from './deadline.ts';
import { findHolders } from './find-person.ts';
import { askedEvent, consentsEvent } from './trail.ts';

/** What the keepers of objections said of one person, and which of them did not answer in time. */
export type ReadConsents = {
  readonly answered: ReadonlyMap<SourceId, readonly Resource[]>;
  readonly silent: readonly SourceId[];
};

/**
 * Asks every source of the request for the person's Consents, all at once and before anything else is asked of anyone.
 * A keeper who does not know the person has answered: it keeps nothing of theirs.
 */
export async function readConsents(
  request: LocatedRequest,
  deps: Pick<FederationDeps, 'open' | 'match' | 'isAbout' | 'audit' | 'now'> & { readonly deadlineMs: number },
): Promise<ReadConsents> {
  const asked = request.sources.flatMap((source) => openKeeper(source, request, deps) ?? []);
  await deps.audit.recordAll(asked.map((one) => askedEvent(one, deps.now())));
  const found = await Promise.all(asked.map((one) => ask(one, deps)));
  const heard = asked.map(({ source }, index) => [source, found[index]] as const);
  const answered = new Map(heard.flatMap(([source, resources]) => (resources ? [[source, resources] as const] : [])));
  return { answered, silent: request.sources.filter((source) => !answered.has(source)) };
}

type Deps = Parameters<typeof readConsents>[1];

/** A keeper that can't even be opened is one that has not answered. */
function openKeeper(source: SourceId, request: LocatedRequest, deps: Deps): Asked | undefined {
  try {
    return { source, sections: [], connection: deps.open(source, request), request };
  } catch (error) {
    if (error instanceof SourceTrouble) return undefined;
    throw error;
  }
}

async function ask(asked: Asked, deps: Deps): Promise<readonly Resource[] | undefined> {
  const deadline = startDeadline({ totalMs: deps.deadlineMs, idleMs: deps.deadlineMs }, new AbortController().signal);
  // Whatever the trouble was, it is the same to the decision: this keeper has not answered.
  const found = await untilAborted(fetchConsents(asked, deps, deadline.signal), deadline.signal)
    .catch(() => undefined)
    .finally(() => deadline.end());
  await deps.audit.record(consentsEvent(asked, found?.length, deps.now()));
  return found;
}

/** `undefined`: the keeper has no such type, or holds somebody else's, or more than was read. */
async function fetchConsents(
  { connection, request }: Asked,
  deps: Deps,
  signal: AbortSignal,
): Promise<readonly Resource[] | undefined> {
  const { patient } = request.request.session.context;
  const match = deps.match(patient, await findHolders(connection, patient, signal));
  if (match.found === 'none') return [];
  if (match.found !== 'one') return undefined;
  const found: Resource[] = [];
  let whole = false;
  for await (const page of connection.fetch({ patientId: match.patientId, types: ['Consent'] }, signal)) {
    for (const resource of page.resources)
      if (isResource(resource) && resource.resourceType === 'Consent' && deps.isAbout(resource, match.patientId))
        found.push(resource);
    if (page.end?.state === 'complete') whole = true;
  }
  return whole ? found : undefined;
}
