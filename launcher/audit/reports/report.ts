import type { WrittenAuditEvent } from '../store-audit.ts';

/** One visit to one person's record: the view and what became of it. */
export type Visit = {
  readonly at: string;
  readonly user: string;
  readonly role: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly kind: 'record' | 'document' | 'refused' | 'break-glass' | 'printed' | 'message';
  readonly viewId?: string;
  readonly nhsNumber?: string;
  /** The rule that refused. */
  readonly code?: string;
};

const KINDS: { readonly [type in WrittenAuditEvent['type']]?: Visit['kind'] } = {
  'record.viewed': 'record',
  'record.refused': 'refused',
  'document.viewed': 'document',
  'access.break_glass': 'break-glass',
  'record.printed': 'printed',
  'record.exported': 'printed',
  'message.sent': 'message',
  'message.opened': 'message',
};

/** What a person did, of all the audit says: the questions to the sources are not visits. */
export function visitOf(event: WrittenAuditEvent): Visit | undefined {
  const kind = KINDS[event.type];
  if (!kind) return undefined;
  const { at, user, role, organisation, purpose, viewId, nhsNumber, code } = event;
  return {
    at,
    user: user ?? 'unknown',
    role: role ?? 'unknown',
    organisation: organisation ?? 'unknown',
    purpose: purpose ?? 'unknown',
    kind,
    ...(viewId !== undefined && { viewId }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(code !== undefined && { code }),
  };
}

/** Something a privacy officer should ask about. Unusual is not wrong. */
export type Unusual = {
  readonly kind: 'many-patients' | 'at-night' | 'often-refused' | 'break-glass' | 'same-patient-often';
  readonly user: string;
  readonly organisation: string;
  readonly count: number;
  readonly first: string;
};

export type UnusualLimits = {
  readonly patientsPerHour: number;
  readonly refusals: number;
  readonly nights: number;
  readonly daysOfOnePatient: number;
};

export const UNUSUAL_LIMITS: UnusualLimits = { patientsPerHour: 40, refusals: 5, nights: 10, daysOfOnePatient: 10 };

type Tally = {
  readonly organisation: string;
  readonly hours: Map<string, Set<string>>;
  readonly days: Map<string, Set<string>>;
  readonly at: { -readonly [kind in 'night' | 'refused' | 'glass']: string[] };
};

/** Counts visits one by one, so that a year of audit need not be held at once; only users and patients are. */
export class UnusualUse {
  readonly #limits: UnusualLimits;
  readonly #users = new Map<string, Tally>();

  constructor(limits: UnusualLimits = UNUSUAL_LIMITS) {
    this.#limits = limits;
  }

  take(visit: Visit): void {
    const tally = this.#users.get(visit.user) ?? newTally(visit.organisation);
    this.#users.set(visit.user, tally);
    if (visit.kind === 'refused') tally.at.refused.push(visit.at);
    if (visit.kind === 'break-glass') tally.at.glass.push(visit.at);
    if (visit.kind !== 'record' || visit.nhsNumber === undefined) return;
    if (isNight(visit.at)) tally.at.night.push(visit.at);
    add(tally.hours, visit.at.slice(0, 13), visit.nhsNumber);
    add(tally.days, visit.nhsNumber, visit.at.slice(0, 10));
  }

  /** The most of each kind first. */
  list(): readonly Unusual[] {
    return [...this.#users].flatMap(([user, tally]) => [...this.#of(user, tally)]).sort((a, b) => b.count - a.count);
  }

  *#of(user: string, { organisation, hours, days, at }: Tally): Generator<Unusual> {
    const { patientsPerHour, refusals, nights, daysOfOnePatient } = this.#limits;
    for (const [hour, patients] of hours)
      if (patients.size >= patientsPerHour)
        yield { kind: 'many-patients', user, organisation, count: patients.size, first: `${hour}:00` };
    for (const seen of days.values())
      if (seen.size >= daysOfOnePatient)
        yield { kind: 'same-patient-often', user, organisation, count: seen.size, first: [...seen].sort()[0] ?? '' };
    const lists = [
      ['at-night', at.night, nights],
      ['often-refused', at.refused, refusals],
      ['break-glass', at.glass, 1],
    ] as const;
    for (const [kind, list, limit] of lists)
      if (list.length >= limit) yield { kind, user, organisation, count: list.length, first: list[0] ?? '' };
  }
}

function newTally(organisation: string): Tally {
  return { organisation, hours: new Map(), days: new Map(), at: { night: [], refused: [], glass: [] } };
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

const LONDON_HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hour12: false });

/** Between 23 and 6 o'clock where the people are. */
function isNight(at: string): boolean {
  const hour = Number(LONDON_HOUR.format(new Date(at)));
  return hour >= 23 || hour < 6;
}
