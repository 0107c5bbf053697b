import { remember } from '../remember.ts';

/**
 * Whether two names of what should be one thing cannot both be right: type 1 and type 2, stage 3 and stage 4, left and
 * right, positive and negative, 50 mg and 100 mg. Only where both say it, in the same terms; one that says less
 * contradicts nothing, and "COVID-19" does not contradict "SARS-CoV-2".
 */
export function contradict(a: string, b: string): boolean {
  const [said, other] = [distinctions(a), distinctions(b)];
  return [...said].some(([of, values]) => {
    const others = other.get(of);
    return others !== undefined && !values.some((value) => others.some((one) => agree(value, one)));
  });
}

/** Stage 3 is said of 3a too. */
function agree(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short === long || (/\d[ab]/.test(long) && long.startsWith(short));
}

/** What each name fixes: by kind, the values it gives. Most give none. */
const distinctions = /* @__PURE__ */ remember((text: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  for (const { groups } of text.toLowerCase().matchAll(DISTINCTION)) {
    const [of, value] = distinction(groups ?? {});
    found.set(of, [...(found.get(of) ?? []), value]);
  }
  return found;
});

const DISTINCTION =
  /\b(?<side>left|right)\b|\b(?<sign>positive|negative)\b|\b(?<finding>(?:not )?detected)\b|\bgroup (?<group>ab|a|b|o)\b|\b(?<kind>type|stage|grade|class) g?(?<degree>\d[ab]?|i{1,3}|iv)\b|(?<![\d.,])(?<amount>\d+(?:\.\d+)?) ?(?<unit>mg|milligrams?|micrograms?|mcg)(?![a-z/])/g;

type Matched = { readonly [group: string]: string | undefined };

function distinction({ kind, degree = '', amount, unit = '', ...word }: Matched): readonly [of: string, value: string] {
  if (kind !== undefined) return [kind, ROMAN[degree] ?? degree];
  if (amount !== undefined) return [UNITS[unit] ?? unit, String(Number(amount))];
  const [of, value = ''] = Object.entries(word).find(([, said]) => said !== undefined) ?? ['', ''];
  return [of, value];
}

const ROMAN: { readonly [numeral: string]: string } = { i: '1', ii: '2', iii: '3', iv: '4' };

const UNITS: { readonly [unit: string]: string } = {
  milligram: 'mg',
  milligrams: 'mg',
  microgram: 'mcg',
  micrograms: 'mcg',
};
