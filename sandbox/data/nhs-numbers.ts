import { createHash } from 'node:crypto';
import { NHS_NUMBER_SYSTEM, parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';

/** A Patient at one organisation, by the name its folder gives it. */
export type Held = { readonly holder: string; readonly patient: Resource };

/** One human being, however many organisations know them. */
export type HumanBeing = { readonly nhsNumber: string; readonly held: readonly Held[] };

/**
 * Who is who: Patients that a truth file joins, or that agree on name, birth date and sex and have no two numbers, are one
 * person with one number. A number already there is kept; others come from the 999 test range, always the same for the same person.
 */
export function joinPersons(all: readonly Held[], truth: readonly (readonly string[])[]): readonly HumanBeing[] {
  const groups = new Groups(all);
  const byName = new Map(all.map((held) => [`${held.holder} Patient/${String(held.patient.id)}`, held]));
  const byLooks = new Map<string, Held>();
  const byNumber = new Map<string, Held>();
  for (const held of all) {
    const [looks, number] = [looksOf(held.patient), nhsNumberOf(held.patient)];
    const like = looks === undefined ? undefined : byLooks.get(looks);
    const other = like && nhsNumberOf(like.patient);
    if (like && (number === undefined || other === undefined || number === other)) groups.join(held, like);
    if (number !== undefined) groups.join(held, byNumber.get(number) ?? held);
    if (looks !== undefined) byLooks.set(looks, held);
    if (number !== undefined) byNumber.set(number, held);
  }
  for (const same of truth) {
    const known = same.flatMap((name) => byName.get(name) ?? []);
    for (const held of known) groups.join(held, known[0] ?? held);
  }
  const persons = groups.all().map((held) => ({
    held,
    key: keyOf(held),
    given: held.map((one) => nhsNumberOf(one.patient)).find((number) => number !== undefined),
  }));
  const taken = new Set<string>(persons.flatMap((person) => person.given ?? []));
  return persons
    .sort((a, b) => a.key.localeCompare(b.key, 'en'))
    .map(({ held, key, given }) => ({ held, nhsNumber: given ?? nextFree(key, taken) }));
}

/**
 * The Patient with this number, unless it has one. A number in its place that can't be one (a dummy, a slip) gives way:
 * beside the new one it would make every launch stop at "two NHS numbers".
 */
export function withNhsNumber(patient: Resource, nhsNumber: string): Resource {
  if (nhsNumberOf(patient) !== undefined) return patient;
  const others = asObjects(patient['identifier']).filter((one) => one['system'] !== NHS_NUMBER_SYSTEM);
  return { ...patient, identifier: [{ system: NHS_NUMBER_SYSTEM, value: nhsNumber }, ...others] };
}

export function nhsNumberOf(patient: Resource): string | undefined {
  const found = asObjects(patient['identifier']).filter((one) => one['system'] === NHS_NUMBER_SYSTEM);
  return found.map((one) => parseNhsNumber(one['value'])).find((number) => number !== undefined);
}

/** Name, birth date and sex in a form that small differences of writing do not change; nothing unless all are there. */
function looksOf(patient: Resource): string | undefined {
  const [name] = asObjects(patient['name']);
  const given = Array.isArray(name?.['given']) ? String(name['given'][0]) : undefined;
  const parts = [asString(name?.['family']), given, asString(patient['birthDate']), asString(patient['gender'])];
  return parts.every((part) => part !== undefined)
    ? parts
        .map((part) =>
          part
            .toLowerCase()
            .normalize('NFKD')
            .replace(/[^a-z0-9]/g, ''),
        )
        .join('|')
    : undefined;
}

function keyOf(held: readonly Held[]): string {
  return held.map((one) => looksOf(one.patient) ?? `${one.holder} ${String(one.patient.id)}`).sort()[0] ?? '';
}

/** 999 and six digits that follow from who the person is; the next ones when they are taken or have no check digit. */
function nextFree(key: string, taken: Set<string>): string {
  const start = createHash('sha256').update(key).digest().readUInt32BE(0) % 1_000_000;
  for (let step = 0; step < 1_000_000; step += 1) {
    const nine = `999${String((start + step) % 1_000_000).padStart(6, '0')}`;
    const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
    const number = parseNhsNumber(`${nine}${(11 - (sum % 11)) % 11}`);
    if (number === undefined || taken.has(number)) continue;
    taken.add(number);
    return number;
  }
  throw new Error('the 999 test range has no number left');
}

/** Which Patients belong together: joining is for good, and in whatever order. */
class Groups {
  readonly #groups: Map<Held, Held[]>;

  constructor(all: readonly Held[]) {
    this.#groups = new Map(all.map((held) => [held, [held]]));
  }

  join(one: Held, other: Held): void {
    const [into, from] = [this.#groups.get(one), this.#groups.get(other)];
    if (!into || !from || into === from) return;
    for (const held of from) {
      into.push(held);
      this.#groups.set(held, into);
    }
  }

  all(): readonly (readonly Held[])[] {
    return [...new Set(this.#groups.values())];
  }
}
