import { html, nothing, type TemplateResult } from 'lit';
import type { MedicineRow, MedicineStatement } from '../../record/reconciliation.ts';
import type { MedicationEntry } from '../../record/sections/medications.ts';
import type { ReconciliationWords } from '../../words/reconciliation.ts';
import { latestIssue, reasonsOf, remarks, spaced } from '../corridor-medications/corridor-medications.ts';
import { dosageParts } from '../corridor-medications/dose-in-words.ts';
import { dateInWords } from '../dates-in-words.ts';
import { flagTemplate, partText, unbroken, whenOf, type Flag } from '../line.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * What one organisation records of one medicine: product, DOSE, route and how often; how it stands, in the source's own
 * word; when it was last issued; why; who prescribed it. Nothing is filled in: what it leaves out is left out here.
 */
export function statementTemplate(
  { fact, entries }: MedicineStatement,
  row: MedicineRow,
  around: Surroundings,
  words: ReconciliationWords,
): TemplateResult {
  const lead = fullest(entries);
  const [newest] = entries;
  const opposed = row.marks.some(({ sides }) => sides.some(({ entry }) => entries.includes(entry)));
  const dose = dosageParts(lead.dosages, around.words).filter((part) => part !== undefined && part !== '');
  const reasons = reasonsOf(entries);
  const by = [...new Set(entries.flatMap(({ origin }) => origin.by ?? []))];
  return html`<div class="said ${opposed ? 'opposed' : ''}" data-fact=${fact}>
    <p>${unbroken(productOf(lead, row))}</p>
    <p>
      ${dose.map((part, index) => html`${index > 0 ? ' — ' : nothing}${typeof part === 'object' ? html`<span class="label">${part.label}</span> <strong>${unbroken(part.value)}</strong>` : unbroken(partText(part))}`)}
    </p>
    <p>${standingOf(newest, around, words)}</p>
    <p class="small">${unbroken(datesOf(entries, around, words))}</p>
    <p class="small">
      ${reasons.length > 0 ? unbroken(around.words.medicines.for(reasons.join(', '))) : words.noReason}${by.length > 0 ? `; ${words.by(by.join(', '))}` : ''}
    </p>
    ${remarks(entries, around).map((text) => html`<p class="small">${unbroken(text)}</p>`)}
    ${flagsOf(entries, around).map((flag) => html`${flagTemplate(flag)} `)}
  </div>`;
}

/** Of records that say the same, the one that leaves out least; all of a regimen is from one record. */
function fullest(entries: MedicineStatement['entries']): MedicationEntry {
  const said = ({ dosages, strength, form }: MedicationEntry): number =>
    dosages.reduce((sum, dosage) => sum + Object.keys(dosage).length, 0) + Number(!!strength) + Number(!!form);
  return entries.reduce((best, entry) => (said(entry) > said(best) ? entry : best));
}

function productOf(entry: MedicationEntry, row: MedicineRow): string {
  const product = [entry.strength && spaced(entry.strength), entry.form].filter(Boolean).join(' ');
  const other = entry.name.toLowerCase() !== row.name.toLowerCase();
  return other || product === '' ? [entry.name, product].filter(Boolean).join(' ') : product;
}

function standingOf(entry: MedicationEntry, around: Surroundings, words: ReconciliationWords): TemplateResult {
  const { medicines, care } = around.words;
  if (entry.stopped) {
    const { date, reason } = entry.stopped;
    return html`<strong>${unbroken(medicines.stopped(date && dateInWords(date, around.words), reason))}</strong>`;
  }
  const said = words.recordedAs(entry.statusAsRecorded ?? words.standing[entry.state]);
  const supply = entry.supply && medicines.supplies[entry.supply];
  return html`${entry.prohibited ? html`<strong>${care.mustNot}</strong>. ` : nothing}${unbroken([said, entry.statusReason, supply].filter(Boolean).join(', '))}`;
}

function datesOf(entries: MedicineStatement['entries'], around: Surroundings, words: ReconciliationWords): string {
  const [newest] = entries;
  const issued = latestIssue(entries);
  const end = newest.period?.end;
  return [
    issued && around.words.medicines.lastIssued(dateInWords(issued, around.words)),
    newest.date ? words.since(whenOf(newest, around)) : issued ? undefined : words.undated,
    end && words.ended(dateInWords(end, around.words)),
    entries.length > 1 ? words.records(entries.length) : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Why the statement must not be read as plain fact; its standing is said in the line already. */
function flagsOf(entries: MedicineStatement['entries'], around: Surroundings): readonly Flag[] {
  const cautions = new Set(entries.flatMap((entry) => entry.cautions));
  return [...cautions].map((caution) => ({ tone: 'caution', word: around.words.fact.cautions[caution] }));
}
