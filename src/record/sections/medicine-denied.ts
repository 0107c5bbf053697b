import { normaliseWords } from '../fhir/coding.ts';
import type { Dosage } from '../fhir/dosage.ts';

type Worded = { readonly title: string; readonly dosages: readonly Dosage[] };

/**
 * Words that say of a medicine that it is not to be taken, or is not, beside a status that says it is: "Warfarin STOPPED",
 * "Do not give aspirin", a dose of "STOP". Systems that hold a list of names leave the status at active; who reads that
 * alone gives it again (safety H08, H17). What a label warns of ("do not take with milk") denies nothing.
 */
export function saysNotTaken({ title, dosages }: Worded): boolean {
  const directed = dosages.flatMap(({ text, instructions }) => [
    ...(text === undefined ? [] : [text]),
    ...instructions,
  ]);
  return NAMED.test(normaliseWords(title)) || directed.some((text) => DIRECTED.test(normaliseWords(text)));
}

const NAMED =
  /^(?:(?:patient |pt )?(?:is |was )?not (?:taking|to have|for|to be given)|do not (?:give|take|prescribe|use)|(?:adverse reaction|allergic|allergy|intoleran\w+) to|no longer (?:takes|taking)|stop(?:ped)?|avoid)\b|\b(?:stopped|discontinued|ceased|withheld|suspended|on hold|not (?:being )?taken|not taking|no longer (?:taken|taking)|declined|refused)(?: by (?:the )?(?:patient|gp|hospital))?\)?(?: (?:in|on|since) .*| [\d/.-]+)?$/;

/** The whole of the directions, or all that stands before "until". */
const DIRECTED =
  /^(?:stop(?:ped)?|on hold|hold|withh(?:old|eld)|suspend(?:ed)?|discontinued?|ceased|not (?:taking|taken|to be taken|in use)|no longer (?:taken|taking|required)|do not (?:take|give|use|start))(?: (?:this|it|for now|temporarily|now))?(?:$|[,;.:(]| (?:until|pending|as from|from|since|on)\b)/;
