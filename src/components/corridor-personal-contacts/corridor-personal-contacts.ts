import type { PersonalContactEntry } from '../../record/sections/personal-contacts.ts';
import type { Flag, Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Family, carers and others; next of kin is marked. */
export class CorridorPersonalContacts extends SectionElement<PersonalContactEntry> {
  static override readonly lineOf = personalLine;
  static override readonly limit = 5;
}

/** Who, related how, how to reach them; next of kin and the like only when a source says so. */
export function personalLine(
  entry: PersonalContactEntry,
  { words }: Surroundings,
  entries: readonly PersonalContactEntry[] = [entry],
): Line {
  const { people } = words;
  const nextOfKin = people.nextOfKin.toLocaleLowerCase('en-GB');
  // What one record of the line leaves out another may say: the flags, the relationship and every number stand on it.
  const every = (of: (one: PersonalContactEntry) => readonly string[]): readonly string[] => [
    ...new Set(entries.flatMap(of)),
  ];
  const any = (of: (one: PersonalContactEntry) => boolean): boolean => entries.some(of);
  const numbers = new Map(
    entries.flatMap((one) => one.telecom.map(({ value }) => [value.replace(/[\s()-]/g, ''), value] as const)),
  );
  // The mark says it already.
  const relationships = every((one) => one.relationships).filter(
    (relationship) => !(any((one) => one.nextOfKin) && relationship.toLocaleLowerCase('en-GB') === nextOfKin),
  );
  const flag = (yes: boolean, word: string): Flag | undefined => (yes ? { tone: 'information', word } : undefined);
  return {
    main: entry.name ?? entry.title,
    flags: [
      flag(
        any((one) => one.nextOfKin),
        people.nextOfKin,
      ),
      flag(
        any((one) => one.emergencyContact),
        people.emergency,
      ),
      flag(
        any((one) => one.carer),
        people.carer,
      ),
      flag(
        any((one) => one.parentalResponsibility),
        people.parental,
      ),
    ],
    parts: [
      relationships.join(', '),
      entries.find((one) => one.organisation !== undefined)?.organisation,
      [...numbers.values()].join(', '),
      every((one) => one.languages).join(', '),
    ],
    when: null,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-personal-contacts': CorridorPersonalContacts;
  }
}
