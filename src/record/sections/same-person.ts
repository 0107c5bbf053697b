import { normaliseWords } from '../fhir/coding.ts';
import type { Telecom } from '../fhir/telecom.ts';

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sr', 'sister', 'rev']);

/** A post written behind the name: "Jane Smith, Social worker". */
const POST =
  /,[^,]*\b(nurse|worker|doctor|gp|partner|consultant|registrar|therapist|psychiatrist|psychologist|paramedic|pharmacist|matron|officer|manager|practitioner|co-?ordinator|lead)\b.*$/;

/** "Ms Jane Smith", "SMITH, Jane (Ms)", "Jane Smith" and "Jane Smith, Social worker" have one name. */
export function personName(name: string): string {
  const words = normaliseWords(name)
    .replace(POST, '')
    .split(/[^\p{L}\p{N}'’-]+/u);
  return words
    .filter((word) => word !== '' && !TITLES.has(word))
    .map((word) => word.replace(/’/g, "'"))
    .sort()
    .join(' ');
}

/**
 * Ways to reach somebody, kind by kind: mobile, other telephone, email, what else. Of a kind all must be equal, but a
 * record that has none of it says nothing of it. "+44 7700 900123" and "07700 900123" are one number.
 */
export function waysToReach(telecom: readonly Telecom[]): readonly (string | undefined)[] {
  const numbers = telecom.filter(({ system, value }) => system !== 'email' && /^[+\d\s()./-]{6,}$/.test(value));
  const local = numbers.map(({ value }) => value.replace(/[^\d+]/g, '').replace(/^(\+|00)440?/, '0'));
  const email = telecom.filter(({ value }) => value.includes('@')).map(({ value }) => value.toLowerCase().trim());
  const other = telecom.filter((one) => !numbers.includes(one) && !one.value.includes('@')).map(({ value }) => value);
  const mobile = local.filter((number) => number.startsWith('07'));
  return [mobile, local.filter((number) => !number.startsWith('07')), email, other.map(normaliseWords)].map((kind) =>
    kind.length > 0 ? [...new Set(kind)].sort().join(',') : undefined,
  );
}
