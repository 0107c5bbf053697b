import { CorridorError } from '../errors.ts';
import { FHIR_TYPES } from '../messaging/fhir-names.ts';

// Why something was not done, as FHIR says it. No word of what was sent is said back.

const ELEMENT = new RegExp(`^(?:${[...FHIR_TYPES, 'MessageHeader'].join('|')})\\.`);

/** As R4 calls what went wrong (IssueType). */
const ISSUES: { readonly [status: number]: string } = {
  400: 'invalid',
  401: 'login',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  413: 'too-long',
  429: 'throttled',
};

/** Which of several messages of one Bundle it was, how many there are, and the ids of those that were sent before it. */
type Part = { readonly at: number; readonly of: number; readonly sent: readonly string[] };

class FailedInPart extends CorridorError {
  readonly part: Part;
  constructor({ code, detail }: CorridorError, part: Part, cause: unknown) {
    super(code, detail, { cause });
    this.part = part;
  }
}

/** Of a Bundle of several messages: which went and which did not is said of each, whatever stopped it. */
export function inPart(error: unknown, part: Part): unknown {
  return error instanceof CorridorError && part.of > 1 ? new FailedInPart(error, part, error) : error;
}

function focusAt(index: number): string {
  return `MessageHeader.focus[${String(index)}]`;
}

/** `details` has the stable code, `expression` the element at fault, and of several messages which of them it was. */
export function outcomeOf(error: CorridorError): object {
  const { code, entry, detail } = error;
  const part = error instanceof FailedInPart ? error.part : undefined;
  const expression = [
    ...(detail !== undefined && ELEMENT.test(detail) ? [detail] : []),
    ...(part ? [focusAt(part.at)] : []),
  ];
  const issue = {
    severity: 'error',
    code: ISSUES[entry.status] ?? 'forbidden',
    details: { coding: [{ system: 'urn:corridor:code', code }], text: entry.message },
    diagnostics: entry.nextStep,
    ...(expression.length > 0 && { expression }),
  };
  return { resourceType: 'OperationOutcome', issue: [issue, ...(part ? othersOf(part) : [])] };
}

function othersOf({ at, of, sent }: Part): readonly object[] {
  const told = (severity: string, code: string, diagnostics: string, expression: readonly string[]): object => ({
    severity,
    code: 'incomplete',
    details: { coding: [{ system: 'urn:corridor:code', code }] },
    diagnostics,
    expression,
  });
  const before = sent.map((id, index) =>
    told('information', 'message.sent', `Communication/${id} was sent, and is not sent twice.`, [focusAt(index)]),
  );
  const rest = Array.from({ length: of }, (_one, index) => index).filter(
    (index) => index !== at && index >= sent.length,
  );
  if (rest.length === 0) return before;
  return [...before, told('error', 'message.not_sent', 'These were not sent either.', rest.map(focusAt))];
}
