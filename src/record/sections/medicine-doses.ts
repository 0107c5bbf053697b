import { buildConflict } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { codeIn, normaliseWords, SNOMED } from '../fhir/coding.ts';
import { newestFirst, sortMoment } from '../fhir/date.ts';
import type { Dosage } from '../fhir/dosage.ts';
import { substanceKey } from '../fhir/medicine.ts';
import type { Quantity } from '../fhir/quantity.ts';
import type { MedicationEntry } from './medications.ts';

type MedicineFact = Fact<MedicationEntry>;

/**
 * One instruction in the form used for grouping. Where dose and frequency are recorded as numbers they decide, and the
 * words need not be the same ("one daily", "one each day"); a text that says another number of times a day than the
 * numbers do is kept in the key. Without numbers only the same words are the same instruction.
 */
export function dosageKey(dosage: Dosage): readonly unknown[] {
  const route = codeIn(dosage.routeCode, SNOMED) ?? normaliseWords(dosage.route ?? '');
  const said = dosage.text === undefined ? undefined : timesADayInWords(dosage.text);
  const agrees = said === undefined || said === dosage.timesADay;
  const exact = dosage.doseQuantity !== undefined && dosage.timesADay !== undefined && agrees;
  const words = exact ? '' : normaliseWords(dosage.text ?? '');
  const amount = [dosage.dose?.toLowerCase().replace(/\s/g, ''), dosage.rate, dosage.maximum];
  return [...amount, route, dosage.timesADay, exact ? '' : dosage.frequency, dosage.asNeeded, dosage.site, words];
}

export function medicineConflicts(facts: readonly MedicineFact[]): readonly Conflict[] {
  const medicines = facts.filter((fact) => fact.entries[0].statement === 'medicine');
  const keyOf = ({ entries: [entry] }: MedicineFact): string => `${substanceKey(entry)}|${routeClass(entry)}`;
  return [...groupBy(medicines, keyOf).values()].flatMap((same) => [...twoDoses(same), ...stoppedAndActive(same)]);
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
function routeClass(entry: MedicationEntry): string {
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
  if (current.length < 2) return [];
  const sets = new Map<string, Set<string>>();
  for (const fact of current) {
    const dose = doseSaid(fact.entries[0]);
    if (dose === undefined) continue;
    for (const { origin } of fact.entries) sets.set(origin.source, (sets.get(origin.source) ?? new Set()).add(dose));
  }
  const distinct = new Set([...sets.values()].map((doses) => [...doses].sort().join('|')));
  const said = current.filter((fact) => doseSaid(fact.entries[0]) !== undefined);
  return distinct.size > 1 ? [buildConflict('two-doses', 'medications', said)] : [];
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
  return stopped.length > 0
    ? [buildConflict('stopped-here-active-there', 'medications', [...current, ...stopped])]
    : [];
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
 * The dose a day in one unit when the record's numbers give it, else one dose in its unit with its frequency.
 * For comparing two sources only; it is never shown and nothing is ever merged by it.
 */
function doseSaid(entry: MedicationEntry): string | undefined {
  const parts = entry.dosages.flatMap((dosage) => onePart(entry, dosage) ?? []);
  return parts.length > 0 && parts.length === entry.dosages.length ? parts.join('; ') : undefined;
}

function onePart(entry: MedicationEntry, dosage: Dosage): string | undefined {
  const amount = amountOf(entry, dosage);
  if (amount === undefined) return undefined;
  const often = timesADayInWords(dosage.text ?? '') ?? dosage.timesADay;
  return `${amount}${often === undefined ? '' : ` x ${Math.round(often * 1000) / 1000}`}${dosage.asNeeded ? ' as needed' : ''}`;
}

/** Milligrams of one dose: from the dose itself, else units counted (1 capsule) times the one strength of the product. */
function amountOf(entry: MedicationEntry, dosage: Dosage): string | undefined {
  const direct = milligrams(dosage.doseQuantity) ?? milligramsInWords(dosage.text);
  if (direct !== undefined) return `${direct} mg`;
  const count = countedIn(dosage);
  const strength = milligramsInWords(entry.strength);
  if (count !== undefined && strength !== undefined) return `${round(count * strength)} mg`;
  return (
    dosage.dose?.toLowerCase() ?? (count === undefined ? undefined : `${count} ${normaliseWords(entry.strength ?? '')}`)
  );
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

const OFTEN: readonly (readonly [words: RegExp, timesADay: number])[] = [
  [/\b(once a week|once weekly|one weekly|every week|each week|weekly)\b/, 1 / 7],
  [/\b(four times (a |each |per )?(day|daily)|4 times (a |each |per )?(day|daily)|qds)\b/, 4],
  [/\b(three times (a |each |per )?(day|daily)|3 times (a |each |per )?(day|daily)|tds)\b/, 3],
  [
    /\b(twice (a |each |per )?(day|daily)|two times (a |each |per )?(day|daily)|2 times (a |each |per )?(day|daily)|bd|morning and (night|evening))\b/,
    2,
  ],
  [/\b(alternate days?|every other day)\b/, 0.5],
  [
    /\b(once (a |each |per )?(day|daily)|once daily|(a|each|every|per) day|daily|od|at night|nocte|(each|every|in the) morning|mane)\b/,
    1,
  ],
];

/** The one frequency a text speaks of; "up to", "when needed" and texts of several steps give none. */
export function timesADayInWords(text: string): number | undefined {
  const words = normaliseWords(text);
  if (/\b(up to|as required|when required|when needed|as needed|prn|then|increas\w*|reduc\w*|or)\b/.test(words))
    return undefined;
  return OFTEN.find(([pattern]) => pattern.test(words))?.[1];
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
