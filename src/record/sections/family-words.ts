import { normaliseWords } from '../fhir/coding.ts';

/** `none-known`: the source says there is none. `not-known`: it says that nobody knows, which is not none. */
export type FamilyStatement = 'history' | 'none-known' | 'not-known';

/**
 * What words about a family say (safety H08). "Family history of asthma" = "No" is a denial, and so is "No family history
 * of asthma". A denial goes as far as its own words: "no family history of diabetes, but mother had asthma" denies no
 * asthma.
 */
export function familyStatementIn(texts: readonly string[]): FamilyStatement {
  const words = texts.map(normaliseWords);
  if (words.some((text) => text.split(APART).some((told) => TELLS_OF_ONE.test(told)))) return 'history';
  if (words.some((text) => NOT_KNOWN.test(text))) return 'not-known';
  return texts.some(deniesFamilyHistory) ? 'none-known' : 'history';
}

/** "HER2 negative" says of what kind the illness was, and denies none. */
export function deniesFamilyHistory(text: string): boolean {
  const words = normaliseWords(text);
  return NONE.test(words) || (/\bnegative$/.test(words) && !KIND_OF_ILLNESS.test(words));
}

const NONE =
  /^(no|nil|none|negative)\b|^(n|false)$|[:=] ?(no|nil|none)\b|\b(nil|none|none known|nil known|no relevant|of note|not present|not detected|absent|denied|denies)$/;
const KIND_OF_ILLNESS =
  /\b(her-?2|neu|er|pr|receptor|triple|brca ?[12]?|gene|rhesus|rh|factor|hla-?b27|tests?|tested|screen|hiv)[ -]negative$/;
const NOT_KNOWN =
  /\b(unknown(?! (primary|origin))|not known|not asked|not available|adopted|unable to obtain|not recorded)\b/;

const APART = /[,;.]| (?:but|except\w*|apart from|other than|however|although) /;
const RELATIVE = String.raw`(?:mother|father|sister|brother|parent|sibling|grand\w+|aunt|uncle|cousin|son|daughter)s?`;
/** "Mother had asthma", "father: stroke"; not "father had none". */
const TELLS_OF_ONE = new RegExp(
  String.raw`^(?!.*\b(?:no|nil|not|none|nothing|unknown|denie[sd])\b).*\b${RELATIVE}\b(?:.*\b(?:has|had|have|died|with|diagnosed|affected)\b| ?[:–-])`,
);
