import type { Entry } from '../../src/record/entry.ts';
import type { SectionId } from '../../src/record/section.ts';
import { saysOfHome } from '../../src/record/whereabouts.ts';

/** Fields that say where something happens or who is near: enough to find a person whose whereabouts are restricted. */
const PLACES: ReadonlySet<string> = new Set([
  ...[
    'address',
    'postcode',
    'telecom',
    'phone',
    'email',
    'location',
    'locations',
    'place',
    'where',
    'ward',
    'premises',
  ],
  ...['practice', 'provider', 'custodian', 'organisation', 'organisations', 'team', 'teams', 'employer', 'school'],
  ...['by', 'onBehalfOf', 'documentLocation', 'manager', 'localAuthority', 'referrer', 'referredTo', 'providerCode'],
]);

/** Headings that say nothing but where the person belongs: nothing of them is left (safety H24), nor of words on a home. */
const WHERE: ReadonlySet<SectionId> = new Set(['gp-practice', 'local-authority']);

export function saysOnlyWhere(entry: Entry): boolean {
  return WHERE.has(entry.section) || saysOfHome(entry);
}

/** In these sections `addresses` are places; in a care plan they are the problems it addresses. */
const PEOPLE: ReadonlySet<SectionId> = new Set(['demographics', 'personal-contacts', 'professional-contacts']);

/**
 * The entry without place, organisation and contact details (safety H24). Lists become empty, other fields go. Words
 * inside titles and free text stay as their author wrote them.
 */
export function withoutWhereabouts(entry: Entry): Entry {
  return strip(entry, PEOPLE.has(entry.section)) as Entry;
}

function strip(value: unknown, people: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, people));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, item]) => {
    if (!PLACES.has(key) && !(people && key === 'addresses')) return [[key, strip(item, people)] as const];
    return Array.isArray(item) ? [[key, []] as const] : [];
  });
  return Object.fromEntries(kept);
}
