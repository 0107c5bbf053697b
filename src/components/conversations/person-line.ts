import { html, type TemplateResult } from 'lit';
import { formatNhsNumber } from '../../record/nhs-number.ts';
import type { Patient } from '../../record/patient.ts';
import { dateInWords } from '../dates-in-words.ts';
import type { Surroundings } from '../surroundings.ts';

/** Who it is about, as the banner names them: SURNAME, Given (Title), born, NHS number in 3-3-4. */
export function personLine(
  { family, given, prefix, birthDate, nhsNumber }: Patient,
  around: Surroundings,
): TemplateResult {
  const { banner } = around.words;
  return html`<b>${family.toUpperCase()}, ${given}${prefix ? ` (${prefix})` : ''}</b>
    <span class="fact">${banner.born} ${dateInWords(birthDate, around.words)}</span>
    <span class="fact">${banner.nhsNumber} ${formatNhsNumber(nhsNumber)}</span>`;
}
