import type { DeliveryOutcome, InboxOrder, InboxTools } from '../inbox-face.ts';
import { SourceTrouble } from '../plugin.ts';
import type { FilingSettings } from './manifest.ts';
import { buildDocumentMessage } from './document-message.ts';
import { judgeAnswer } from './response.ts';

/**
 * Hands the document over. What counts as delivered is the business acknowledgement alone: the infrastructure's says that
 * a message came through the door, and may still be followed by a refusal (ITK3 response code 20013).
 */
export async function deliver(order: InboxOrder, tools: InboxTools, signal: AbortSignal): Promise<DeliveryOutcome> {
  const { base, senders, answers } = order.settings as FilingSettings;
  const { ods } = order.message.from.organisation;
  const sender = Object.hasOwn(senders, ods) ? senders[ods] : undefined;
  if (!sender) return { outcome: 'refused', code: 'inbox.sender_refused' };
  // GPCM-SD-036, -037: the receiver matches by name and birth date too; half a person is not sent.
  if (order.message.patient.name === undefined || order.message.patient.birthDate === undefined)
    return { outcome: 'refused', code: 'inbox.content_refused' };
  try {
    const json = buildDocumentMessage(order, sender);
    const response = await tools.fetch({ url: `${base}/$process-message`, method: 'POST', json }, signal);
    const { status } = response;
    const later = answers === 'later' && tools.acknowledgeTo !== undefined;
    const retryAfter = response.header('retry-after');
    return judgeAnswer({ status, retryAfter, text: await response.text(), later }, order.message.id);
  } catch (cause) {
    if (signal.aborted || !(cause instanceof SourceTrouble)) throw cause;
    return { outcome: 'retry', code: cause.code };
  }
}
