import type { CareEvent } from './care-events.ts';
import { readCode } from './fhir/coding.ts';
import { readPeriod, sortMoment, type Period } from './fhir/date.ts';
import { asObject, asObjects, asString, type Json, type Resource } from './resource.ts';
import type { SectionId } from './section.ts';
import { isDischargeSummary } from './sections/which-section.ts';

const SECTIONS: readonly SectionId[] = ['admissions', 'encounters'];

/** What happens within one stay: from place to place, and from acute care to care that is not (HL7 v3 ACUTE to NONAC). */
export function readTransitions(stay: Resource, reference: string): readonly CareEvent[] {
  return [...readTransfers(stay, reference), ...readStepDowns(stay, reference)];
}

/** The nth move to a place, so that a corrected minute is not a second move. A bed that is only kept is none. */
function readTransfers(stay: Resource, reference: string): readonly CareEvent[] {
  const places = asObjects(stay['location'])
    .filter((place) => !['planned', 'reserved'].includes(readCode(place['status']) ?? ''))
    .flatMap((place) => placed(asObject(place['location']), readPeriod(place['period'])))
    .sort((a, b) => sortMoment(a.start) - sortMoment(b.start));
  const times = new Map<string, number>();
  return places.flatMap(({ name, start }, index) => {
    const before = places[index - 1];
    if (!before || before.name === name) return [];
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    const identity = `${reference}|transfer|${name}|${String(nth)}`;
    return [{ kind: 'transfer', identity, resource: reference, happened: start, sections: SECTIONS } as const];
  });
}

function placed(place: Json | undefined, period: Period | undefined) {
  const name = asString(place?.['reference']) ?? asString(place?.['display']);
  return name === undefined || period?.start === undefined ? [] : [{ name, start: period.start }];
}

const ACUTE: readonly string[] = ['acute', 'imp'];

function readStepDowns(stay: Resource, reference: string): readonly CareEvent[] {
  if (readCode(stay['class']) !== 'nonac') return [];
  const history = asObjects(stay['classHistory']).map((past) => ({
    code: readCode(past['class']) ?? '',
    period: readPeriod(past['period']),
  }));
  const acute = history.filter(({ code }) => ACUTE.includes(code));
  if (acute.length === 0) return [];
  // Care that is not acute and came before the last that was is where an earlier step down led.
  const last = history.findLast(({ code }) => code === 'nonac' || ACUTE.includes(code));
  const own = last?.code === 'nonac' ? last.period?.start : undefined;
  const happened = own ?? acute.at(-1)?.period?.end;
  const identity = `${reference}|step-down|${String(acute.length)}`;
  return [{ kind: 'step-down', identity, resource: reference, sections: SECTIONS, ...(happened && { happened }) }];
}

/** A letter and the stay or journey it is about, both at the source. `summary`: it is the discharge summary itself. */
export type StayLetter = { readonly stay: string; readonly letter: string; readonly summary: boolean };

export function readStayLetters(resource: Resource): readonly StayLetter[] {
  const id = asString(resource.id);
  if (resource.resourceType !== 'DocumentReference' || id === undefined) return [];
  const status = readCode(resource['status']);
  if (status !== 'current' || readCode(resource['docStatus']) === 'entered-in-error') return [];
  const summary = isDischargeSummary(resource);
  return asObjects(asObject(resource['context'])?.['encounter']).flatMap((encounter) => {
    const stay = /(?:^|\/)(Encounter\/[A-Za-z0-9\-.]{1,64})$/.exec(asString(encounter['reference']) ?? '')?.[1];
    return stay === undefined ? [] : [{ stay, letter: `DocumentReference/${id}`, summary }];
  });
}

/** ODS codes of the practices the source names as the person's own, by identifier: never by a resource's id. */
export function readPracticeCodes(patient: Resource): readonly string[] {
  return asObjects(patient['generalPractitioner']).flatMap((reference) =>
    asObjects(reference['identifier']).flatMap((identifier) => {
      const value = asString(identifier['value'])?.toUpperCase();
      const system = asString(identifier['system']) ?? '';
      return value !== undefined && /ods-organi[sz]ation-code$/i.test(system) ? [value] : [];
    }),
  );
}
