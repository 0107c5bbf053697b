import { openApi } from '../stream/api.ts';
import type { Merging } from '../record/merge.ts';
import type { Patient } from '../record/patient.ts';
import { MergingStore } from '../stream/merging-store.ts';
import { enGB } from '../words/en-GB.ts';
import type { Words } from '../words/words.ts';
import type { BreakGlassEvent, DocumentTakeEvent, SourceAskEvent } from '../components/events.ts';
import type { Place } from './rail.ts';
import { viewFor } from './views.ts';
import type { RecordView } from './context/record-view.ts';
import { SILENT_HOST, type HostPort } from './host-port.ts';
import { whenPainted } from './when-painted.ts';

/** What the launch says about this view, besides the record itself. */
export type OpenContext = {
  /** False: the host shows its own patient banner and ours is one slim line. */
  readonly needPatientBanner?: boolean;
  /** A role of the community file. */
  readonly role?: string;
  /** The section to begin with, when the launch names one. */
  readonly intent?: string;
  /** Who reads, in no name: what they were writing is theirs again when their patient's chart comes back. */
  readonly reader?: string;
};

export type OpenRecordOptions = {
  readonly bearer: string;
  readonly context: OpenContext;
  /** Where the record goes; it is emptied first. */
  readonly root: HTMLElement;
  /** On any signal of it the record goes. The launch app holds the context itself (`context/hold-context.ts`). */
  readonly host?: Pick<HostPort, 'onContext' | 'ack'>;
  /** Called once the banner has been painted, with whom the record is about. */
  readonly painted?: (patient: Patient) => void;
  readonly words?: Words;
  readonly fetch?: typeof fetch;
  /** In which turn of the host's context it is opened; left out: a turn of its own. */
  readonly epoch?: number;
};

export type OpenedRecord = RecordView & { close(): void };

/** How what has come is merged, and what comes later. */
export type RecordMaking = {
  readonly merging: Merging;
  /** Brings what no first sight needs, where it is not on the page already: the whole merging, and then the elements. */
  readonly later?: () => Promise<{ readonly merging: Merging; readonly words: Words; register(): void }>;
};

const PLACES: ReadonlySet<string> = new Set([
  'snapshot',
  'everything',
  'messages',
  'transitions',
  'timeline',
  'results-over-time',
  ...viewFor(undefined).first,
]);

/** Turns of a page that has no host to count them. */
let turns = 0;

/** A launch may name a section to begin with; any other word is left alone. */
function isPlace(intent: string | undefined): intent is Place {
  return intent !== undefined && PLACES.has(intent);
}

/**
 * Opens the record of one launch. On `close`, on any signal of the host, on leaving the page and on coming back to it
 * from the browser's memory, the record is off the screen in the same task: removed, not hidden. Nothing of the patient
 * is put in storage, in the title or in the address.
 */
export function openRecordWith(options: OpenRecordOptions, { merging, later }: RecordMaking): OpenedRecord {
  const { bearer, context, root, host = SILENT_HOST, words = enGB } = options;
  const stop = new AbortController();
  const deps = { bearer, signal: stop.signal, fetch: options.fetch ?? window.fetch.bind(window) };
  let merged = merging;
  let store = new MergingStore(merged);
  let api = openApi(store, deps);
  const element = document.createElement('corridor-record');
  let spoken = options.words;
  element.words = words;
  element.slim = context.needPatientBanner === false;
  if (context.role !== undefined) element.viewRole = context.role;
  if (isPlace(context.intent)) element.place = context.intent;
  // Only what is merged in full may be drawn by the elements that come now.
  element.later =
    later &&
    (async () => {
      const parts = await later();
      element.words = spoken ?? parts.words;
      merged = parts.merging;
      await store.mergeWith(merged);
      parts.register();
    });
  const { epoch = ++turns } = options;
  element.talk = { ...deps, epoch, reader: context.reader };
  element.store = store;
  element.addEventListener('corridor-source-ask', (event: SourceAskEvent) => void api.askAgain(event.source));
  element.addEventListener('corridor-document-take', ({ act }: DocumentTakeEvent) => {
    takenToPaper = act === 'printed';
  });
  element.addEventListener('corridor-break-glass', (event: BreakGlassEvent) =>
    event.respond(api.breakGlass(event.reason).then(openAgain)),
  );
  root.replaceChildren(element);

  /** The same view asked anew: what was shown before goes, so that nothing stands under the wrong notice. */
  const openAgain = (): void => {
    if (closed) return;
    const before = store;
    store = new MergingStore(merged);
    api = openApi(store, deps);
    element.store = store;
    before.forget();
    void api.open();
  };

  let takenToPaper = false;
  let closed = false;
  const blank = (): boolean => {
    if (closed) return false;
    closed = true;
    element.blank();
    store.forget();
    const line = document.createElement('p');
    line.textContent = `${words.app.blank} ${words.app.relaunch}`;
    root.replaceChildren(line);
    stop.abort();
    window.removeEventListener('beforeprint', onPrint);
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('pageshow', onShow);
    release();
    return true;
  };
  const close = (): void => {
    if (blank()) api.endSession();
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) close();
  };
  const onHide = (): void => close();
  const onPrint = (): void => {
    // A document on its own has been written down by its name already; what is printed then is not the record.
    if (!takenToPaper) void api.act('printed');
    takenToPaper = false;
  };
  const release = host.onContext((signal) => {
    const epoch = signal.type === 'change' ? signal.context.epoch : signal.epoch;
    // In this order: the end of the session takes with it the right to say anything more.
    if (blank()) void api.act('context-changed').then(() => api.endSession());
    void host.ack(epoch, 'refused').catch(() => undefined);
  });
  window.addEventListener('beforeprint', onPrint);
  window.addEventListener('pagehide', onHide);
  window.addEventListener('pageshow', onShow);
  const { painted } = options;
  if (painted) whenPainted(element, store, stop.signal, painted);
  void api.open();
  return {
    close: () => close(),
    blank: () => void blank(),
    tell: (change) => api.act('context-changed', change),
    dress: (scheme) => {
      element.scheme = scheme;
    },
    speak: (given) => {
      spoken = given;
      element.words = given;
    },
    end: () => api.endSession(),
  };
}
