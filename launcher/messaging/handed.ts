import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { Queries } from '../storage/database.ts';
import { findSent, type OutboxRow } from '../storage/tables/message-outbox.ts';
import { loadActs } from '../storage/tables/messages.ts';
import type { Teams } from './teams.ts';

/** The EPR that speaks of a message, as its proof says. */
export type InboxOf = { readonly id: SourceId; readonly ods: OdsCode };

/**
 * What an EPR can speak of: what it was handed itself. A message that was passed on to a team with another inbox, or
 * with none, and one that nobody has begun to hand over, is none of its.
 */
export async function findHanded(
  queries: Queries,
  wireId: string,
  by: InboxOf,
  teams: Teams,
): Promise<readonly OutboxRow[]> {
  const sent = await findSent(queries, wireId, by.ods);
  return sent.filter(
    ({ to_address, attempts, state }) =>
      attempts > 0 && state !== 'withheld' && teams.find(to_address)?.inbox === by.id,
  );
}

/** A message's own id: that by which the audit names it, whatever it was called on the wire. */
export async function ownIdOf(queries: Queries, row: OutboxRow): Promise<string> {
  const acts = await loadActs(queries, [row.thread_id]);
  return acts.find(({ version }) => version === row.version)?.id ?? row.message_id;
}
