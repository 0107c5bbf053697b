import type { Coded } from './coding.ts';

/**
 * What to call a category, class, role or modality: the source's words, else the bare code. Unlike the title of a
 * statement it does not need the address of its code system to be understood, and would only be hidden by it.
 */
export function shortName(coded: Coded): string {
  const worded =
    coded.codings.length === 0 || coded.codings.every((coding) => !coded.text.startsWith(`${coding.code} (`));
  return worded ? coded.text : (coded.codings.find((coding) => coding.code)?.code ?? coded.text);
}

export function shortNames(concepts: readonly Coded[]): readonly string[] {
  return [...new Set(concepts.map(shortName))];
}
