/**
 * The words by which a decision on resuscitation is told, each given as `normaliseWords` leaves it. A text that says there is
 * none ("No active DNACPR", "DNACPR decision: none") holds the same letters as one that says there is: what turns a text
 * round is looked for first, and what only doubts it leaves no decision (safety H08, H37).
 */
const CPR = String.raw`(?:cpr|(?:cardio-? ?pulmonary )?resus(?:citation)?)`;
const LETTERS = '(?:u?dna-?cpr|dnar|dnr)';
const ATTEMPTED = String.raw`(?:attempted |active |full |any )*`;
/** "No CPR", but not "No CPR decision made", nor what an ambulance crew saw: "No CPR given". */
const NO_CPR = String.raw`no cpr(?! (?:status|decision|recommendation|orders?|preference|form|plan|discussion|documentation|record|training|given|performed|done|started|commenced|carried|attempted|required|needed|necessary|in progress|on (?:arrival|scene)|at (?:scene|birth)|prior|before|was|were|had|has|history|certificate|mask)\b)`;
const AGAINST = String.raw`(?:do not resus(?:citate)?|${NO_CPR}|not for ${ATTEMPTED}${CPR}|(?:do not|not to) attempt ${CPR}|${CPR} (?:is )?not to be attempted)`;
const FOR = String.raw`(?:for ${ATTEMPTED}${CPR}|attempt ${CPR})`;

const NEGATIVE = new RegExp(String.raw`\b(?:${LETTERS}|${AGAINST})\b`);
const POSITIVE = new RegExp(String.raw`^${FOR}\b`);
const CPR_ALONE = new RegExp(String.raw`^(?:attempt(?:s|ed)? (?:at )?)?${CPR}(?: attempts?)?$`);
/** That a decision exists, whichever it is. */
const TOPIC = new RegExp(String.raw`\b(?:${CPR} (?:status|decision|recommendation|preference|orders?)|respect form)\b`);

export function saysNotToAttempt(words: string): boolean {
  return NEGATIVE.test(words);
}

export function saysToAttempt(words: string): boolean {
  return POSITIVE.test(words);
}

/** That there is a decision or a form, and not which way it went. */
export function namesTheDecision(words: string): boolean {
  return TOPIC.test(words);
}

/** The treatment and nothing besides. */
export function namesCprAlone(words: string): boolean {
  return CPR_ALONE.test(words);
}

/** Words that take a decision back, whatever it was. */
const TAKEN_BACK =
  /\b(?:rescind\w*|revok\w*|withdraw\w*|cancel\w*|suspend\w*|overturn\w*|no longer|not in place|not valid|invalid\w*|void\w*|expired|lapsed|removed|superseded|previous\w*)\b/;
/** What a decision is called beside its letters. */
const FORM = '(?: (?:form|order|decision|certificate|record|paperwork|status|in place))*';
/** What stands between a "no" and the decision that it denies: "There is no active DNACPR". */
const BETWEEN =
  '(?:a|an|any|the|under|on|for|as|have|has|had|got|yet|ever|currently|current|active|valid|signed|formal|existing|new|written|completed|agreed|specific|documented|recorded)';
const NONE_BEFORE = new RegExp(
  String.raw`\b(?:no|not|nil|none|never|without|(?:does|did|do|has|have|had|is|was)n[’']?t)(?: ${BETWEEN})* dnacpr\b`,
);
/** "DNACPR: none", "DNACPR decision not made"; but "DNACPR, no ventilation" and "DNACPR not for ITU" are DNACPRs. */
const NONE_AFTER = new RegExp(
  String.raw`\b(?:dnacpr|for-cpr)${FORM}(?: (?:is|was|has been))? ?(?:[-–—:;,=(]+ ?)?(?:(?:no(?!\.?:? ?\d)|none|nil|nope|n|false|negative|absent|never)(?: ?[-–—,;:.()]|$)|not(?:$| (?:in|yet|present|found|made|completed|signed|held|agreed|active|current|on file)\b))`,
);
/** With nothing between them any "not" is about the decision, unless it goes on to something else that is not to be done. */
const NOT_AFTER = new RegExp(
  String.raw`\bdnacpr(?: form)? (?:not(?! (?:for|to)\b)|none|nil|declined|refused|no (?:form|order|decision|record|evidence|longer))\b`,
);

/** Says that there is no such decision, or that it was taken back: nothing is decided then, whatever the code beside it. */
export function saysThereIsNone(words: string): boolean {
  const short = inShort(words);
  return (
    TAKEN_BACK.test(words) || NONE_BEFORE.test(short) || NONE_AFTER.test(short) || NOT_AFTER.test(toLetters(words))
  );
}

/** "DNACPR revoked 2020, new DNACPR 2024": what was taken back is there again. */
const ANEW = new RegExp(
  String.raw`\b(?:now|new|renewed|reinstated|again)\b.*(?<!\bnot? )\b(?:${LETTERS}|${AGAINST})\b`,
);

export function saysItAnew(words: string): boolean {
  return TAKEN_BACK.test(words) && ANEW.test(words);
}

const ALL_LETTERS = new RegExp(String.raw`\b${LETTERS}\b`, 'g');
const ALL_AGAINST = new RegExp(String.raw`\b${AGAINST}\b`, 'g');
const FIRST_FOR = new RegExp(String.raw`^${FOR}\b`);

/** With each decision as one word: the "not" of "not for CPR" denies nothing. */
function inShort(words: string): string {
  return toLetters(words).replace(ALL_AGAINST, 'dnacpr').replace(FIRST_FOR, 'for-cpr');
}

function toLetters(words: string): string {
  return words.replace(ALL_LETTERS, 'dnacpr');
}

/** Words that put it off or only speak of it: these decide nothing by themselves, though a code beside them may. */
const SPEAKS_OF =
  /\b(?:discuss\w*|review\w*|not appropriate|not completed|consider\w*|unless|except|declined|pending|awaiting|if|status|replaced (?:by|with)|leaflet|training|course|policy|for (?:cpr|resus(?:citation)?) (?:decision|form)|y(?:es)? ?\/ ?no?)\b|\?/;
/** A decision that is wished for, refused, drafted, somebody else's or not known is none yet: "Patient wants DNACPR". */
const NOT_YET = new RegExp(
  String.raw`\b(?:possible|query|probable|potential|proposed|draft|unsigned|incomplete|unconfirmed|(?:no|not|nil|none) (?:known|aware of|(?:evidence|record|documentation|mention|indication|copy|plans?) (?:of|for))|requests?|requested|wants?|wish(?:es)?|would like|needs?|requires?|refus\w+|denies|objects?(?: to)?|(?:mother|father|husband|wife|partner|son|daughter|brother|sister) (?:has|had|is))(?: (?:a|an|any|the|for|to have|to be))* ${LETTERS}\b`,
);
const NOT_YET_AFTER = new RegExp(
  String.raw`\b${LETTERS}${FORM}(?: is)? ?[-–—:;,=(]* ?(?:unsigned|incomplete|unconfirmed|unknown|requested|required|needed|wanted|proposed|(?:in )?draft|never|n\/[ak]|tbc|not (?:known|recorded|documented|applicable(?! to))|to be (?:made|completed|signed|agreed|decided|confirmed|considered|done|arranged))\b`,
);

export function decidesNothing(words: string): boolean {
  return SPEAKS_OF.test(words) || NOT_YET.test(words) || NOT_YET_AFTER.test(words);
}

/** How far treatment is to go. It names no decision on resuscitation, and must be read beside one. */
const ESCALATION = /^(?:patient is )?(?:not )?(?:for )?full(?: treatment)? escalation\b/;
/** Everything, with nothing left out: against a decision not to resuscitate that another source holds. */
const FULL_ESCALATION =
  /^(?:patient is )?(?:for )?full(?: treatment)? escalation(?: of (?:care|treatment))?(?:,? \(?(?:including|incl\.?) (?:cpr|resus(?:citation)?)\)?)?$/;

export function namesEscalation(words: string): boolean {
  return ESCALATION.test(words);
}

export function saysFullEscalation(words: string): boolean {
  return FULL_ESCALATION.test(words);
}

const DNACPR_FORM = new RegExp(
  String.raw`^(?:(?:signed|current|valid|adult|unified) )*(?:u?dna-?cpr|dnar|do not attempt ${CPR})(?: (?:form|order|decision|certificate|record))*(?:[\s\d/.,()_-]|pdf|signed|scan(?:ned)?)*$`,
);

/** The name of a form that is the decision itself, and nothing besides. */
export function isFormName(words: string): boolean {
  return DNACPR_FORM.test(words);
}

/** "Is there a DNACPR in place?", "DNACPR order": asked whether there is one, and nothing else. */
const ASKED = new RegExp(
  String.raw`^(?:(?:is|has|does|do) )?(?:(?:there|the|this|patient|person|he|she|they|got|have|been|a|an|any|${BETWEEN}) )*(?:dnacpr|for-cpr)(?: (?:form|order|decision|in place|in situ|present|exists?|recorded|made|signed|active|current|currently|valid))*(?: ?\?)?$`,
);

/** The question without its mark, where it asks for the decision and nothing else. */
export function askedFor(words: string): string | undefined {
  return ASKED.test(inShort(words)) ? words.replace(/\s*\?$/, '') : undefined;
}

/** Asked whether it was talked about or is at hand, not whether there is one: a "no" to that denies nothing. */
const ASKS_ELSE =
  /\b(?:discuss\w*|review\w*|consider\w*|explain\w*|inform\w*|aware|told|leaflet|cop(?:y|ies)|shared?|attach\w*|upload\w*|scanned|sent|refer\w*|home|house|family|relatives?|next of kin|nok|carers?)\b/;

export function asksSomethingElse(words: string): boolean {
  return ASKS_ELSE.test(words);
}
