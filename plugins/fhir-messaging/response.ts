import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { again, instantOf, judgeAnswer as judge, type Answer } from '../inbox-answer.ts';
import type { DeliveryOutcome, InboxReceipt } from '../inbox-face.ts';

/** Only a response message that names ours, with the code `ok`, is a proof that the system has it. */
export function judgeAnswer(answer: Answer, messageId: string): DeliveryOutcome {
  return judge(answer, {
    response: (body, good) => {
      const response = body && readResponse(body);
      return response && (good || response.code === 'fatal-error') ? judgeResponse(response, messageId) : undefined;
    },
    refusal: refusalCode,
  });
}

/** A response message at the launcher's own address: the EPR's later word. */
export function readAcknowledgement(body: unknown): readonly InboxReceipt[] | { readonly fault: string } {
  const bundle = asObject(body);
  const response = bundle && readResponse(bundle);
  if (!response) return { fault: 'no response message' };
  const { code, messageId, at, outcome } = response;
  const base = { messageId, ...(at !== undefined && { at }) };
  if (code === 'ok') return [{ ...base, kind: 'delivered' }];
  if (code === 'transient-error') return [{ ...base, kind: 'retry', code: 'inbox.busy' }];
  return [{ ...base, kind: 'refused', code: refusalCode(outcome) }];
}

type Response = {
  readonly messageId: string;
  readonly code: 'ok' | 'transient-error' | 'fatal-error';
  readonly at?: string | undefined;
  readonly outcome: Json | undefined;
};

function judgeResponse({ messageId, code, at, outcome }: Response, ours: string): DeliveryOutcome {
  // An answer to another message says nothing of this one.
  if (messageId !== ours) return again('inbox.other_message');
  if (code === 'ok') return { outcome: 'delivered', ...(at !== undefined && { at }) };
  return code === 'transient-error' ? again('inbox.busy') : { outcome: 'refused', code: refusalCode(outcome) };
}

/** R4 §2.4: the first entry is the MessageHeader; `response.identifier` is the id of the header it answers. */
function readResponse(bundle: Json): Response | undefined {
  if (bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'message') return undefined;
  const resources = asObjects(bundle['entry']).map((entry) => asObject(entry['resource']));
  const header = resources[0];
  if (header?.['resourceType'] !== 'MessageHeader') return undefined;
  const response = asObject(header['response']);
  const messageId = asString(response?.['identifier'])?.replace(/^urn:uuid:/, '');
  const code = asString(response?.['code']);
  if (messageId === undefined || (code !== 'ok' && code !== 'transient-error' && code !== 'fatal-error'))
    return undefined;
  const outcome = resources.find((resource) => resource?.['resourceType'] === 'OperationOutcome');
  return { messageId, code, at: instantOf(bundle['timestamp']), outcome };
}

/** The other side's reason as one of ours; its own words may hold anything and are not read. */
function refusalCode(outcome: Json | undefined): string {
  const issues = asObjects(outcome?.['issue']);
  const has = (codes: readonly string[]): boolean =>
    issues.some((issue) => codes.includes(asString(issue['code']) ?? ''));
  if (has(['security', 'forbidden', 'login', 'suppressed'])) return 'inbox.sender_refused';
  if (has(['not-found', 'unknown', 'deleted']))
    return about(issues, /Patient|subject/) ? 'inbox.patient_unknown' : 'inbox.recipient_unknown';
  if (has(['business-rule', 'conflict'])) return 'inbox.refused';
  return issues.length > 0 ? 'inbox.content_refused' : 'inbox.refused';
}

function about(issues: readonly Json[], what: RegExp): boolean {
  return issues.some((issue) =>
    [issue['expression'], issue['location']].flat().some((place) => what.test(String(place))),
  );
}
