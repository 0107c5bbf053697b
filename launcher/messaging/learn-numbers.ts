import { numbersOf, type Patient } from '../../src/record/patient.ts';
import type { Queries } from '../storage/database.ts';
import { findThreadsLacking, type NumberRow, saveNumbers } from '../storage/tables/message-numbers.ts';
import { type LoadedThread, loadThreads, type LogDeps } from './thread-log.ts';
import { numberRow } from './thread-numbers.ts';

/** Of one opening; what is left is learnt at the next. */
const MOST = 200;

/**
 * A chart that knows somebody by several numbers says of the conversations under each of them that they are about the same
 * person: from then on they are found under all, and objections under any of them hold. Only where the date of birth is the
 * same too, for a number that was entered wrongly is somebody else's (safety H05).
 */
export async function learnNumbers(queries: Queries, patient: Patient, deps: LogDeps): Promise<void> {
  const numbers = numbersOf(patient);
  if (numbers.length < 2) return;
  const handles = numbers.map((number) => deps.vault.handle(number));
  const threads = await loadThreads(queries, await findThreadsLacking(queries, handles, MOST), deps);
  const same = threads.filter(({ details }) => details?.patient.birthDate === patient.birthDate);
  await saveNumbers(
    queries,
    same.flatMap((thread) => missingOf(thread, numbers, deps)),
  );
}

function missingOf({ row, handles }: LoadedThread, numbers: readonly string[], deps: LogDeps): readonly NumberRow[] {
  return numbers
    .filter((number) => !handles.includes(deps.vault.handle(number)))
    .flatMap((number) => numberRow(row, number, deps));
}
