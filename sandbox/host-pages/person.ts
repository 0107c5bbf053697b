import { formatNhsNumber, NHS_NUMBER_SYSTEM, parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString } from '../../src/record/resource.ts';
import type { Json, Resource } from '../../src/record/resource.ts';

/** The patient as an EPR's own banner shows them (NHS Common User Interface: SURNAME, Given (Title)). */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly born: string;
  readonly gender: string;
  readonly nhsNumber: string;
  readonly address: string;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function readPerson(patient: Resource): Person {
  const names = asObjects(patient['name']);
  const name = names.find((one) => one['use'] === 'official') ?? names[0];
  const [address] = asObjects(patient['address']);
  const lines = Array.isArray(address?.['line']) ? (address['line'] as readonly unknown[]) : [];
  return {
    id: String(patient.id),
    name: personName(name),
    born: dayOf(asString(patient['birthDate']) ?? '') || 'not recorded',
    gender: capital(asString(patient['gender']) ?? 'not recorded'),
    nhsNumber: nhsNumberOf(patient) ?? 'not recorded',
    address: [...lines, address?.['city'], address?.['postalCode']].flatMap((part) => asString(part) ?? []).join(', '),
  };
}

/** `2026-03-03` as `03-Mar-2026`; less than a day is shown as it is. */
export function dayOf(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  return year && month && day ? `${day}-${MONTHS[Number(month) - 1] ?? month}-${year}` : date;
}

function personName(name: Json | undefined): string {
  const family = asString(name?.['family'])?.toUpperCase();
  const given = Array.isArray(name?.['given'])
    ? (name['given'] as readonly unknown[]).map(String).join(' ')
    : undefined;
  const prefix = Array.isArray(name?.['prefix']) ? String(name['prefix'][0]) : undefined;
  const parts = [family, given].filter((part) => part !== undefined && part !== '').join(', ');
  return parts === ''
    ? (asString(name?.['text']) ?? 'Unknown person')
    : `${parts}${prefix ? ` (${prefix.replace(/\.$/, '')})` : ''}`;
}

function nhsNumberOf(patient: Resource): string | undefined {
  const identifier = asObjects(patient['identifier']).find((one) => one['system'] === NHS_NUMBER_SYSTEM);
  const number = parseNhsNumber(identifier?.['value']);
  return number === undefined ? asString(identifier?.['value']) : formatNhsNumber(number);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
