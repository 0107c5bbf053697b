import { buildConflict } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { sortMoment } from '../fhir/date.ts';
import { moietyOf } from '../moiety.ts';
import { mustNotBeSwapped } from '../therapy-classes.ts';
import { dosesSaid, type Dose } from './dose-said.ts';
import { keyOfParts } from './key-of-parts.ts';
import { BY_MOUTH } from './non-oral-route.ts';
import { isSlow } from './slow-form.ts';
import type { MedicationEntry } from './medications.ts';

type MedicineFact = Fact<MedicationEntry>;

export function medicineConflicts(facts: readonly MedicineFact[]): readonly Conflict[] {
  return [...groupBy(facts, medicineSubject).values()].flatMap((same) => [
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
  // Before a syringe is of a needle, and a gel of the skin.
  ['oral', /\b(?:oral|oromucosal) (?:gel|paste|syringe)/],
  [
    'parenteral',
    /subcut|intraven|intramus|intrathec|epidural|injection|infusion|ampoule|syringe|vial|\b(?:iv|im|sc|s\/c)\b/,
  ],
  ['inhaled', /inhal|nebuli/],
  ['eye-ear-nose', /\b(?:eye|ear|nasal|nose|ophthalmic|aural)\b/],
  ['skin', /topical|cutaneous|cream|ointment|gel\b|lotion|patch|plaster|transdermal/],
  ['rectal', /rectal|suppositor|enema/],
  ['vaginal', /vagina|pessar/],
];

/**
 * Morphine by injection and morphine by mouth are two treatments, each with a dose of its own. The way that is directed
 * counts before the one the product is made for: the vancomycin of an infusion may be drunk. By mouth unless said otherwise.
 */
export function routeClass(entry: MedicationEntry): string {
  const directed = entry.dosages.map((dosage) => dosage.route).join(' ');
  const made = routeIn([entry.form, entry.title].join(' ')) ?? 'oral';
  const drunk = made === 'parenteral' && BY_MOUTH.test(directed.toLowerCase());
  return routeIn(directed) ?? (drunk ? 'oral' : made);
}

function routeIn(words: string): string | undefined {
  return ROUTES.find(([, pattern]) => pattern.test(words.toLowerCase()))?.[0];
}

/** A long-acting form beside a quick one, and a regular dose beside one when needed, are one plan and no disagreement. */
function regimenOf({ entries: [entry] }: MedicineFact): string {
  const slow = !mustNotBeSwapped(moietyOf(entry)) && isSlow(entry);
  const words = entry.dosages.map((dosage) => dosage.text).join(' ');
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
    const doses = dosesSaid(fact.entries[0], routeClass(fact.entries[0]));
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
  const all = said.flatMap(({ doses }) => doses);
  const oftenKnown = all.every(({ often }) => often !== undefined);
  const strengthKnown = all.every(({ of }) => of !== '');
  const textOf = ({ amount, of, often, when }: Dose): string =>
    keyOfParts(amount, strengthKnown && of, oftenKnown && often, when);
  const sets = new Map<string, Set<string>>();
  for (const { fact, doses } of said) {
    const text = setKey(doses.map(textOf));
    for (const { origin } of fact.entries) sets.set(origin.source, (sets.get(origin.source) ?? new Set()).add(text));
  }
  return new Set([...sets.values()].map(setKey)).size > 1 && !isOneTotal(said);
}

/** 50 mg and 100 mg once a day here are the 150 mg once a day there. An amount told twice at one source may be one told twice. */
function isOneTotal(said: readonly Said[]): boolean {
  const all = said.flatMap(({ doses }) => doses);
  const plain = all.every(({ unit, amount, often, when }) => unit === 'mg' && Number(amount) && often && !when);
  if (!plain || new Set(all.map(({ often }) => often)).size > 1) return false;
  const amounts = new Map<string, number[]>();
  for (const { fact, doses } of said) {
    for (const source of new Set(fact.entries.map(({ origin }) => origin.source)))
      amounts.set(source, [...(amounts.get(source) ?? []), ...doses.map(({ amount }) => Number(amount))]);
  }
  const of = [...amounts.values()];
  const totals = new Set(of.map((numbers) => numbers.reduce((sum, number) => sum + number, 0).toPrecision(12)));
  return totals.size === 1 && of.every((numbers) => new Set(numbers).size === numbers.length);
}

function unitsOf(doses: readonly Dose[]): string {
  return setKey(doses.map((dose) => dose.unit));
}

function setKey(texts: Iterable<string>): string {
  return keyOfParts(...[...new Set(texts)].sort());
}

/**
 * Stopped (or "do not give", or not taken) at one source, current at another, and the stop is not known to be older
 * than what the other last said. A source that stopped one line and holds another as current has only changed it.
 */
function stoppedAndActive(facts: readonly MedicineFact[]): readonly Conflict[] {
  const current = facts.filter((fact) => fact.entries[0].state === 'current');
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

export function isOnHold(entry: MedicationEntry): boolean {
  return entry.state === 'unknown' && entry.statusAsRecorded === 'on-hold' && entry.record !== 'dispense';
}

/** A supply that was declined or called off is no word on whether the medicine goes on. */
function isStopped(entry: MedicationEntry): boolean {
  return entry.record !== 'dispense' && (entry.state === 'negated' || entry.stopped !== undefined);
}

function mayBeNewer(stop: MedicationEntry, current: MedicineFact): boolean {
  const stoppedOn = stop.stopped?.date ?? stop.date;
  // The newest stands first (merge.ts).
  const started = current.entries[0].date;
  if (stoppedOn === undefined || started === undefined) return true;
  // Started again after the stop: a new decision, made with or without knowledge of it; no disagreement today.
  return sortMoment(stoppedOn) >= sortMoment(started);
}
