import type { SectionId } from '../../src/record/section.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';
import type { ConsentRow } from '../storage/tables/consents.ts';
import type { Community } from '../trust/community.ts';
import type { ConsentStatement } from './consent.ts';

/** What a person told the community team, as the command line and the launcher's own route take it. */
export type Objection = {
  readonly patient: string;
  /** Who writes it down. */
  readonly by: string;
  /** Only what these organisations or sources hold. Empty: whoever holds it. */
  readonly giver: readonly string[];
  /** Only against these organisations. Empty: against all. */
  readonly receiver: readonly string[];
  readonly section: readonly SectionId[];
  /** v3 ActReason code of the use objected to. */
  readonly use: string;
  readonly from?: string;
  readonly to?: string;
  /** In an emergency too: breaking the glass does not open it. */
  readonly emergencies?: boolean;
};

export type ObjectionsDeps = {
  readonly audit: Pick<Audit, 'record'>;
  save(row: ConsentRow): Promise<void>;
  end(id: string, at: string): Promise<boolean>;
  newId(): string;
  now(): number;
};

export type Objections = {
  /** Gives its id. */
  record(objection: Objection): Promise<string>;
  /** False when there is no such objection, or it has ended already. */
  end(id: string, by: string): Promise<boolean>;
};

/** First written down, then done: no objection comes or goes without a name in the audit. It holds from the next byte on. */
export function createObjections(deps: ObjectionsDeps): Objections {
  const event = (type: AuditEvent['type'], by: string, id: string, nhsNumber?: string): AuditEvent => ({
    type,
    at: new Date(deps.now()).toISOString(),
    outcome: 'success',
    user: `urn:corridor:community-team|${by}`,
    ...(nhsNumber !== undefined && { nhsNumber }),
    detail: { objection: id },
  });
  return {
    record: async (objection) => {
      const id = deps.newId();
      await deps.audit.record(event('objection.recorded', objection.by, id, objection.patient));
      await deps.save({
        id,
        nhsNumber: objection.patient,
        statement: JSON.stringify(statementOf(id, objection)),
        recordedAt: new Date(deps.now()).toISOString(),
        recordedBy: objection.by,
      });
      return id;
    },
    end: async (id, by) => {
      await deps.audit.record(event('objection.ended', by, id));
      return deps.end(id, new Date(deps.now()).toISOString());
    },
  };
}

/** What of it could never hold, by the option it was given as: days the wrong way about, organisations nobody knows. */
export function neverHolds(
  { giver, receiver, from, to }: Objection,
  community?: Pick<Community, 'members'>,
): readonly string[] {
  const late = from !== undefined && to !== undefined && from > to;
  const problems = late ? ['--to: is before --from: the objection would never hold'] : [];
  if (community === undefined) return problems;
  const organisations = new Set<string>(community.members.map(({ ods }) => ods));
  const sources = new Set<string>(community.members.flatMap((member) => member.sources.map(({ id }) => id)));
  const unknown = [
    ...giver.filter((one) => !organisations.has(one) && !sources.has(one)).map((one) => `--giver ${one}`),
    ...receiver.filter((one) => !organisations.has(one)).map((one) => `--receiver ${one}`),
  ];
  return [...problems, ...unknown.map((one) => `${one}: is not in the community file`)];
}

function statementOf(
  id: string,
  { giver, receiver, section, use, from, to, emergencies }: Objection,
): ConsentStatement {
  const period = { ...(from !== undefined && { start: from }), ...(to !== undefined && { end: to }) };
  return {
    id,
    base: {
      type: 'deny',
      ...((from ?? to) !== undefined && { period }),
      purposes: [use, ...(emergencies === true ? ['BTG'] : [])],
      receivers: receiver,
      givers: giver,
      sections: section,
      labels: [],
      data: [],
    },
    exceptions: [],
  };
}
