/**
 * A FHIR resource as it arrived: shape unproven. The published types promise more than real servers keep,
 * so everything but the name of the type is `unknown` until a reader in `fhir/` has looked at it.
 */
export type Resource = { readonly resourceType: string; readonly id?: unknown; readonly [element: string]: unknown };

/** An untrusted JSON object inside a resource. */
export type Json = { readonly [element: string]: unknown };

export function isResource(value: unknown): value is Resource {
  return asObject(value) !== undefined && typeof (value as Json)['resourceType'] === 'string';
}

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

const NONE: readonly Json[] = [];

/** Every object in what should be a list; a single object is taken as a list of one, anything else as none. */
export function asObjects(value: unknown): readonly Json[] {
  if (value === undefined || value === null) return NONE;
  if (!Array.isArray(value)) return typeof value === 'object' ? [value as Json] : NONE;
  const items: readonly unknown[] = value;
  // Most lists are all objects, and are then handed on as they are: this is asked of every list of every resource.
  return items.every(isJson) ? items : items.filter(isJson);
}

function isJson(value: unknown): value is Json {
  return asObject(value) !== undefined;
}

/** A non-empty string with outer white space removed, or undefined. */
export function asString(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
