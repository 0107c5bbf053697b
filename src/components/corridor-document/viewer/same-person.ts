import { dateInWords } from '../../dates-in-words.ts';
import type { Patient } from '../../../record/patient.ts';
import { formatNhsNumber, parseNhsNumber } from '../../../record/nhs-number.ts';
import { readDate } from '../../../record/fhir/date.ts';
import type { Words } from '../../../words/words.ts';
import type { PageFact } from './prose.ts';

/** Where a document's head names another NHS number or birth date than the banner: both, as each states it (H04). */
export function otherPerson(
  facts: readonly PageFact[],
  patient: Patient | undefined,
  words: Words,
): { readonly document: string; readonly banner: string } | undefined {
  if (!patient) return undefined;
  const of = (what: PageFact['what']): string | undefined => facts.find((fact) => fact.what === what)?.value;
  const number = parseNhsNumber(of('number') ?? '');
  if (number !== undefined && number !== patient.nhsNumber)
    return said(words.banner.nhsNumber, formatNhsNumber(number), formatNhsNumber(patient.nhsNumber));
  const born = readDate(of('born')?.slice(0, 10));
  const whole = (date: string): boolean => /^\d{4}-\d\d-\d\d/.test(date);
  if (born && whole(born) && whole(patient.birthDate) && born.slice(0, 10) !== patient.birthDate.slice(0, 10))
    return said(words.banner.born, dateInWords(born, words), dateInWords(patient.birthDate, words));
  return undefined;
}

function said(label: string, theirs: string, ours: string): { readonly document: string; readonly banner: string } {
  return { document: `${label} ${theirs}`, banner: ours };
}
