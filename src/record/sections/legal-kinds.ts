import { normaliseWords, readCode, readConcepts, type Coded } from '../fhir/coding.ts';
import { plainText } from '../fhir/text.ts';
import { asObject, type Resource } from '../resource.ts';
import { isResuscitation } from './resuscitation.ts';
import { isMeasurement } from './which-section.ts';

/**
 * What a piece of legal information is about (Mental Capacity Act 2005, Mental Health Act 1983; England and Wales). It is
 * told by the words of codes and categories, which the statutes fix; codes differ between systems and always carry them.
 */
export type LegalKind = 'capacity' | 'lpa' | 'deputy' | 'dols' | 'mha' | 'adrt' | 'other';

/** What an attorney or deputy may decide: MCA 2005 s.9. Property and affairs gives no say in care. */
export type Power = 'health-and-welfare' | 'property-and-affairs';

const WORDS: readonly (readonly [kind: LegalKind, words: RegExp])[] = [
  [
    'lpa',
    /\b(lasting power of attorney|enduring power of attorney|power of attorney|lpa|attorney for (health|property))\b/,
  ],
  ['deputy', /\b(court[- ]appointed deputy|deputy (for|appointed)|deputyship|court of protection)\b/],
  ['dols', /\b(deprivation of liberty|dols|liberty protection safeguards?)\b/],
  [
    'mha',
    /\b(mental health act|mha (section|status|1983)|community treatment order|guardianship order|(detained|sectioned|liable to be detained) under (section|the mental)|section 117)\b/,
  ],
  ['adrt', /\b(advance decision to refuse|advance decision|adrt|living will|advance directive)\b/],
  [
    'capacity',
    /\b(mental capacity act|(assessment|lack|lacks|has) (of )?(mental )?capacity|mental capacity|best interests? (decision|meeting)|independent mental capacity advocate|imca)\b/,
  ],
];

/** v3 RoleCode: power of attorney; healthcare power of attorney. */
const ATTORNEYS = ['POWATT', 'HPOWATT', 'DPOWATT'];

/** The kind by these concepts; undefined when none of them is legal information. */
export function legalKind(concepts: readonly Coded[]): LegalKind | undefined {
  const words = wordsOf(concepts);
  const kind = WORDS.find(([, pattern]) => words.some((text) => pattern.test(text)))?.[0];
  return kind !== undefined && concepts.some(isResuscitation) ? undefined : kind;
}

export function powersIn(concepts: readonly Coded[]): readonly Power[] {
  const words = wordsOf(concepts).join(' ; ');
  return [
    ...(/\b(health\w*|welfare)\b/.test(words) ? ['health-and-welfare' as const] : []),
    ...(/\b(property|financ\w+|affairs)\b/.test(words) ? ['property-and-affairs' as const] : []),
  ];
}

/** An attorney or deputy by the role of a relative or of an actor. */
export function isAttorney(role: Coded): boolean {
  const coded = role.codings.some(({ code }) => code !== undefined && ATTORNEYS.includes(code));
  return coded || /\b(power of attorney|attorney|lpa|deputy)\b/.test(wordsOf([role]).join(' ; '));
}

/**
 * Words that turn it round: there is none, it was refused or it is over. The words are believed over any status, but only
 * where they speak of the instrument itself: an advance decision may well say "treatment withdrawn" or "blood refused".
 */
const INSTRUMENT = String.raw`(?:power of attorney|lpa|attorney|deputy(?:ship)?|deprivation of liberty(?: safeguards?)?|dols|authorisation|advance (?:decision|directive)|adrt|living will|order|section)`;
const NONE = new RegExp(
  String.raw`\b(?:no|not|without|nil|never|does not have|has not (?:got|made|appointed)) (?:a |an |any |current |valid |registered |been |currently |has |lasting |enduring )*(?:${INSTRUMENT}|detained|subject to|in place|authorised|granted|appointed|registered)\b`,
);
const OVER = new RegExp(
  String.raw`\b${INSTRUMENT}(?: (?:has been|was|is))?(?:[:,]| [–-])? \(?(?:revoked|rescinded|withdrawn|cancelled|lapsed|expired|ended|ceased)\b|\b(?:revoked|expired|lapsed|former|previous) (?:lasting |enduring )?${INSTRUMENT}\b|\bno longer (?:detained|subject|in (?:force|place)|valid|has (?:a |an )?(?:lasting |enduring )?${INSTRUMENT})|\bdischarged from (?:section|detention)`,
);
const REFUSED = /\b(refused|rejected|declined|not authorised)$/;

/**
 * What the words say of its standing; undefined when they leave it to the status. Of capacity "no longer" and "not" are what
 * was found, and stand.
 */
export function standingInWords(texts: readonly string[], kind: LegalKind): 'negated' | 'past' | undefined {
  if (kind === 'capacity') return undefined;
  const words = texts.map(normaliseWords);
  if (words.some((text) => OVER.test(text))) return 'past';
  const refused = (kind === 'dols' || kind === 'mha') && words.some((text) => REFUSED.test(text));
  return refused || words.some((text) => NONE.test(text)) ? 'negated' : undefined;
}

/** The concepts by which each type says what it is. A Consent to the sharing of records is none of these. */
export function legalConcepts(resource: Resource): readonly Coded[] {
  const values: readonly unknown[] =
    resource.resourceType === 'Consent'
      ? [resource['category'], asObject(resource['provision'])?.['code'], resource['policyRule']]
      : resource.resourceType === 'DocumentReference'
        ? [resource['type'], resource['category']]
        : resource.resourceType === 'Flag'
          ? [resource['code'], resource['category']]
          : [resource['code'], resource['valueCodeableConcept']];
  return values.flatMap(readConcepts);
}

/** A paper by the beginning of its own name, where its type is only "document". */
const PAPER =
  /^(lasting power of attorney|lpa\b|enduring power|deprivation of liberty|dols\b|advance decision to refuse|adrt\b|court of protection)/;

export function legalKindOf(resource: Resource): LegalKind | undefined {
  if (resource.resourceType === 'Consent' && readCode(resource['scope']) === 'patient-privacy') return undefined;
  if (resource['valueQuantity'] !== undefined || isMeasurement(resource)) return undefined;
  const concepts = legalConcepts(resource);
  if (resource.resourceType === 'DocumentReference') {
    const description = plainText(resource['description']);
    const named = description !== undefined && PAPER.test(normaliseWords(description));
    return legalKind(concepts) ?? (named ? legalKind([{ text: description, codings: [] }]) : undefined);
  }
  return legalKind(concepts);
}

function wordsOf(concepts: readonly Coded[]): readonly string[] {
  return concepts
    .flatMap((concept) => [concept.text, ...concept.codings.flatMap(({ display }) => display ?? [])])
    .map(normaliseWords);
}
