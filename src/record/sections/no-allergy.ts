import { absenceIn, agrees } from '../fhir/absent-unknown.ts';
import { hasCode, normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import { denialWords, isVagueDenial, namedBehindDenial, namedByNo } from './denied-allergy.ts';

/**
 * Whether an allergy's agent is one, or the code or words for there being none (safety H07, H08). The dangerous slip is to
 * take an allergy for the denial that stands before it, so a denial counts as far as its own words go and no further.
 */

/** `one-thing`: of the one agent it names ("no known latex allergy"), which says nothing of any other. */
export type NoneOf = 'anything' | 'medication' | 'food' | 'environment' | 'one-thing';

/** SNOMED CT situations of none known, by what they are about. */
const NONE_KNOWN: { readonly [code: string]: NoneOf } = {
  '716186003': 'anything', // no known allergy
  '160244002': 'anything', // no known allergies (older)
  '409137002': 'medication', // no known drug allergy
  '429625007': 'food', // no known food allergy
  '428607008': 'environment', // no known environmental allergy
  '1003774007': 'one-thing', // no known latex allergy
  '428197003': 'one-thing', // no known insect allergy
};
/** IPS absent-unknown codes, by what they are about. */
const IPS_NONE: { readonly [code: string]: NoneOf } = {
  'no-known-allergies': 'anything',
  'no-known-medication-allergies': 'medication',
  'no-known-food-allergies': 'food',
  'no-known-environmental-allergies': 'environment',
};
/** SNOMED CT: allergic disposition not known. */
const NOT_ASKED = ['1631000175102'];

export function statementOf(agent: Coded): 'allergy' | 'none-known' | 'not-asked' {
  const words = denialWords(agent.text);
  if (NAMES_ONE.test(words) || namedBehindDenial(agent.text).length > 0) return 'allergy';
  // Under the code for no known allergy too nobody asked where the words say so, and "No penicillin" may forbid it.
  if (NOT_ASKED_WORDS.test(words)) return 'not-asked';
  const byCode = noneByCode(agent);
  if (byCode !== undefined) return byCode !== 'one-thing' && namedByNo(agent.text) ? 'allergy' : 'none-known';
  if (hasCode(agent, SNOMED, NOT_ASKED)) return 'not-asked';
  const absence = absenceIn(agent);
  if (absence) return absence;
  return NONE_WORDS.test(words) || isVagueDenial(agent.text) || DENIES_ONE.test(words) ? 'none-known' : 'allergy';
}

/** Words that begin by denying and end in doubt: what is named behind a denial, or a denial of what is worth noting. */
export function isUnclear(agent: Coded): boolean {
  if (NAMES_ONE.test(denialWords(agent.text))) return false;
  const vague = isVagueDenial(agent.text) && noneByCode(agent) === undefined;
  if (statementOf(agent) === 'allergy' && DOUBTS_ONE.test(normaliseWords(agent.text))) return true;
  const such = NO_SUCH.test(normaliseWords(agent.text)) && statementOf(agent) === 'allergy';
  return vague || such || namedBehindDenial(agent.text).length > 0;
}

/** "No penicillin allergy" denies one, or forbids penicillin and says why: it stays one for whoever prescribes. */
const NO_SUCH = /^(no|nil) (?!known\b|drug|medic|food|allerg)\S/;

/** "Not allergic to penicillin", "Penicillin allergy excluded": of that one, and of nothing that stands behind a comma. */
const DENIES_ONE =
  /^(?:patient |pt )?(?:is )?not (?:known to be )?allergic to (?!.*\b(?:but|except|only|any|apart|other|anything|although|however|allergic|reacts|reacted|rash\w*|anaphyla\w*|swelling)\b)[^,;:.()]+$|^[^,;:.()]*\b(?:allergy|hypersensitivity|intolerance)(?: -)? (?:excluded|ruled out|disproved|de-?labell?ed)(?: (?:in |on )?[\d/.-]+)?$/;

/** An allergy in words that may as well say that it is another's, past, only feared, or none: it stands, and says so. */
const DOUBTS_ONE =
  /^(?:\?|query\b|possible\b|suspected\b|probable\b|previously thought\b|fh\b|family history\b|(?:mother|father|sister|brother|son|daughter|parent|sibling)\b|tolerat\w+\b|not known to\b)|\b(?:(?<!(?:not|never|poorly|badly) )tolerat(?:es|ed)|entered in error|resolved|outgrown|excluded|ruled out|disproved|de-?labell?ed|(?:test|challenge) (?:was )?negative)\b|(?:allerg(?:y|ies)|intolerances?|sensitivit(?:y|ies)|reactions?|adr) ?[:=–-] ?(?:none|nil|no)(?: known)?$/;

/** "Unknown antibiotic" is an allergy to something that nobody could name: only a text that says nothing else is no allergy. */
const NOT_ASKED_WORDS =
  /^(not asked|no information|not on file|not recorded|unable to obtain)|^(unknown|not known)( (allerg(y|ies)|status|allerg(y|ies) status))?($| ?[:;,.(]| [-–] )|^(allerg(y|ies)|(drug |food )allergy status)( status| is)? ?[:=–-]? ?(unknown|not known|not recorded|not asked)$/;

const NONE_WORDS =
  /^(no known|nil known|nka$|nkda$|none( known( to date)?)?$|nil$|no (known )?(drug |medication |food )?allerg)/;

/** "No known drug allergies except penicillin": what is named is the statement, whatever stands before it or its code says. */
const NAMES_ONE =
  /^(no|nil|none|nka|nkda)\b.*(\b(but|except\w*|apart from|other than|aside from|however|although)\b|\? ?\w|([.;:,(–—]| -) ?.*\b(rash\w*|anaphyla\w*|allergic|reacts|reacted|swelling|swollen|itch\w*|urticaria\w*|hives|vomit\w*|nausea|caus(es|ed|ing)|intolerant|(reaction|sensitiv(e|ity)|intolerance) to)\b)/;

/** The general words and nothing besides: every other text names what there is no allergy to. */
const NONE_AT_ALL =
  /^(nka|none( known)?|nil( known)?|(no|nil)( known)? (allerg(y|ies)|allergies or intolerances|allergies or adverse reactions|adverse reactions))$/;

/** The same for one kind: words that go on speak of something else too. */
const NONE_OF = {
  medication: noneOfKind(String.raw`drugs?|medications?|medicines?|medicinal`, '|nkda'),
  food: noneOfKind('foods?'),
  environment: noneOfKind(String.raw`environment(?:al)?`),
};

function noneOfKind(kind: string, short = ''): RegExp {
  const what = String.raw`(?:allerg(?:y|ies)|sensitivit(?:y|ies)|intolerances?|hypersensitivit(?:y|ies)|adverse reactions?)`;
  return new RegExp(
    String.raw`^(?:(?:no|nil)(?: known)? (?:adverse )?(?:${kind}) (?:${what}|reactions?)(?: or ${what})?(?: (?:known|recorded))?${short})$`,
  );
}

function noneByCode(agent: Coded): NoneOf | undefined {
  for (const { system, code } of agent.codings) {
    const known = system === SNOMED ? NONE_KNOWN : system?.includes('absent-unknown') ? IPS_NONE : undefined;
    if (known && code !== undefined && Object.hasOwn(known, code) && agrees(agent, code)) return known[code];
  }
  return undefined;
}

export function noneOf(agent: Coded): NoneOf {
  const words = denialWords(agent.text);
  const byCode = noneByCode(agent);
  if (byCode !== undefined) return byCode;
  if (NONE_OF.medication.test(words)) return 'medication';
  if (NONE_OF.food.test(words)) return 'food';
  if (NONE_OF.environment.test(words)) return 'environment';
  return NONE_AT_ALL.test(words) || isVagueDenial(agent.text) ? 'anything' : 'one-thing';
}
