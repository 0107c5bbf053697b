/**
 * A fact key of several parts. Free text may hold any separator, so the parts are quoted rather than joined: "a|b" and "c"
 * can never make the same key as "a" and "b|c". An absent part is `null`, unlike any text.
 */
export type KeyPart = string | number | boolean | undefined | readonly KeyPart[];

export function keyOfParts(...parts: readonly KeyPart[]): string {
  return JSON.stringify(parts);
}
