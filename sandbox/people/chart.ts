import type { Resource } from '../../src/record/resource.ts';
import { SYSTEM, type Reference } from './blocks/codes.ts';
import { at, type Calendar } from './calendar.ts';
import { memberOf } from './organisations.ts';
import type { Person } from './person.ts';
import { staffName, staffOf } from './staff.ts';
import type { World } from './world.ts';

/** Labels and profile of one resource; the rest of `meta` is made from its date. */
export type Marks = {
  readonly profile?: string;
  readonly security?: readonly { readonly system: string; readonly code: string }[];
};

/** One person's record at one organisation, open for writing. */
export class Chart {
  readonly ods: string;
  readonly person: Person;
  readonly patientId: string;
  readonly #world: World;

  constructor(world: World, ods: string, person: Person, patientId: string) {
    this.#world = world;
    this.ods = ods;
    this.person = person;
    this.patientId = patientId;
  }

  /** A person whose whereabouts are protected: nothing written here may carry the address. */
  get hidesAddress(): boolean {
    return this.person.restricted === true;
  }

  get calendar(): Calendar {
    return this.#world.calendar;
  }

  get patient(): Reference {
    return { reference: `Patient/${this.patientId}` };
  }

  get organisation(): Reference {
    const identifier = { system: SYSTEM.ods, value: this.ods };
    return { reference: `Organization/${this.ods}`, identifier, display: memberOf(this.ods).name };
  }

  get place(): Reference {
    return { reference: `Location/${this.ods}-main`, display: memberOf(this.ods).name };
  }

  /** A member of this organisation's staff. */
  staff(key: string): Reference {
    const member = staffOf(this.ods, key);
    return { reference: `Practitioner/${member.id}`, display: `${staffName(member)}, ${member.job}` };
  }

  /** Writes a resource, filed on `day` (never later than today), and gives the reference to it. */
  add(type: string, day: string, body: { readonly [element: string]: unknown }, marks: Marks = {}): Reference {
    const id = this.#world.nextId(this.ods, type);
    this.#world.keep(this.ods, { resourceType: type, id, meta: this.meta(day, marks), ...body });
    return { reference: `${type}/${id}` };
  }

  /** Like `add`, for a resource that must be built around the id it will have (a Binary with lazy bytes). */
  addBuilt(type: string, build: (id: string) => Resource): Reference {
    const id = this.#world.nextId(this.ods, type);
    this.#world.keep(this.ods, build(id));
    return { reference: `${type}/${id}` };
  }

  meta(day: string, marks: Marks = {}): object {
    const filed = day.slice(0, 10) > this.calendar.today ? this.calendar.ago(7, 'days') : day;
    return {
      versionId: '1',
      // Nothing is filed later than the morning on which the record is opened.
      lastUpdated: at(filed, filed === this.calendar.today ? '07:30:00' : '18:05:00'),
      ...(marks.profile && { profile: [`https://fhir.hl7.org.uk/StructureDefinition/${marks.profile}`] }),
      ...(marks.security && { security: marks.security }),
    };
  }
}
