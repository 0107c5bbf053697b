import type { Caution } from '../entry.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';
import { normaliseWords, readCode } from './coding.ts';
import { MODIFIER_ELEMENTS, type ModifierValues } from './modifier-elements.ts';

/** Deeper than any FHIR resource nests; what goes deeper is somebody's attack or mistake. */
const MAX_DEPTH = 30;

/**
 * A modifierExtension can turn a statement into its opposite, wherever in the resource it stands: in a dosage, in a
 * reaction, in the contained Medication. We know none, so a resource that has one, or has `implicitRules`, is shown as
 * "cannot be interpreted", never as plain fact (FHIR R4 §2.1.0.8, safety H08). So is one where an element that R4 marks
 * isModifier holds something R4 does not know.
 */
export function modifierCautions(resource: Resource): readonly Caution[] {
  const ruled = isStated(resource['implicitRules']) || isStated(resource['_implicitRules']);
  const strange = ruled || isDeniedAsBefore(resource) || holdsModifier(resource, 0) || holdsStrangeValue(resource);
  const cautions: Caution[] = [];
  if (strange) cautions.push('not-interpretable');
  if (isUnsure(resource)) cautions.push('unconfirmed');
  return cautions;
}

/**
 * Negations of DSTU2 and STU3 that R4 has made a status: a server that calls itself R4 and still sends one has turned its
 * statement round, and a reader of R4 would pass over it.
 */
function isDeniedAsBefore(resource: Resource): boolean {
  return NEGATIONS_BEFORE_R4.some((name) => resource[name] === true) || resource['taken'] === 'n';
}

const NEGATIONS_BEFORE_R4 = ['notGiven', 'wasNotGiven', 'notDone', 'notPerformed', 'wasNotTaken'] as const;

function holdsModifier(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true;
  // Plain loops: this looks at every element of everything that is read.
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (holdsModifier(value[index], depth + 1)) return true;
    return false;
  }
  const parts = value as Json;
  for (const name in parts) {
    if (name === 'modifierExtension' ? isStated(parts[name]) : holdsModifier(parts[name], depth + 1)) return true;
    if (name === 'comparator' && isStated(parts[name]) && !COMPARATORS.has(parts[name])) return true;
    // A comparator that is kept back may be any: `5` beside it may be `<5`.
    if (name === '_comparator' && isStated(parts[name])) return true;
  }
  return false;
}

/** Quantity.comparator: `<5` is not 5, and what `~5` is nobody has said. `ad` is R5's "sufficient to achieve". */
const COMPARATORS: ReadonlySet<unknown> = new Set(['<', '<=', '>=', '>', 'ad']);

/** An empty list says nothing; anything else in that place, well formed or not, may change the meaning. */
function isStated(part: unknown): boolean {
  return Array.isArray(part) ? part.length > 0 : part !== null && part !== undefined;
}

function holdsStrangeValue(resource: Resource): boolean {
  return (
    ELEMENTS.get(resource.resourceType)?.some(({ path, values }) => isStrangeAt(resource, path, 0, values)) ?? false
  );
}

/** The table with its paths taken apart once: this looks at everything that is read. */
const ELEMENTS: ReadonlyMap<string, readonly { readonly path: readonly string[]; readonly values: ModifierValues }[]> =
  new Map(
    Object.entries(MODIFIER_ELEMENTS).map(([type, elements]) => [
      type,
      Object.entries(elements).map(([path, values]) => ({ path: path.split('.'), values })),
    ]),
  );

function isStrangeAt(element: Json, path: readonly string[], at: number, values: ModifierValues): boolean {
  const name = path[at] ?? '';
  if (at < path.length - 1) return asObjects(element[name]).some((inner) => isStrangeAt(inner, path, at + 1, values));
  const value = element[name];
  // A status that is missing is not known, whatever is said of its absence; a "not" that is kept back may be a "not".
  if (!isStated(value)) return MEANS_NO_WHEN_MISSING.has(name) && isStated(element[`_${name}`]);
  if (values === 'boolean') return typeof value !== 'boolean';
  const code = readCode(value);
  return code === undefined || !values.includes(code) || contradicts(value, code) || saysTwo(value, values);
}

/** `confirmed` and `refuted` in one status: neither can be believed. A narrower code beside its wider one says no other thing. */
function saysTwo(value: unknown, values: readonly string[]): boolean {
  const said = asObjects(asObject(value)?.['coding']).map(readCode);
  const known = said.filter((code) => code !== undefined && values.includes(code)) as readonly string[];
  return new Set(known.map((code) => WIDER[code] ?? code)).size > 1;
}

const WIDER: { readonly [code: string]: string } = {
  recurrence: 'active',
  relapse: 'active',
  remission: 'inactive',
  'in-remission': 'inactive',
  resolved: 'inactive',
  provisional: 'unconfirmed',
  differential: 'unconfirmed',
};

/** Elements whose absence reads as plain fact; the others leave the standing unknown. */
const MEANS_NO_WHEN_MISSING: ReadonlySet<string> = new Set(['doNotPerform', 'isSubpotent', 'active', 'deleted']);

/** "Refuted" in words beside the code `confirmed`; "resolved" beside `inactive` is no more than narrower. */
function contradicts(value: unknown, code: string): boolean {
  const text = asObject(value)?.['text'];
  const said = typeof text === 'string' ? normaliseWords(text).replaceAll(' ', '-') : code;
  return GRAVE.has(said) && (WIDER[said] ?? said) !== (WIDER[code] ?? code);
}

/** Words that, written beside another code, contradict it too gravely to be passed over. */
const GRAVE: ReadonlySet<string> = new Set([
  'refuted',
  'entered-in-error',
  'resolved',
  'inactive',
  'remission',
  'in-remission',
]);

/** Not (yet) held to be so, or asked for by nobody who may ask: said of every type in the same way. */
function isUnsure(resource: Resource): boolean {
  const verification = readCode(resource['verificationStatus']);
  if (verification !== undefined && UNVERIFIED.has(verification)) return true;
  const intent = readCode(resource['intent']);
  return intent !== undefined && (UNAGREED[resource.resourceType]?.includes(intent) ?? false);
}

const UNVERIFIED: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential', 'presumed']);

/**
 * Intents that ask nobody to act yet. A `plan` for a medicine is the authorised repeat of general practice, and a CarePlan
 * is one by its nature. England's booking and referral standard sends every referral with the intent `plan`, so there too it
 * is a request that stands. For anything else a `plan` authorises nobody (R4 request-intent).
 */
const UNAGREED: { readonly [type: string]: readonly string[] } = {
  CarePlan: ['proposal', 'option'],
  DeviceRequest: ['proposal', 'plan', 'option'],
  MedicationRequest: ['proposal', 'option'],
  NutritionOrder: ['proposal', 'plan', 'option'],
  ServiceRequest: ['proposal', 'option'],
  Task: ['proposal', 'option'],
};
