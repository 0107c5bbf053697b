import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const COLUMNS = ['passed_to', 'passed_at', 'passed_by_name', 'passed_by_team', 'passed_by_key', 'pass_act_id'] as const;

/** To whom a recipient has passed a handover on, when and by whom. Null: to nobody. */
export const m0011: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of COLUMNS) await db.schema.alterTable('handover_recipients').addColumn(column, 'text').execute();
  },
};
