import type { Marks } from '../chart.ts';
import { SYSTEM } from './codes.ts';

/** Security labels: how confidential (v3 Confidentiality) and why (v3 ActCode sensitivity). */
export function label(
  confidentiality: 'R' | 'V',
  ...sensitivities: readonly ('HIV' | 'STD' | 'SEX' | 'PSY' | 'SDV' | 'ETH')[]
): NonNullable<Marks['security']> {
  return [
    { system: SYSTEM.confidentiality, code: confidentiality },
    ...sensitivities.map((code) => ({ system: SYSTEM.act, code })),
  ];
}
