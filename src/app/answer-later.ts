import type {
  DocumentOpenEvent,
  DocumentTakeEvent,
  ItemOpenEvent,
  SummaryTakeEvent,
  UnreadOpenEvent,
} from '../components/events.ts';
import type { ApiDeps } from '../stream/api.ts';
import { documentTaken } from '../stream/document-taken.ts';
import { fetchHeld } from '../stream/fetch-held.ts';
import { openLastLook, type LookMemory } from '../stream/last-look.ts';
import { openItem } from '../stream/open-item.ts';
import { takeSummary } from '../stream/take-summary.ts';

/**
 * What a record asks of the launcher once its first sight is over: documents, what could not be read, the way to an item's
 * own EPR, the record as one document, and what this reader has seen before. None of it can be wanted by what stands on the
 * screen until then.
 */
export function answerLater(record: HTMLElement, deps: ApiDeps): { readonly looks: () => Promise<LookMemory> } {
  const { base = '/api' } = deps;
  record.addEventListener('corridor-document-open', (event: DocumentOpenEvent) => {
    const { source, reference, part } = event;
    event.respond(fetchHeld(`${base}/document`, { source, reference, ...(part > 0 && { part }) }, deps));
  });
  record.addEventListener('corridor-document-take', (event: DocumentTakeEvent) =>
    event.respond(documentTaken(deps, event.act, event.source, event.reference)),
  );
  record.addEventListener('corridor-unread-open', (event: UnreadOpenEvent) => {
    const { source, reference } = event;
    event.respond(fetchHeld(`${base}/unread`, { source, reference }, deps).then((held) => held.text()));
  });
  record.addEventListener('corridor-summary-take', (event: SummaryTakeEvent) => event.respond(takeSummary(deps)));
  record.addEventListener('corridor-item-open', (event: ItemOpenEvent) =>
    event.respond(openItem(deps, event.source, event.reference)),
  );
  return { looks: () => Promise.resolve(openLastLook(deps)) };
}
