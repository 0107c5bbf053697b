import { SECTIONS } from '../record/sections/index.ts';
import { openApi } from '../stream/api.ts';
import { RecordStore } from '../stream/record-store.ts';
import { enGB } from '../words/en-GB.ts';
import type { Words } from '../words/words.ts';
import type { BreakGlassEvent, DocumentOpenEvent, SourceAskEvent, UnreadOpenEvent } from '../components/events.ts';
import type { Place } from './rail.ts';
import { SILENT_HOST, type HostPort } from './host-port.ts';

/** What the launch says about this view, besides the record itself. */
export type OpenContext = {
  /** False: the host shows its own patient banner and ours is one slim line. */
  readonly needPatientBanner?: boolean;
  /** A role of the community file. */
  readonly role?: string;
  /** The section to begin with, when the launch names one. */
  readonly intent?: string;
};

export type OpenRecordOptions = {
  readonly bearer: string;
  readonly context: OpenContext;
  /** Where the record goes; it is emptied first. */
  readonly root: HTMLElement;
  readonly host?: HostPort;
  readonly words?: Words;
  readonly fetch?: typeof fetch;
  /** Brings the elements that no first sight needs, where they are not on the page already. */
  readonly later?: () => Promise<unknown>;
};

const PLACES: ReadonlySet<string> = new Set(['snapshot', 'everything', 'timeline', 'results-over-time', ...SECTIONS.map(({ id }) => id)]);

/** A launch may name a section to begin with; any other word is left alone. */
function isPlace(intent: string | undefined): intent is Place {
  return intent !== undefined && PLACES.has(intent);
}

/**
 * Opens the record of one launch. On `close`, on any signal of the host, on leaving the page and on coming back to it
 * from the browser's memory, the record is off the screen in the same task: removed, not hidden. Nothing of the patient
 * is put in storage, in the title or in the address.
 */
export function openRecord(options: OpenRecordOptions): { close(): void } {
  const { bearer, context, root, host = SILENT_HOST, words = enGB } = options;
  const stop = new AbortController();
  const deps = { bearer, signal: stop.signal, fetch: options.fetch ?? window.fetch.bind(window) };
  let store = new RecordStore();
  let api = openApi(store, deps);
  const element = document.createElement('corridor-record');
  element.words = words;
  element.slim = context.needPatientBanner === false;
  if (context.role !== undefined) element.viewRole = context.role;
  if (isPlace(context.intent)) element.place = context.intent;
  element.later = options.later;
  element.store = store;
  element.addEventListener('corridor-source-ask', (event: SourceAskEvent) => void api.askAgain(event.source));
  element.addEventListener('corridor-document-open', (event: DocumentOpenEvent) =>
    event.respond(api.document(event.source, event.reference)),
  );
  element.addEventListener('corridor-unread-open', (event: UnreadOpenEvent) =>
    event.respond(api.unread(event.source, event.reference)),
  );
  element.addEventListener('corridor-break-glass', (event: BreakGlassEvent) =>
    event.respond(api.breakGlass(event.reason).then(openAgain)),
  );
  root.replaceChildren(element);

  /** The same view asked anew: what was shown before goes, so that nothing stands under the wrong notice. */
  const openAgain = (): void => {
    if (closed) return;
    const before = store;
    store = new RecordStore();
    api = openApi(store, deps);
    element.store = store;
    before.forget();
    void api.open();
  };

  let closed = false;
  const close = (act?: 'context-changed'): void => {
    if (closed) return;
    closed = true;
    element.blank();
    store.forget();
    const blank = document.createElement('p');
    blank.textContent = `${words.app.blank} ${words.app.relaunch}`;
    root.replaceChildren(blank);
    // In this order: the end of the session takes with it the right to say anything more.
    if (act) void api.act(act).then(() => api.endSession());
    else api.endSession();
    stop.abort();
    window.removeEventListener('beforeprint', onPrint);
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('pageshow', onShow);
    release();
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) close();
  };
  const onHide = (): void => close();
  const onPrint = (): void => void api.act('printed');
  const release = host.onContext((signal) => {
    close('context-changed');
    host.ack(signal.epoch, 'refused');
  });
  window.addEventListener('beforeprint', onPrint);
  window.addEventListener('pagehide', onHide);
  window.addEventListener('pageshow', onShow);
  void api.open();
  return { close: () => close() };
}
