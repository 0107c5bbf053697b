import type { DeliveryOutcome, InboxOrder, InboxTools } from '../inbox-face.ts';
import { SourceTrouble } from '../plugin.ts';
import type { MessagingSettings } from './manifest.ts';
import { buildMessage } from './message.ts';
import { judgeAnswer } from './response.ts';

/** Sends one message to `$process-message` (R4 §2.7) and has the answer judged. */
export async function deliver(order: InboxOrder, tools: InboxTools, signal: AbortSignal): Promise<DeliveryOutcome> {
  const { base, answers } = order.settings as MessagingSettings;
  const later = answers === 'later' && tools.acknowledgeTo !== undefined;
  const url = `${base}/$process-message${later ? `?${askedLater(tools.acknowledgeTo ?? '')}` : ''}`;
  try {
    const response = await tools.fetch({ url, method: 'POST', json: buildMessage(order, tools) }, signal);
    const { status } = response;
    const retryAfter = response.header('retry-after');
    return judgeAnswer({ status, retryAfter, text: await response.text(), later }, order.message.id);
  } catch (cause) {
    if (signal.aborted || !(cause instanceof SourceTrouble)) throw cause;
    // Whether it arrived is not known: it goes again, under the same name.
    return { outcome: 'retry', code: cause.code };
  }
}

function askedLater(responseUrl: string): string {
  return new URLSearchParams({ async: 'true', 'response-url': responseUrl }).toString();
}
