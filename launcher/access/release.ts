import { type FindEncounter, unitsOfEncounters } from '../../src/record/fhir/encounter-units.ts';
import { unitNames } from '../../src/record/fhir/unit-names.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { HeldBack, Release } from '../trust/community.ts';

/** What of an item an organisation's release and a policy may look at. */
export type ItemMarks = {
  readonly units: readonly string[];
  readonly categories: readonly string[];
  /** It was made in an encounter that is not to be had, so that not all of its units are known. */
  readonly unplaced?: true;
};

export const UNMARKED: ItemMarks = { units: [], categories: [] };

/** Whether the organisation that holds it lets this out. One rule that matches in all it says holds it back. */
export function isReleased(release: Release | undefined, section: SectionId, marks: ItemMarks): boolean {
  return !release?.withhold.some((rule) => matches(rule, section, marks));
}

function matches({ sections, units, categories }: HeldBack, section: SectionId, marks: ItemMarks): boolean {
  if (sections && !sections.includes(section)) return false;
  // A unit that is not known may be the very one that keeps it.
  if (units && !marks.unplaced && !units.some((unit) => marks.units.includes(unit.toLowerCase()))) return false;
  return !categories || categories.some((category) => marks.categories.includes(category));
}

const CATEGORY_ELEMENTS = ['category', 'type', 'class', 'code'] as const;

/**
 * Unit names and codes in small letters, categories as `system|code`. `find` gives encounters of the same source: what
 * was made in one was made in its unit. Left out: units make no difference here. What an Observation inside it is, it is too.
 */
export function marksOf(resource: Resource, find?: FindEncounter): ItemMarks {
  const categories = [resource, ...observationsIn(resource)].flatMap((one) =>
    CATEGORY_ELEMENTS.flatMap((name) => each(one[name]).flatMap((item) => codingsOf(item).map(keyOf))),
  );
  const made = find && unitsOfEncounters(resource, find);
  const units = made ? [...new Set([...unitNames(resource), ...made.units])] : unitNames(resource);
  return { units, categories: [...new Set(categories)], ...(made?.unplaced && { unplaced: true }) };
}

/** Observations that lie inside a resource leave with it as statements of their own (contained-observations.ts). */
export function observationsIn(resource: Resource): readonly Json[] {
  return asObjects(resource['contained']).filter(({ resourceType }) => resourceType === 'Observation');
}

function each(value: unknown): readonly Json[] {
  return Array.isArray(value) ? asObjects(value) : [asObject(value)].filter((item) => item !== undefined);
}

function codingsOf(item: Json): readonly Json[] {
  return asString(item['code']) !== undefined ? [item] : asObjects(item['coding']);
}

function keyOf(coding: Json): string {
  return `${asString(coding['system']) ?? ''}|${asString(coding['code']) ?? ''}`;
}
