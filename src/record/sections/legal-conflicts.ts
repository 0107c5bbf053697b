import { buildConflict, stands } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { normaliseWords } from '../fhir/coding.ts';
import type { LegalEntry } from './legal-information.ts';

/** What a clinician must be shown: whom to ask, and what restricts somebody, where two records differ. */
export function legalConflicts(facts: readonly Fact<LegalEntry>[]): readonly Conflict[] {
  return [...attorneysDiffer(facts), ...statusesDiffer(facts)];
}

/** Instruments of one kind that stand and name other people: whom to ask is the question they are looked up for. */
function attorneysDiffer(facts: readonly Fact<LegalEntry>[]): readonly Conflict[] {
  return (['lpa', 'deputy'] as const).flatMap((kind) =>
    (['health-and-welfare', 'property-and-affairs'] as const).flatMap((power) => {
      const held = facts.filter(
        ({ entries: [entry] }) =>
          entry.kind === kind &&
          stands(entry) &&
          entry.holders.length > 0 &&
          (entry.powers.includes(power) || entry.powers.length === 0),
      );
      const names = new Set(held.map(({ entries: [entry] }) => entry.holders.map(plainName).sort().join(' + ')));
      return names.size > 1 && sourcesOf(held).size > 1
        ? [buildConflict('legal-information-differs', 'legal-information', held)]
        : [];
    }),
  );
}

/** "Mrs Helen Marsh" and "Helen Marsh" are one name; a title is no part of it. */
export function plainName(name: string): string {
  return normaliseWords(name).replace(/^(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev)\.? /, '');
}

/** Standing under the Mental Health Act or for deprivation of liberty that stands here and is refused or over there. */
function statusesDiffer(facts: readonly Fact<LegalEntry>[]): readonly Conflict[] {
  return (['mha', 'dols'] as const).flatMap((kind) => {
    const own = facts.filter(({ entries: [entry] }) => entry.kind === kind);
    const inForce = own.filter(({ entries: [entry] }) => entry.state === 'current');
    const against = own.filter(({ entries: [entry] }) => entry.state === 'negated');
    const sides = [...inForce, ...against];
    const differ =
      against.length > 0 || new Set(inForce.map(({ entries: [entry] }) => normaliseWords(entry.title))).size > 1;
    return inForce.length > 0 && differ && sourcesOf(sides).size > 1
      ? [buildConflict('legal-information-differs', 'legal-information', sides)]
      : [];
  });
}

function sourcesOf(facts: readonly Fact<LegalEntry>[]): ReadonlySet<string> {
  return new Set(facts.flatMap(({ entries }) => entries.map(({ origin }) => origin.source)));
}
