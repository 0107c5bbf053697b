import { html, nothing, type TemplateResult } from 'lit';
import type { InboxPatient } from '../../messages/thread.ts';
import { readDate } from '../../record/fhir/date.ts';
import { formatNhsNumber, parseNhsNumber } from '../../record/nhs-number.ts';
import type { Patient } from '../../record/patient.ts';
import { messageWords } from '../../words/message-words.ts';
import { dateInWords } from '../dates-in-words.ts';
import { toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';
import { withheldInWords } from './withheld-words.ts';

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

/** The same of a line in a team's list, where no chart is open; held back, it says that and why. */
export function inboxPerson(patient: InboxPatient, around: Surroundings): TemplateResult {
  const { banner } = around.words;
  if (patient.withheld !== undefined)
    return html`${toneMark('withheld')} <b>${messageWords(around.words.language).inbox.withheld}</b>
      <span class="small">${withheldInWords(patient.withheld, around)}</span>`;
  const { name, birthDate, nhsNumber } = patient;
  const born = readDate(birthDate);
  const number = parseNhsNumber(nhsNumber);
  return html`<b>${name}</b>
    ${born ? html`<span class="fact">${banner.born} ${dateInWords(born, around.words)}</span>` : nothing}
    <span class="fact">${banner.nhsNumber} ${number ? formatNhsNumber(number) : nhsNumber}</span>`;
}
