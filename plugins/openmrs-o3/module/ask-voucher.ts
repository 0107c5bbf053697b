import { asObject, asString } from '../../../src/record/resource.ts';
import type { ModuleWords } from './words.ts';

export type VoucherAnswer = { readonly launch: string } | { readonly refused: keyof ModuleWords };

/**
 * A launch for this patient from the site's own voucher, which sees the user's OpenMRS session by its cookie. The patient
 * goes in the body: no id of theirs stands in an address or in a log of addresses.
 */
export async function askVoucher(address: string, patientUuid: string, signal: AbortSignal): Promise<VoucherAnswer> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ patient: patientUuid }),
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal,
  });
  const said = asObject(await response.json());
  const launch = asString(said?.['launch']);
  if (response.ok && launch !== undefined && /^[A-Za-z0-9_-]{43}$/.test(launch)) return { launch };
  return { refused: REASONS.get(asString(said?.['error']) ?? '') ?? 'refused' };
}

const REASONS: ReadonlyMap<string, keyof ModuleWords> = new Map([
  ['patient.no_number', 'noNumber'],
  ['user.no_role', 'noRole'],
  ['user.signed_out', 'signedOut'],
]);
