import { DATA_ABSENT, normaliseWords, type Coded } from './coding.ts';

/** IPS: codes that stand where a problem, medicine or allergy would and say that there is none, or that nobody knows. */
const IPS_ABSENT = [
  'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',
  'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown',
];

/**
 * Whether a concept is no statement of its kind but the word for its absence. `none-known`: the source says there is
 * none. `not-asked`: the source says that it does not know. Neither is a problem, a medicine or an allergy, and the
 * second is not the first (data-quirks: general rules).
 */
export function absenceIn(coded: Coded): 'none-known' | 'not-asked' | undefined {
  for (const { system, code } of coded.codings) {
    if (system === undefined || code === undefined || !agrees(coded, code)) continue;
    if (IPS_ABSENT.includes(system)) return code.startsWith('no-known') ? 'none-known' : 'not-asked';
    // What is masked is there and kept back: the opposite of not being known.
    if (DATA_ABSENT.includes(system)) return code === 'masked' ? undefined : 'not-asked';
  }
  const words = normaliseWords(coded.text);
  if (
    /^(not asked|no information( available)?|unknown|not known|not on file|not recorded|none recorded|not applicable|n\/a|n\/?k|[?-]*)$/.test(
      words,
    )
  ) {
    return 'not-asked';
  }
  return undefined;
}

/** The source says that there is something and does not show it (data-absent-reason `masked`). */
export function isMasked({ codings }: Coded): boolean {
  return codings.some(({ system, code }) => DATA_ABSENT.includes(system ?? '') && code === 'masked');
}

/**
 * Whether the source's words leave its code for "none" standing. "Penicillin" under the code for no known allergies is
 * somebody's slip, and the dangerous way to read it is as none known: then the words count, and the conflict is said.
 */
export function agrees(coded: Coded, code: string): boolean {
  return coded.text.startsWith(code) || SAYS_ABSENCE.test(normaliseWords(coded.text));
}

/** "Not tolerated: penicillin", "never give penicillin" say no absence. */
const SAYS_ABSENCE =
  /^(no|nil|none|not(?= (?:known|asked|aware|a number|allergic|applicable|any|available|currently|documented|given|on|performed|permitted|prescribed|recorded|specified|stated|taking)\b)|nka|nkda|n\/?k|unknown|unable|denies|denied|information|masked|absent|asked|temporarily|error|unsupported)\b|\b(not known|unknown|not asked|not available|none)$/;

/** Words in front of a heading that turn it into "none known": "No known problems", "Nil regular medication", "None". */
export function saysNone(coded: Coded, kind: RegExp): boolean {
  const words = normaliseWords(coded.text);
  return (
    /^(none|nil|none known|nil known)$/.test(words) ||
    (/^(no|nil)( (known|current|regular|significant|active))* /.test(words) && kind.test(words))
  );
}
