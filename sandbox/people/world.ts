import type { Resource } from '../../src/record/resource.ts';
import type { Resident, SandboxCommunity } from '../community.ts';
import { organisationResources } from './blocks/organisation.ts';
import { patientResource, type PatientAsHeld } from './blocks/patient.ts';
import type { Calendar } from './calendar.ts';
import { Chart } from './chart.ts';
import { MEMBERS } from './organisations.ts';
import { fullName, type Person } from './person.ts';
import { usersOf } from './staff.ts';

/** Gathers what every organisation holds while the stories are told, and hands it over as one community. */
export class World {
  readonly calendar: Calendar;
  readonly #held = new Map<string, Resource[]>();
  readonly #counters = new Map<string, number>();
  readonly #residents: Resident[] = [];

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    for (const member of MEMBERS) {
      this.#held.set(member.ods, member.epr === 'none' ? [] : [...organisationResources(member.ods)]);
    }
  }

  /** Opens this person's chart at an organisation: its own Patient, with its own number and its own small differences. */
  open(person: Person, ods: string, held: PatientAsHeld = {}): Chart {
    const patientId = held.localId ?? this.nextId(ods, 'Patient');
    const chart = new Chart(this, ods, person, patientId);
    this.keep(ods, patientResource(chart, held));
    return chart;
  }

  /** Declares the person a resident of the community, known where these charts are. */
  tell(person: Person, charts: readonly Chart[]): void {
    this.#residents.push({
      story: person.story,
      shows: person.shows,
      name: fullName(person),
      ...(person.nhsNumber && { nhsNumber: person.nhsNumber }),
      patientIds: Object.fromEntries(charts.map((chart) => [chart.ods, chart.patientId])),
    });
  }

  keep(ods: string, resource: Resource): void {
    const list = this.#held.get(ods);
    if (!list) throw new Error(`no member ${ods}`);
    list.push(resource);
  }

  /** Local ids count up at each organisation, so the same id means different things at two of them, as in life. */
  nextId(ods: string, type: string): string {
    const key = `${ods}/${type}`;
    const next = (this.#counters.get(key) ?? 0) + 1;
    this.#counters.set(key, next);
    return `${type === 'Patient' ? 'p' : type.replace(/[a-z]/g, '').toLowerCase()}${String(10_000 + next)}`;
  }

  community(): SandboxCommunity {
    return {
      name: 'Ousebridge Shared Care',
      stories: true,
      organisations: MEMBERS.map(({ ods, name, kind, epr }) => ({ ods, name, kind, epr, users: usersOf(ods) })),
      residents: this.#residents,
      resources: this.#held,
    };
  }
}
