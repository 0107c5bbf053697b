import type { NhsNumber } from '../../src/record/nhs-number.ts';
import { numbersOf, type Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { ConsentRow } from '../storage/tables/consents.ts';
import { readConsent, type ConsentStatement } from './consent.ts';
import type { Consents } from './consents.ts';
import type { PermittedRequest } from './decision.ts';

export type KnownConsentsDeps = {
  /** Asks the keepers of the request (`federation/read-consents.ts`). */
  askKeepers(request: PermittedRequest): Promise<{
    readonly answered: ReadonlyMap<SourceId, readonly Resource[]>;
    readonly silent: readonly SourceId[];
  }>;
  load(nhsNumber: string): Promise<readonly ConsentRow[]>;
  /** All or nothing. */
  replace(ended: readonly string[], added: readonly ConsentRow[], at: string): Promise<void>;
  /** A keeper's answer could not be kept for when it is down. */
  readonly onForgotten?: (cause: unknown) => void;
  newId(): string;
  now(): number;
};

/**
 * The person's wishes: the community's own store and what the keepers say now. A keeper's answer is remembered, so
 * that an objection holds while its keeper is down; one that was withdrawn there is ended here at the next answer.
 */
export function createConsents(deps: KnownConsentsDeps): Consents {
  return {
    stored: async (patient) => (await loadAll(patient, deps)).map(statementOf),
    ask: async (request) => {
      const { patient } = request.session.context;
      const [{ answered, silent }, rows] = await Promise.all([deps.askKeepers(request), loadAll(patient, deps)]);
      const said = new Map([...answered].map(([source, found]) => [source, readAll(found, source)]));
      await remember(said, rows, patient.nhsNumber, deps).catch((cause: unknown) => {
        // What was said counts now either way; an emergency doesn't wait for a store that can't be written.
        if (request.purpose !== 'break-glass') throw cause;
        deps.onForgotten?.(cause);
      });
      const kept = rows.filter(({ heldBy }) => heldBy === undefined || !said.has(heldBy as SourceId)).map(statementOf);
      return { statements: [...kept, ...[...said.values()].flat()], known: silent.length === 0 };
    },
  };
}

/** What was said under a number that was replaced since holds as it did. */
async function loadAll(patient: Patient, deps: KnownConsentsDeps): Promise<readonly ConsentRow[]> {
  return (await Promise.all(numbersOf(patient).map((number) => deps.load(number)))).flat();
}

function readAll(resources: readonly Resource[], source: SourceId): readonly ConsentStatement[] {
  return resources.flatMap((resource) => readConsent(resource, source) ?? []);
}

/** Written only where something changed: a view of somebody who said nothing writes nothing. */
async function remember(
  said: ReadonlyMap<SourceId, readonly ConsentStatement[]>,
  rows: readonly ConsentRow[],
  nhsNumber: NhsNumber,
  deps: KnownConsentsDeps,
): Promise<void> {
  const at = new Date(deps.now()).toISOString();
  const fresh = new Set([...said.values()].flat().map((statement) => JSON.stringify(statement)));
  const held = rows.filter(({ heldBy }) => heldBy !== undefined && said.has(heldBy as SourceId));
  const ended = held.filter(({ statement }) => !fresh.has(statement)).map(({ id }) => id);
  const old = new Set(held.map(({ statement }) => statement));
  const added = [...said].flatMap(([source, statements]) =>
    statements
      .map((statement) => JSON.stringify(statement))
      .filter((statement) => !old.has(statement))
      .map((statement) => ({
        id: deps.newId(),
        nhsNumber,
        heldBy: source,
        statement,
        recordedAt: at,
        recordedBy: source,
      })),
  );
  if (ended.length + added.length > 0) await deps.replace(ended, added, at);
}

/** Our own JSON, made by this file and by the command line. */
function statementOf({ statement }: ConsentRow): ConsentStatement {
  return JSON.parse(statement) as ConsentStatement;
}
