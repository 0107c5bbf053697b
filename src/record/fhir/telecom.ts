import { asObjects } from '../resource.ts';
import { readPeriod } from './date.ts';
import { plainText } from './text.ts';

/** A way to reach somebody, as recorded. */
export type Telecom = { readonly system?: string; readonly value: string; readonly use?: string };

/** Ways that still hold: what the source marks as old, or whose period has an end, is left out. Preferred (rank) first. */
export function readTelecom(values: unknown): readonly Telecom[] {
  return asObjects(values)
    .filter((value) => value['use'] !== 'old' && readPeriod(value['period'])?.end === undefined)
    .sort((a, b) => rankOf(a['rank']) - rankOf(b['rank']))
    .flatMap((telecom) => {
      const value = plainText(telecom['value']);
      const system = plainText(telecom['system']);
      const use = plainText(telecom['use']);
      return value ? [{ value, ...(system && { system }), ...(use && { use }) }] : [];
    });
}

function rankOf(rank: unknown): number {
  return typeof rank === 'number' && rank > 0 ? rank : Number.MAX_SAFE_INTEGER;
}
