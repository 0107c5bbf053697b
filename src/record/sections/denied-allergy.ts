import { normaliseWords } from '../fhir/coding.ts';

/**
 * Words that deny an allergy, taken apart (safety H07). A denial goes as far as its own words: whatever is named behind it
 * ("no known drug allergies; penicillin") may be the allergy, and is one for whoever prescribes.
 */

const NOUN = String.raw`(?:allerg(?:y|ies)|(?:hyper)?sensitivit(?:y|ies)|intolerances?|reactions?)`;
const KIND = String.raw`(?:drugs?|medications?|medicines?|medicinal|foods?|environment(?:al)?)`;
const WHO = String.raw`(?:(?:the )?(?:patient|pt|client|resident|person|parents?|mother|father|mum|dad|carer|family|he|she|they) )?`;

/** "Patient denies any drug allergy" in the form in which denials are written: "no drug allergy". */
const TURNED: readonly (readonly [form: RegExp, as: string])[] = [
  // Of that kind alone: "Drug allergies: none" says nothing of food.
  [
    /^(?:known )?(drug|medication|medicine|food) allerg(?:y|ies)(?: status)? ?[:=–-]? ?(?:none|nil)(?: known)?$/,
    'no known $1 allergies',
  ],
  // "Allergies: none known", and "Adverse reaction to no known allergies", as a system writes that has only a field for one.
  [/^(?:drug |known )?allerg(?:y|ies)(?: status)? ?[:=–-]? ?(?=(?:none|nil|nka|nkda)\b|no (?:known|drug|allerg))/, ''],
  [/^(?:adverse reactions?|allerg(?:y|ies|ic)|sensitivity) to (?=(?:no|nil) known )/, ''],
  [
    new RegExp(String.raw`^${WHO}(?:den(?:y|ies|ied|ying))(?: having| to have)?(?: any| all)?(?: known)? `),
    'no known ',
  ],
  [new RegExp(String.raw`^${WHO}(?:does|do|has|have) not (?:have|had|got)(?: any)?(?: known)? `), 'no known '],
  [new RegExp(String.raw`^${WHO}(?:is )?not known to have(?: any)?(?: known)? `), 'no known '],
  [new RegExp(String.raw`^${WHO}(?:is )?not allergic to anything`), 'no known allergies'],
  [new RegExp(String.raw`^${WHO}(?:has|have|reports?|reported|states?|stated) (?=(?:no|nil) )`), ''],
  [/^nothing known\b|^nothing$/, 'none known'],
];

/** The words of a text in one form, with a denial at its beginning where it has one. */
export function denialWords(text: string): string {
  const words = normaliseWords(text);
  const turn = TURNED.find(([form]) => form.test(words));
  return turn ? words.replace(turn[0], turn[1]) : words;
}

/** What a denial may say besides without naming anything: of what kind, who said so, where and when. */
const NEUTRAL = new RegExp(
  String.raw`^(?:no|nil|none|not|any|known|unknown|nka|nkda|n/?k(?:d?a)?|adverse|${KIND}|${NOUN}|or|and|&|the|a|an|of|on|at|in|as|by|per|to|with|from|for|since|this|that|is|was|has|been|` +
    String.raw`recorded|reported|documented|noted|stated|states|said|confirmed|confirms|checked|verified|reviewed|updated|asked|discussed|declared|disclosed|according|verbally|verbal|currently|see|current|present|presently|known|so|far|our|my|his|her|their|knowledge|time|today|date|dated|` +
    String.raw`patients?|pt|parents?|mother|father|mum|dad|family|carer|wife|husband|gp|nurse|doctor|pharmacist|pharmacy|practice|surgery|ward|clinic|hospital|admission|assessment|pre-?assessment|records?|notes?|chart|summary|scr|system|snomed|ct|finding|situation|disorder|` +
    String.raw`jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|[\d/.:-]+(?:st|nd|rd|th)?)$`,
);

/** Why nobody asked, behind words that nobody did. */
const EXCUSE =
  /^(?:as|because|due|too|very|still|yet|be|it|will|able|unable|unconscious|unresponsive|confus(?:ed|ion)|unwell|sedated|intubated|ventilated|drowsy|asleep|sleeping|intoxicated|dementia|deliri(?:um|ous)|collapsed|agitated|non-verbal|language|barrier|interpreter|emergency|communicate|ask|answer|respond|capacity|poor|historian|history|information|details|available|unavailable|telephone|call)$/;

const UNASKED = /^(?:unknown|not (?:asked|on file|recorded|known(?! to\b))|unable to obtain)(?![\w-])/;
const STARTS = /^(?:no|nil|none|nka|nkda)(?![\w-])/;
const APART = new RegExp(
  String.raw`[;:,.!?()[\]–—+]| [-/] |(?<=\b(?:${NOUN}|nka|nkda|known|nil|none))[-/]| (?:but|except\w*|apart from|other than|aside from|however|although)\b`,
);
/** A list of what there is no allergy to is one denial. */
const OF_THINGS = new RegExp(String.raw`^(?:no|nil)\b[^;:.(]*\b${NOUN} to (?!(?:any )?${KIND}\b)`);
const BEHIND_NOUN = new RegExp(String.raw`^.*?(?:\b(?:nka|nkda)\b|\b${NOUN})(?! to\b)(?<rest> .*)?$`);
/** "Nil known penicillin", without a noun of what is nil; "no known latex" denies latex. */
const BEHIND_NONE = /^(?:nil|none)(?: known)?(?<rest> .*)$/;

/** What stands behind a denial, or behind words that nobody asked, and is no part of them, in the source's words without their capitals. */
export function namedBehindDenial(text: string): readonly string[] {
  const words = denialWords(text);
  const unasked = UNASKED.test(words);
  if (!unasked && !STARTS.test(words)) return [];
  const whole = OF_THINGS.test(words) ? words.replaceAll(',', ' ') : words;
  const [first = '', ...others] = whole.split(APART);
  const behind = unasked ? null : (BEHIND_NOUN.exec(first) ?? (isVagueDenial(first) ? null : BEHIND_NONE.exec(first)));
  const rest = behind?.groups?.['rest'] ?? '';
  return [rest, ...others]
    .map((part) => part.trim())
    .filter((part) => !isNeutral(unasked ? withoutExcuses(part) : part));
}

function withoutExcuses(part: string): string {
  return part
    .split(' ')
    .filter((word) => !EXCUSE.test(word))
    .join(' ');
}

/** What "no" stands before where it is no allergy by its own words: "No penicillin", which may forbid it. */
export function namedByNo(text: string): string | undefined {
  const [, thing] =
    /^(?:no|nil) (?!(?:known|information|data|details?|history|concerns?|issues?|problems?)\b)(.+)$/.exec(
      denialWords(text),
    ) ?? [];
  return thing === undefined || HAS_NOUN.test(thing) || isNeutral(thing) || isVagueDenial(text) ? undefined : thing;
}

const HAS_NOUN = new RegExp(String.raw`\b${NOUN}\b`);

function isNeutral(part: string): boolean {
  // "Latex not tested" names nothing; "penicillin reaction unknown" does, for there was one.
  if (/ (?:not (?:asked|known|tested)|unknown)$/.test(part) && !SAYS_ONE.test(part)) return true;
  return part
    .replace(/\bdr \p{L}+/gu, '')
    .split(' ')
    .every((word) => /^[^\p{L}\d]*$/u.test(word) || NEUTRAL.test(word));
}

/** What is not known of an allergy that there is. */
const SAYS_ONE =
  /\S (?:reactions?|allergen|severity|details?|nature|cause|type|kind|date|year|age|onset|effects?|symptoms?|why|when|what|which)\b|\b(?:allergic|reacts|reacted|intolerant|rash\w*|swell\w*|anaphyla\w*)\b/;

/** "Nil of note", "no significant allergies": there may be one that somebody thought little of. */
export function isVagueDenial(text: string): boolean {
  return VAGUE.test(denialWords(text));
}

const VAGUE = new RegExp(
  String.raw`^(?:(?:no|nil|none|nothing)(?: (?:known )?(?:${KIND} )?${NOUN})? (?:of note|(?:of )?significan(?:t|ce)|relevant|to note|to report|to declare|remarkable|reported|noted|declared)|(?:no|nil) (?:known )?(?:significant|relevant|major|notable) (?:${KIND} )?${NOUN})$`,
);
