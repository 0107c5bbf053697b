import type { Queries } from '../database.ts';

/** Counts one view and says how many patients this user has opened in this hour. */
export async function countPatientOpened(
  queries: Queries,
  { user, hour, patientHandle }: { readonly user: string; readonly hour: string; readonly patientHandle: string },
): Promise<number> {
  await queries
    .insertInto('bulk_browsing')
    .values({ user_key: user, hour, patient_handle: patientHandle, views: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['user_key', 'hour', 'patient_handle'])
        .doUpdateSet((build) => ({ views: build('bulk_browsing.views', '+', 1) })),
    )
    .execute();
  const { patients } = await queries
    .selectFrom('bulk_browsing')
    .select(({ fn }) => fn.countAll<number>().as('patients'))
    .where('user_key', '=', user)
    .where('hour', '=', hour)
    .executeTakeFirstOrThrow();
  return patients;
}

export async function sweepBulkBrowsing(queries: Queries, before: string): Promise<number> {
  const result = await queries.deleteFrom('bulk_browsing').where('hour', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
