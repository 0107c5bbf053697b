import type { NumberRow } from '../storage/tables/message-numbers.ts';
import type { ThreadRow } from '../storage/tables/messages.ts';
import type { Vault } from './vault.ts';

type With = { readonly vault: Pick<Vault, 'handle' | 'seal' | 'open'> };

/** A number as it lies beside a thread. Its name in the tables is bound in: it can't be put under somebody else. */
export function numberRow(
  { id, sealed_key }: Pick<ThreadRow, 'id' | 'sealed_key'>,
  number: string,
  { vault }: With,
): readonly NumberRow[] {
  if (sealed_key === null) return [];
  const handle = vault.handle(number);
  return [{ thread_id: id, patient_handle: handle, sealed: vault.seal(id, sealed_key, placeOf(handle), number) }];
}

/** What was learnt of the resident of a thread since it began. One that was tampered with says nothing. */
export function openNumber(
  { id, sealed_key }: Pick<ThreadRow, 'id' | 'sealed_key'>,
  { patient_handle, sealed }: NumberRow,
  { vault }: With,
): readonly string[] {
  if (sealed_key === null || sealed === null) return [];
  try {
    return [vault.open(id, sealed_key, placeOf(patient_handle), sealed)];
  } catch {
    // Whoever changes the store can hide a number, as they could hide the row; they can't put another in its place.
    return [];
  }
}

function placeOf(handle: string): string {
  return `number|${handle}`;
}
