import type { Surroundings } from '../surroundings.ts';

/**
 * Why something is withheld. A community words its rules in English; those that everybody has are known in the other
 * language too, and English says more to a reader of Welsh than nothing.
 */
export function withheldInWords(
  { rule, words }: { readonly rule: string; readonly words: string },
  { words: { language, rules } }: Surroundings,
): string {
  return language === 'en-GB' ? words : (rules[rule] ?? words);
}
