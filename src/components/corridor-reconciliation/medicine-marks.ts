import { html, nothing, type TemplateResult } from 'lit';
import type { MarkSide, MedicineMark, MedicineRow } from '../../record/reconciliation.ts';
import type { ReconciliationWords } from '../../words/reconciliation.ts';
import { dateInWords } from '../dates-in-words.ts';
import { flagTemplate, unbroken } from '../line.ts';
import { spaced } from '../corridor-medications/corridor-medications.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';

/** What disagrees about a medicine: a word for it, and under it each side with its organisation and its date, equal in weight. */
export function marksTemplate(
  row: MedicineRow,
  around: Surroundings,
  words: ReconciliationWords,
): TemplateResult | typeof nothing {
  if (row.marks.length === 0) return nothing;
  return html`<ul class="marked">
    ${row.marks.map(
      (mark) =>
        html`<li>
          ${flagTemplate({ tone: 'caution', word: wordOf(mark, around, words) })}
          <ul class="sides">
            ${sidesOf(mark, row, around, words).map((said) => html`<li>${unbroken(said)}</li>`)}
          </ul>
        </li>`,
    )}
  </ul>`;
}

function wordOf({ kind, sides }: MedicineMark, around: Surroundings, words: ReconciliationWords): string {
  const kindsOf = (current: boolean): readonly string[] =>
    sides
      .filter(({ entry }) => (entry.state === 'current') === current)
      .map(({ entry }) => around.sources.get(entry.origin.source)?.organisation.kind ?? '');
  const [active, stopped] = [kindsOf(true), kindsOf(false)];
  const inHospital = stopped.length > 0 && stopped.every((one) => one === 'acute');
  const atGp = active.length > 0 && active.every((one) => one === 'gp');
  if (kind === 'stopped-here-active-there' && inHospital && atGp) return words.stoppedInHospital;
  return kind in words.marks ? words.marks[kind as keyof typeof words.marks] : around.words.conflicts.kinds[kind];
}

function sidesOf(
  { kind, sides }: MedicineMark,
  row: MedicineRow,
  around: Surroundings,
  words: ReconciliationWords,
): readonly string[] {
  if (kind !== 'allergy-and-medicine') return sides.map((side) => sideInWords(side, around, words));
  const facts = [...row.cells.values()].flat().map(({ fact }) => fact);
  return [...new Set(facts.flatMap((fact) => around.crossing?.get(fact) ?? []))];
}

function sideInWords({ entry, date }: MarkSide, around: Surroundings, words: ReconciliationWords): string {
  const { medicines } = around.words;
  const day = date && dateInWords(date, around.words);
  const who = sourceName(entry.origin.source, around);
  if (entry.stopped) return `${who}: ${medicines.stopped(entry.stopped.date && day, undefined).toLocaleLowerCase()}`;
  const standing = words.standing[entry.state];
  const dose = entry.state === 'current' ? briefDose(entry) : undefined;
  const when = !day ? words.undated : entry.lastIssued ? medicines.lastIssued(day) : words.since(day);
  return `${who}: ${[dose ?? entry.statusAsRecorded ?? standing, when].join(', ')}`;
}

const BRIEF = 28;

/** Enough to tell the sides apart: the dose, or a short instruction, or the product's strength. The whole stands in the cell. */
function briefDose({ dosages, strength }: MarkSide['entry']): string | undefined {
  const said = dosages.map(({ dose, text }) => dose ?? text ?? '').join('; ');
  return said !== '' && said.length <= BRIEF ? said : strength && spaced(strength);
}
