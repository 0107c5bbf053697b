import { numbersOf, type Patient } from '../../src/record/patient.ts';
import type { Resident } from './reader.ts';
import type { LoadedThread, ThreadDetails } from './thread-log.ts';

/** Whom a conversation is about, as the rules are asked of them when nobody's chart is open. */
export function residentOfThread(
  { row, learnt }: Pick<LoadedThread, 'row' | 'learnt'>,
  { patient: { nhsNumber, otherNumbers } }: Pick<ThreadDetails, 'patient'>,
): Resident {
  return withNumbers({ nhsNumber, restricted: row.restricted === 1 }, [...(otherNumbers ?? []), ...learnt]);
}

/** As an open chart names them, with every number the conversation knows besides: an objection under any of them holds. */
export function residentIn({ details, learnt }: Pick<LoadedThread, 'details' | 'learnt'>, chart: Resident): Resident {
  const { nhsNumber, otherNumbers = [] } = details?.patient ?? {};
  return withNumbers(chart, [...(nhsNumber === undefined ? [] : [nhsNumber]), ...otherNumbers, ...learnt]);
}

function withNumbers(resident: Resident, more: readonly string[]): Resident {
  const { nhsNumber, supersedes, formerNumbers = [] } = resident;
  const others = new Set([...formerNumbers, ...more].filter((one) => one !== nhsNumber && one !== supersedes));
  return others.size > 0 ? { ...resident, formerNumbers: [...others] } : resident;
}

/** What else a person was known under when a conversation about them began: what they said under that holds as it did. */
export function otherNumbersOf(patient: Patient): Pick<ThreadDetails['patient'], 'otherNumbers'> {
  const [, ...otherNumbers] = numbersOf(patient);
  return otherNumbers.length > 0 ? { otherNumbers } : {};
}
