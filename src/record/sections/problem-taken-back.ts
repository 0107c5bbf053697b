import { normaliseWords, SNOMED, type Coded } from '../fhir/coding.ts';
import { PROBLEM_TERMS } from '../known-terms.ts';

/**
 * Notes that take back the very problem they stand beside, whose status is left at active: "Ruled out by Doppler", "Entered
 * on wrong patient" (safety H08). Only certain wordings count, and only where what is taken back is the problem's own name
 * or nothing else can be meant: "DVT ruled out, this is cellulitis" takes back a thrombosis and never the cellulitis.
 */
export function notesTakingBack(problem: Coded, notes: readonly string[]): readonly string[] {
  return notes.filter((note) => takesBack(note, problem));
}

function takesBack(note: string, problem: Coded): boolean {
  return note.split(/[.;!]+(?=\s|$)|\n+/u).some((sentence, place) =>
    sentence.split(APART).some((clause, part) => {
      const begins = part === 0 || SIGNED.test(sentence);
      return isTakingBack(clause, problem, begins ? (place === 0 ? 'note' : 'sentence') : 'neither');
    }),
  );
}

const APART = /,(?=\s)|\s[–—-]\s|:(?=\s)/u;
/** "12/3/26: ruled out by Doppler": a date, or who writes. */
const SIGNED =
  /^\s*(?:\d[\d/. -]*|\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}|(?:dr|mr|mrs|ms|sister|prof) [\p{L}’' -]{1,30})(?:,|:| [–—-]) /iu;
/** What says so is short; what is longer than this is a story. */
const MOST = 200;

/** What has no name in it may be said of whatever was named before it, so it counts only where nothing was. */
function isTakingBack(clause: string, problem: Coded, begins: 'note' | 'sentence' | 'neither'): boolean {
  const words = clause.length > MOST ? '' : normaliseWords(clause);
  if (words.endsWith('?')) return false;
  return (
    OF_ITSELF.test(words) ||
    (begins !== 'neither' && SLIPPED.test(words)) ||
    (begins === 'note' && LONE.test(words)) ||
    SAYINGS.some((saying) => {
      const name = saying.exec(words)?.groups?.['name'];
      return name !== undefined && isNameOf(name, problem);
    })
  );
}

const WHEN = String.raw`(?:(?:now|since|subsequently|later|then|therefore|clinically|formally|definitively) )*`;
const BEEN = String.raw`${WHEN}(?:(?:has|have|had) )?${WHEN}(?:(?:was|were|is|are|been) )?${WHEN}`;
const DENIED = String.raw`(?:ruled[- ]out|excluded|refuted|disproved|disproven)`;
/** How, where or when; not as what or for what, and nothing that turns it round again or speaks of one side. */
const HOW = String.raw`(?: (?:by|on|at|in|after|following|with|via|per|using|today|yesterday|during)\b(?:(?!\b(?:but|however|until|unless|though|although|if|left|right|not|later|then|confirmed)\b).)*)?`;
/** What can be nothing but this diagnosis, or its entry. */
const SELF = String.raw`(?:(?:this|the) )?(?:diagnosis|problem|condition|entry|code)`;
/** Put into the record by a slip, or into the wrong one. */
const SLIP = String.raw`(?:entered|recorded|added|coded|filed|documented|charted|written|logged) (?:here )?(?:(?:in|by) (?:error|mistake)|erroneously|(?:on|in|into|onto|under|against|to|for) (?:the )?wrong (?:patient|person|notes|record|chart)(?:['’]s (?:notes|record|chart))?)`;

const OF_ITSELF = new RegExp(
  String.raw`^(?:${SELF} ${BEEN}(?:${DENIED}|withdrawn|retracted)${HOW}|(?:${SELF}|this|it) ${BEEN}${SLIP}${HOW}|erroneous entry|entry (?:made )?(?:in|by) (?:error|mistake)|wrong patient|(?:${SELF}|this|it) (?:belongs to|is of|is about) (?:another|a different|the wrong) patient)$`,
);
const SLIPPED = new RegExp(`^${SLIP}${HOW}$`);
const LONE = new RegExp(
  String.raw`^(?:(?:(?:this|it) )?${BEEN}${DENIED}${HOW}|(?:this|it) (?:was|is) a misdiagnosis)$`,
);

const SAYINGS: readonly RegExp[] = [
  new RegExp(String.raw`^(?:diagnosis of )?(?<name>.+?) ${BEEN}${DENIED}${HOW}$`),
  new RegExp(String.raw`^(?:the )?diagnosis of (?<name>.+?) ${BEEN}(?:withdrawn|retracted)${HOW}$`),
  // "Doppler ruled out DVT"; never "has not ruled out" or "to be".
  new RegExp(
    String.raw`^(?:(?!.*\b(?:not|never|nor|cannot|be|if|until|unless|could|would|should|may|might)\b).* )?${DENIED} (?<name>.+)$`,
  ),
  /^(?:the |this )?(?:patient|pt|he|she|they) do(?:es)? not have (?<name>.+)$/,
  /^(?:this|it) (?:is|was) not (?<name>.+)$/,
];

const WITH_HOW = new RegExp(`^(?<name>.+?)${HOW}$`);

/** The problem's own name: its words, its code's, a short form of them, or another word for the same code. */
function isNameOf(said: string, { text, codings }: Coded): boolean {
  const names = new Set([text, ...codings.flatMap(({ display }) => display ?? [])].flatMap(namesOf));
  const codes = new Set([
    ...codings.flatMap(({ system, code }) => (system === SNOMED && code !== undefined ? [code] : [])),
    ...[...names].flatMap((name) => PROBLEM_TERMS.get(name) ?? []),
  ]);
  return [said, WITH_HOW.exec(said)?.groups?.['name'] ?? said].some((one) => {
    const plain = inFull(undoubted(one));
    return names.has(plain) || codes.has(PROBLEM_TERMS.get(plain) ?? '');
  });
}

/** "Suspected left hip fracture" is also called "left hip fracture" and "hip fracture"; "fracture of left hip", "hip fracture". */
function namesOf(name: string): readonly string[] {
  const whole = undoubted(normaliseWords(name));
  const [thing = whole, place] = whole.split(/ (?:of|due to) (.+)/);
  const all = [whole, thing, ...(place === undefined ? [] : [`${place} ${thing}`])];
  return [...all, ...all.map(unsided), ...whole.split(' - ')].map(inFull);
}

function undoubted(words: string): string {
  return words
    .replace(/^(?:(?:a|an|any|the|query|suspected|possible|probable|provisional|presumed) |\? ?)+/, '')
    .replace(/ ?\?$/, '');
}

function unsided(words: string): string {
  return words.replace(/^(?:(?:acute|chronic|new|recent|left|right|bilateral) )+/, '');
}

/**
 * Beside the terms that are known already, only what is short for one thing wherever it stands: "PE" beside a pleural
 * effusion is still an embolism.
 */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['dvt', 'deep vein thrombosis'],
  ['deep venous thrombosis', 'deep vein thrombosis'],
  ['pe', 'pulmonary embolism'],
  ['pulmonary embolus', 'pulmonary embolism'],
  ['mi', 'myocardial infarction'],
  ['tia', 'transient ischaemic attack'],
  ['cva', 'stroke'],
  ['af', 'atrial fibrillation'],
  ['ckd', 'chronic kidney disease'],
  ['tb', 'tuberculosis'],
  ['sah', 'subarachnoid haemorrhage'],
]);

function inFull(words: string): string {
  return SHORT.get(words) ?? words;
}
