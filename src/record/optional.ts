/** `{ key: value }`, or nothing at all: an element that was not recorded is absent, never present and undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]?: V });
}
