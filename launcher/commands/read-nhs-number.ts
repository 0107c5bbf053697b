import { text } from 'node:stream/consumers';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { ArgumentError } from '../argument-error.ts';

/** A number from the command line, or with `-` from standard input: there it stays out of the shell's history. */
export async function readNhsNumber(given: string): Promise<string> {
  const number = parseNhsNumber(given === '-' ? (await text(process.stdin)).trim() : given);
  if (number === undefined)
    throw new ArgumentError(
      'argument.not_an_nhs_number',
      '--patient: is not an NHS number; with - it is read from standard input',
    );
  return number;
}
