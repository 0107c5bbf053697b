import { parseNhsNumber } from '../../src/record/nhs-number.ts';

/** One invented resident, as the organisation that knows them best would write them down. */
export type Person = {
  /** Name of the story, kebab-case. */
  readonly story: string;
  readonly shows: string;
  readonly nhsNumber?: string;
  readonly family: string;
  readonly given: readonly string[];
  readonly prefix?: string;
  readonly gender: 'male' | 'female' | 'other';
  readonly birthDate: string;
  readonly address: Address;
  readonly phone?: string;
  readonly email?: string;
  /** UK ethnic category code (UKCore-EthnicCategory). */
  readonly ethnicCategory?: string;
  /** Whereabouts protected (PDS label R): no address, telephone or practice is ever written. */
  readonly restricted?: true;
};

export type Address = { readonly lines: readonly string[]; readonly city: string; readonly postcode: string };

/**
 * The NHS number with these first nine digits. 999 is the range set apart for tests; the tenth digit is the
 * modulus 11 check. Numbers whose check would be 10 do not exist, and asking for one is a fault of the story.
 */
export function testNhsNumber(firstNine: string): string {
  if (!/^999\d{6}$/.test(firstNine)) throw new Error('test NHS numbers begin with 999');
  for (let check = 0; check <= 9; check++) {
    const number = parseNhsNumber(`${firstNine}${check}`);
    if (number) return number;
  }
  throw new Error(`no NHS number begins with ${firstNine}`);
}

export function fullName(person: Person): string {
  return [person.prefix, ...person.given.slice(0, 1), person.family].filter(Boolean).join(' ');
}
