import { numbersOf, type Patient } from '../../src/record/patient.ts';
import type { Resident } from './reader.ts';
import type { LoadedThread, ThreadDetails } from './thread-log.ts';

/** Whom a conversation is about, as the rules are asked of them when nobody's chart is open. */
export function residentOfThread(
  { row }: Pick<LoadedThread, 'row'>,
  { patient: { nhsNumber, otherNumbers } }: Pick<ThreadDetails, 'patient'>,
): Resident {
  return { nhsNumber, ...(otherNumbers && { formerNumbers: otherNumbers }), restricted: row.restricted === 1 };
}

/** What else a person was known under when a conversation about them began: what they said under that holds as it did. */
export function otherNumbersOf(patient: Patient): Pick<ThreadDetails['patient'], 'otherNumbers'> {
  const [, ...otherNumbers] = numbersOf(patient);
  return otherNumbers.length > 0 ? { otherNumbers } : {};
}
