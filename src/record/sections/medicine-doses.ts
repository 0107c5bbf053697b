import { buildConflict } from '../build-conflict.ts';
import { readDirections } from '../directions.ts';
import type { Conflict, Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import { newestFirst, sortMoment } from '../fhir/date.ts';
import type { Dosage } from '../fhir/dosage.ts';
import { moietyOf } from '../moiety.ts';
import type { Quantity } from '../fhir/quantity.ts';
import type { MedicationEntry } from './medications.ts';

type MedicineFact = Fact<MedicationEntry>;

export function medicineConflicts(facts: readonly MedicineFact[]): readonly Conflict[] {
  const medicines = facts.filter((fact) => fact.entries[0].statement === 'medicine');
  return [...groupBy(medicines, medicineSubject).values()].flatMap((same) => [
    ...twoDoses(same),
    ...stoppedAndActive(same),
    ...heldAndActive(same),
  ]);
}

/** One medicine by one way into the body: what disagreements about it are about. */
export function medicineSubject({ entries: [entry] }: MedicineFact): string {
  return `medicine:${moietyOf(entry)}|${routeClass(entry)}`;
}

function groupBy(facts: readonly MedicineFact[], keyOf: (fact: MedicineFact) => string): Map<string, MedicineFact[]> {
  const groups = new Map<string, MedicineFact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return groups;
}

const ROUTES: readonly (readonly [name: string, words: RegExp])[] = [
  ['parenteral', /subcutan|intraven|intramus|injection|infusion|ampoule|syringe|vial|\b(?:iv|im|sc)\b/],
  ['inhaled', /inhal|nebuli/],
  ['eye-ear-nose', /\b(?:eye|ear|nasal|nose|ophthalmic|aural)\b/],
  ['skin', /topical|cutaneous|cream|ointment|gel\b|lotion|patch|transdermal/],
  ['rectal', /rectal|suppositor|enema/],
];

/** Morphine by injection and morphine by mouth are two treatments, each with a dose of its own. By mouth unless said otherwise. */
export function routeClass(entry: MedicationEntry): string {
  const words = [entry.form ?? '', entry.title, ...entry.dosages.map((dosage) => dosage.route ?? '')]
    .join(' ')
    .toLowerCase();
  return ROUTES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'oral';
}

/** A long-acting form beside a quick one, and a regular dose beside one when needed, are one plan and no disagreement. */
function regimenOf({ entries: [entry] }: MedicineFact): string {
  const slow = /modified|prolonged|\b(?:mr|m\/r|xl|sr|la)\b/i.test(`${entry.form ?? ''} ${entry.title}`);
  const words = entry.dosages.map((dosage) => dosage.text ?? '').join(' ');
  const whenNeeded =
    entry.dosages.some((dosage) => dosage.asNeeded) || /\b(?:when|as|if) (?:needed|required)\b|\bprn\b/i.test(words);
  return `${slow}|${whenNeeded}`;
}

/**
 * One medicine, current at two sources, in doses that differ (a dose changed at discharge and not in the surgery).
 * Two strengths at one source are how many doses are made up, so what is compared is the whole set at each source.
 */
function twoDoses(facts: readonly MedicineFact[]): readonly Conflict[] {
  const current = facts.filter((fact) => fact.entries[0].state === 'current');
  return [...groupBy(current, regimenOf).values()].flatMap(dosesDiffer);
}

function dosesDiffer(current: readonly MedicineFact[]): readonly Conflict[] {
  const said = current.flatMap((fact) => {
    const doses = dosesSaid(fact.entries[0]);
    return doses ? [{ fact, doses }] : [];
  });
  return [...new Set(said.map(({ doses }) => unitsOf(doses)))].flatMap((unit) => {
    const same = said.filter(({ doses }) => unitsOf(doses) === unit);
    return sourcesDiffer(same)
      ? [
          buildConflict(
            'two-doses',
            'medications',
            same.map(({ fact }) => fact),
            same.slice(0, 1).map(({ fact }) => medicineSubject(fact)),
          ),
        ]
      : [];
  });
}

type Said = { readonly fact: MedicineFact; readonly doses: readonly Dose[] };

/** Whether two sources give other sets of doses. How often, and the strength, count only where every one of them says it. */
function sourcesDiffer(said: readonly Said[]): boolean {
  const oftenKnown = said.every(({ doses }) => doses.every((dose) => dose.often !== undefined));
  const strengthKnown = said.every(({ doses }) => doses.every((dose) => dose.of !== ''));
  const amountOf = ({ amount, of }: Dose): string =>
    strengthKnown && of !== undefined ? `${amount} of ${of}` : amount;
  const sets = new Map<string, Set<string>>();
  for (const { fact, doses } of said) {
    const text = doses.map((dose) => (oftenKnown ? `${amountOf(dose)} x ${dose.often}` : amountOf(dose))).join('; ');
    for (const { origin } of fact.entries) sets.set(origin.source, (sets.get(origin.source) ?? new Set()).add(text));
  }
  return new Set([...sets.values()].map((doses) => [...doses].sort().join('|'))).size > 1;
}

function unitsOf(doses: readonly Dose[]): string {
  return doses.map((dose) => dose.unit).join('; ');
}

/**
 * Stopped (or "do not give", or not taken) at one source, current at another, and the stop is not known to be older
 * than what the other last said. A source that stopped one line and holds another as current has only changed it.
 */
function stoppedAndActive(facts: readonly MedicineFact[]): readonly Conflict[] {
  const current = facts.filter((fact) => fact.entries[0].state === 'current');
  if (current.length === 0) return [];
  const holders = new Set(current.flatMap((fact) => fact.entries.map((entry) => entry.origin.source)));
  const stopped = facts.filter((fact) =>
    fact.entries.some(
      (entry) => isStopped(entry) && !holders.has(entry.origin.source) && current.some((c) => mayBeNewer(entry, c)),
    ),
  );
  return disagreement('stopped-here-active-there', current, stopped);
}

function disagreement(
  kind: 'stopped-here-active-there' | 'on-hold-here-active-there',
  [first, ...others]: readonly MedicineFact[],
  against: readonly MedicineFact[],
): readonly Conflict[] {
  if (first === undefined || against.length === 0) return [];
  return [buildConflict(kind, 'medications', [first, ...others, ...against], [medicineSubject(first)])];
}

/**
 * On hold at one source and current at another, whichever was said last: a hold has no end of its own, and whoever issues it
 * again may not know of it. A pharmacy's hold is of the supply, not of the medicine.
 */
function heldAndActive(facts: readonly MedicineFact[]): readonly Conflict[] {
  const current = facts.filter((fact) => fact.entries[0].state === 'current');
  const holders = new Set(current.flatMap((fact) => fact.entries.map((entry) => entry.origin.source)));
  const held = facts.filter((fact) =>
    fact.entries.some((entry) => isOnHold(entry) && !holders.has(entry.origin.source)),
  );
  return disagreement('on-hold-here-active-there', current, held);
}

function isOnHold(entry: MedicationEntry): boolean {
  const open = entry.state === 'unknown' || entry.state === 'planned';
  return open && entry.statusAsRecorded === 'on-hold' && entry.record !== 'dispense';
}

function isStopped(entry: MedicationEntry): boolean {
  return entry.state === 'negated' || (entry.state === 'past' && entry.stopped !== undefined);
}

function mayBeNewer(stop: MedicationEntry, current: MedicineFact): boolean {
  const stoppedOn = stop.stopped?.date ?? stop.date;
  const said = current.entries.flatMap((entry) => entry.lastIssued ?? entry.date ?? []).sort(newestFirst)[0];
  const started = current.entries.flatMap((entry) => entry.date ?? []).sort(newestFirst)[0];
  if (stoppedOn === undefined || said === undefined || started === undefined) return true;
  // Started again after the stop: a new decision, made with or without knowledge of it; no disagreement today.
  return sortMoment(stoppedOn) >= sortMoment(started);
}

/**
 * One dose in a form two sources can be compared by. It is never shown, and nothing is ever merged by it. `of` is the
 * strength of what is counted or poured, empty where it is not recorded; a mass has none.
 */
type Dose = { readonly amount: string; readonly unit: string; readonly of?: string; readonly often?: number };

/** The doses of a regimen; nothing when one of its steps gives none. */
function dosesSaid(entry: MedicationEntry): readonly Dose[] | undefined {
  const doses = entry.dosages.flatMap((dosage) => doseIn(entry, dosage) ?? []);
  return doses.length > 0 && doses.length === entry.dosages.length ? doses : undefined;
}

/**
 * Milligrams where they can be known: from the dose itself, or from units counted ("two capsules") of a product of one
 * strength. Otherwise the amount in its own unit together with the strength, for 5 ml of one is not 5 ml of another.
 */
function doseIn(entry: MedicationEntry, dosage: Dosage): Dose | undefined {
  const often = timesADayInWords(dosage.text ?? '') ?? dosage.timesADay;
  const time = often === undefined ? {} : { often: Math.round(often * 1000) / 1000 };
  const count = countedIn(dosage);
  const strength = singleStrength(entry.strength);
  const { doseQuantity } = dosage;
  const mass =
    milligrams(doseQuantity) ??
    milligramsInWords(dosage.text) ??
    (count !== undefined && strength !== undefined ? round(count * strength) : undefined);
  if (mass !== undefined) return { amount: String(mass), unit: 'mg', ...time };
  const of = (entry.strength ?? '').toLowerCase().replace(/\s/g, '');
  if (count !== undefined) return { amount: String(count), unit: 'counted', of, ...time };
  const unit = (doseQuantity?.unitCode ?? doseQuantity?.unit)?.toLowerCase();
  const poured =
    doseQuantity && unit ? { value: doseQuantity.value, unit: UNITS[unit] ?? unit } : amountInWords(dosage.text);
  if (poured === undefined) return undefined;
  const perMl = milligramsPerMl(entry.strength);
  if (poured.unit !== 'ml' || perMl === undefined)
    return { amount: String(poured.value), unit: poured.unit, of, ...time };
  return { amount: String(round(Number(poured.value) * perMl)), unit: 'mg', ...time };
}

const UNITS: { readonly [unit: string]: string } = { units: 'unit', '[iu]': 'unit', iu: 'unit', millilitre: 'ml' };

/** Units of insulin or millilitres, in a text that is understood to its last word. */
function amountInWords(text: string | undefined): { readonly value: number; readonly unit: string } | undefined {
  return readDirections((text ?? '').replace(/^\s*inject\s+/i, ''))?.amount;
}

/** Of a strength of one substance in a volume ("10mg/5ml"): 10 ml of it are no 10 mg. */
function milligramsPerMl(strength: string | undefined): number | undefined {
  const [, value, unit = '', volume = '1'] =
    /^(\d+(?:\.\d+)?)\s?([a-z]+)\s?\/\s?(\d+(?:\.\d+)?)?\s?ml$/i.exec(strength?.trim() ?? '') ?? [];
  const factor = MG[unit.toLowerCase()];
  return value === undefined || factor === undefined ? undefined : (Number(value) * factor) / Number(volume);
}

/** Milligrams in one unit of the product; a strength of two substances, or in a volume, is no single one. */
function singleStrength(strength: string | undefined): number | undefined {
  return strength === undefined || strength.includes('/') ? undefined : milligramsInWords(strength);
}

const MG: { readonly [unit: string]: number } = {
  mg: 1,
  milligram: 1,
  milligrams: 1,
  g: 1000,
  gram: 1000,
  grams: 1000,
  ug: 0.001,
  mcg: 0.001,
  microgram: 0.001,
  micrograms: 0.001,
  ng: 0.000001,
  nanogram: 0.000001,
  nanograms: 0.000001,
};

function milligrams(quantity: Quantity | undefined): number | undefined {
  if (!quantity || quantity.comparator) return undefined;
  const factor = MG[quantity.unitCode?.toLowerCase() ?? ''] ?? MG[quantity.unit?.toLowerCase() ?? ''];
  return factor === undefined ? undefined : round(Number(quantity.value) * factor);
}

/** The one mass in a text; with none, several, or one per volume there is no single dose to read. */
function milligramsInWords(text: string | undefined): number | undefined {
  const found = [
    ...(text ?? '').matchAll(
      /(?<![\d.])(\d+(?:\.\d+)?)\s?(mg|milligrams?|g|grams?|mcg|micrograms?|nanograms?)\b(?!\s?\/)/gi,
    ),
  ];
  const [, value, unit] = found.length === 1 ? (found[0] ?? []) : [];
  return value === undefined || unit === undefined ? undefined : round(Number(value) * (MG[unit.toLowerCase()] ?? NaN));
}

const COUNTS: { readonly [word: string]: number } = { half: 0.5, one: 1, two: 2, three: 3, four: 4 };
const COUNTED =
  /(?:\b(half|one|two|three|four|\d+(?:\.\d+)?)\b)(?: (?:a )?(?:tablet|capsule|to be taken|puff|sachet|cap|tab)| (?:daily|once|twice|each|every|at night|in the morning))/;

function countedIn(dosage: Dosage): number | undefined {
  const unit = `${dosage.doseQuantity?.unit ?? ''} ${dosage.doseQuantity?.unitCode ?? ''}`.toLowerCase();
  if (dosage.doseQuantity && /tablet|capsule|caplet|sachet|puff|dose/.test(unit))
    return Number(dosage.doseQuantity.value);
  const word = COUNTED.exec(normaliseWords(dosage.text ?? ''))?.[1];
  return word === undefined ? undefined : (COUNTS[word] ?? Number(word));
}

const NUMBERS: { readonly [word: string]: number } = { once: 1, twice: 2, two: 2, three: 3, four: 4, five: 5, six: 6 };
const TIMES =
  /\b(once|twice|(?:\d+|two|three|four|five|six) times) (?:a |an |each |every |per )?(day|daily|week|weekly)\b/;
const OFTEN: readonly (readonly [words: RegExp, timesADay: number])[] = [
  [/\b(one weekly|(every|each|a|per) week|weekly)\b/, 1 / 7],
  [/\bqds\b/, 4],
  [/\btds\b/, 3],
  [/\b(bd|morning and (night|evening))\b/, 2],
  [/\b(alternate days?|every other day)\b/, 0.5],
  [/\b((a|each|every|per) day|daily|od|at night|nocte|(each|every|in the) morning|mane)\b/, 1],
];
/** Texts of several steps or choices, and counts that these patterns do not know, give no single frequency. */
const SEVERAL =
  /\b(up to|as required|when required|when needed|as needed|prn|then|increas\w*|reduc\w*|or|hourly|hours?|times|am|pm|and)\b/;

/** The one frequency a text speaks of, where it leaves no doubt. */
export function timesADayInWords(text: string): number | undefined {
  const words = normaliseWords(text);
  const [spoken, count, span] = TIMES.exec(words) ?? [];
  const rest = spoken === undefined ? words.replace(/morning and (night|evening)/, 'bd') : words.replace(spoken, ' ');
  if (SEVERAL.test(rest)) return undefined;
  if (count === undefined) return OFTEN.find(([pattern]) => pattern.test(rest))?.[1];
  const number = count.split(' ')[0] ?? '';
  return (NUMBERS[number] ?? Number(number)) / (span?.startsWith('week') ? 7 : 1);
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
