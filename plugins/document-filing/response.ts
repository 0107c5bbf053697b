import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { again, instantOf, judgeAnswer as judgeDoor, type Answer } from '../inbox-answer.ts';
import type { DeliveryOutcome, InboxReceipt } from '../inbox-face.ts';

const RESPONSE_CODES = 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-ResponseCodes-1';
const EVENT = 'ITK008M';

/** ITK3 response codes that say more than that it was refused. What is not here is the content's fault (1xxxx, 20009 …). */
const REFUSALS: { readonly [code: string]: string } = {
  '200001': 'inbox.recipient_unknown',
  '20002': 'inbox.recipient_unknown',
  '20010': 'inbox.recipient_unknown',
  '20011': 'inbox.recipient_unknown',
  '20003': 'inbox.sender_refused',
  '20012': 'inbox.sender_refused',
  '30002': 'inbox.patient_unknown',
  '30003': 'inbox.patient_moved',
};
/** It has this message, or this document, already: an attempt of ours got through and its answer did not. */
const DUPLICATES = ['20007', '20008'];

export function judgeAnswer(answer: Answer, messageId: string): DeliveryOutcome {
  return judgeDoor(answer, {
    response: (body, good) => {
      const response = readResponse(body);
      return response && (good || response.code === 'fatal-error')
        ? judgeResponse(response, messageId, answer.later)
        : undefined;
    },
    refusal: () => 'inbox.content_refused',
  });
}

function judgeResponse(response: Response, messageId: string, later: boolean): DeliveryOutcome {
  if (response.messageId !== messageId) return again('inbox.other_message');
  const { kind, code, at } = judge(response);
  // Without a way for the business acknowledgement to come later, the door's word alone leaves it open what became of it.
  if (kind === 'accepted') return later ? { outcome: 'accepted' } : again('inbox.unclear');
  if (kind === 'delivered') return { outcome: 'delivered', ...(at !== undefined && { at }) };
  return kind === 'retry' ? again(code ?? 'inbox.busy') : { outcome: 'refused', code: code ?? 'inbox.refused' };
}

/** An ITK3 response message: infrastructure (1xxxx, 2xxxx) or business (3xxxx), told apart by its code alone. */
export function readAcknowledgement(body: unknown): readonly InboxReceipt[] | { readonly fault: string } {
  const response = readResponse(asObject(body));
  return response ? [judge(response)] : { fault: 'no ITK3 response' };
}

type Response = {
  readonly messageId: string;
  readonly code: 'ok' | 'transient-error' | 'fatal-error';
  readonly itk: string | undefined;
  readonly at: string | undefined;
};

function judge({ messageId, code, itk, at }: Response): InboxReceipt {
  const base = { messageId, ...(at !== undefined && { at }) };
  if (itk !== undefined && DUPLICATES.includes(itk)) return { ...base, kind: 'accepted' };
  if (code === 'transient-error') return { ...base, kind: 'retry', code: 'inbox.busy' };
  // Only a business code says that the practice has it in the patient's record.
  if (code === 'ok') return { ...base, kind: itk?.startsWith('3') === true ? 'delivered' : 'accepted' };
  const known = itk !== undefined && Object.hasOwn(REFUSALS, itk) ? REFUSALS[itk] : undefined;
  return { ...base, kind: 'refused', code: known ?? (itk === undefined ? 'inbox.refused' : 'inbox.content_refused') };
}

/** ITK-MessageHeader-2 with the event ITK008M; the response names the header it answers, the OperationOutcome says why. */
function readResponse(bundle: Json | undefined): Response | undefined {
  if (bundle?.['resourceType'] !== 'Bundle' || bundle['type'] !== 'message') return undefined;
  const resources = asObjects(bundle['entry']).map((entry) => asObject(entry['resource']));
  const header = resources[0];
  if (header?.['resourceType'] !== 'MessageHeader' || asObject(header['event'])?.['code'] !== EVENT) return undefined;
  const response = asObject(header['response']);
  const messageId = asString(response?.['identifier'])?.replace(/^urn:uuid:/, '');
  const code = asString(response?.['code']);
  if (messageId === undefined || (code !== 'ok' && code !== 'transient-error' && code !== 'fatal-error'))
    return undefined;
  const outcome = resources.find((resource) => resource?.['resourceType'] === 'OperationOutcome');
  return { messageId, code, itk: responseCodeOf(outcome), at: instantOf(header['timestamp']) };
}

function responseCodeOf(outcome: Json | undefined): string | undefined {
  return asObjects(outcome?.['issue'])
    .flatMap((issue) => asObjects(asObject(issue['details'])?.['coding']))
    .filter((coding) => coding['system'] === RESPONSE_CODES)
    .map((coding) => asString(coding['code']))[0];
}
