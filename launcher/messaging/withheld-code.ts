const WITHHELD = 'message.withheld:';

/** The code of a message that was handed over to nobody by a rule of the community; it names the rule. */
export function withheldBy(rule: string): string {
  return `${WITHHELD}${rule}`;
}

/** Nothing: it was no rule that held it back. */
export function ruleOfWithheld(code: string | undefined): string | undefined {
  return code?.startsWith(WITHHELD) ? code.slice(WITHHELD.length) : undefined;
}
