import { parseEnvelope, type Envelope } from '../../plugins/host-wire.ts';
import { CorridorErrorEvent, CorridorReadyEvent } from '../components/events.ts';
import { asObject, asString, type Json } from '../record/resource.ts';
import { vendorWords } from '../words/vendor-words.ts';
import { ChartOpenEvent, CloseAskEvent, ContextShownEvent, HostBannerEvent } from './frame-events.ts';

/** On a server there are no elements: importing this must do no harm there. */
const Base = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/** A launch that has said nothing by then is told to the host as one that failed. */
const SILENT_MS = 30_000;
const HEIGHT = { least: 120, most: 20_000 };
const LEVELS = ['info', 'warning', 'critical'] as const;
const LONGEST_LINE = 200;

/** Whom the host has open now. */
export type FrameContext = {
  /** What the launcher gave the host's server for this patient (`plugins/embed-sdk`): opaque, once, for a minute. */
  readonly launch: string;
  /** For the comparison; two facts make one. In memory only. */
  readonly patient?: { readonly nhsNumber?: string; readonly birthDate?: string; readonly family?: string };
};

/** The record runs scripts, signs in and opens documents; it may neither lead the host away nor lock its pointer. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads allow-modals';

/**
 * @summary The whole record in a frame of the launcher's own origin: nothing of the host reaches it, and nothing of it
 * the host, but the messages of the contract. Events are the same as of the elements in the page.
 * @event corridor-ready - The record stands on the screen.
 * @event corridor-error - Something went wrong; the reader has been told.
 * @event corridor-context-shown - The frame shows, or refuses, the context of an epoch.
 * @event corridor-close-ask - The reader is done. Cancel it to leave the frame open; otherwise it is emptied.
 * @event corridor-chart-open - The reader wants an activity of the host; call `respond` with what became of it.
 * @event corridor-host-banner - A line for the host's own banner: how many organisations did not answer. No text: none.
 */
export class CorridorFrame extends Base {
  static readonly observedAttributes = ['src', 'launch', 'scheme', 'lang', 'label', 'fit'];

  #frame: HTMLIFrameElement | undefined;
  #origin = '';
  #launchId: string | undefined;
  #epoch = 0;
  #count = 0;
  #ready = false;
  #silence = 0;
  #pending = false;
  readonly #sheet = typeof document === 'undefined' ? undefined : new CSSStyleSheet();
  readonly #onMessage = (event: MessageEvent): void => this.#receive(event);

  /** Where a launch begins at the launcher: https, or http on this machine. */
  get src(): string {
    return this.getAttribute('src') ?? '';
  }
  set src(value: string) {
    this.setAttribute('src', value);
  }

  /** What the launcher knows this launch by, once; it goes into the address as `launch`. It names nobody. */
  get launch(): string {
    return this.getAttribute('launch') ?? '';
  }
  set launch(value: string) {
    this.setAttribute('launch', value);
  }

  /** `light` or `dark` when the host decides. */
  get scheme(): string | undefined {
    return this.getAttribute('scheme') ?? undefined;
  }
  set scheme(value: string | undefined) {
    if (value === undefined) this.removeAttribute('scheme');
    else this.setAttribute('scheme', value);
  }

  /**
   * `content` makes the frame as high as the record, which the page around it then scrolls, its own patient banner in
   * sight. Left out, the frame has the height it is given, and the record's banner never scrolls away in it.
   */
  get fit(): 'content' | undefined {
    return this.getAttribute('fit') === 'content' ? 'content' : undefined;
  }
  set fit(value: 'content' | undefined) {
    if (value === undefined) this.removeAttribute('fit');
    else this.setAttribute('fit', value);
  }

  /** What a screen reader calls the frame; "Shared record" unless set. */
  get label(): string {
    return this.getAttribute('label') ?? vendorWords(this.lang || document.documentElement.lang).frame;
  }
  set label(value: string) {
    this.setAttribute('label', value);
  }

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (this.#sheet) root.adoptedStyleSheets = [this.#sheet];
    this.#setHeight(undefined);
    window.addEventListener('message', this.#onMessage);
    this.#open();
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#onMessage);
    this.#close();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === 'fit' && this.fit === undefined) this.#setHeight(undefined);
    if (name === 'scheme' || name === 'lang' || name === 'fit') this.#sayMood();
    else if (name === 'label' && this.#frame) this.#frame.title = this.label;
    else if (name === 'src' || name === 'launch') this.#reopen();
  }

  /**
   * Another patient, by a launch of the host's server. A record that is open goes off its screen before anything else, and
   * the next one opens in its place; where none is open, the launch begins one. What is said of the patient is compared
   * with what the launch opens: a difference shows nobody.
   */
  setContext({ launch, patient }: FrameContext): void {
    const payload = {
      assertedAt: new Date().toISOString(),
      ticket: launch,
      ...(patient && { patient: { ...patient } }),
    };
    if (this.#ready && this.send('change', payload, this.#epoch + 1) !== undefined) return;
    // The record of a launch that has shown nobody yet hears no change: it makes room for this one.
    if (this.launch === launch) this.#reopen();
    else this.launch = launch;
  }

  /** Takes the record off the screen in this same task and tells the frame to end its view. */
  clearContext(): void {
    this.send('closing');
    this.#close();
  }

  /**
   * One message of the contract (plugins/host-wire.ts) to the record, to the launcher's origin and no other. Before the
   * record has said `hello` there is nobody to hear it. A context with its evidence is said through this too.
   */
  send(type: string, payload: Json = {}, epoch = this.#epoch): string | undefined {
    const window = this.#frame?.contentWindow;
    if (!window || this.#launchId === undefined) return undefined;
    this.#epoch = Math.max(epoch, this.#epoch);
    return this.#post(window, type, payload, {});
  }

  /** Both attributes are often set one after the other: they make one launch, for each may be used once. */
  #reopen(): void {
    this.#close();
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      if (this.isConnected) this.#open();
    });
  }

  #open(): void {
    if (this.#frame || this.#pending) return;
    const address = addressOf(this.src, this.launch);
    if (this.src === '') return;
    if (!address) return this.#fail('frame.address_invalid');
    const frame = document.createElement('iframe');
    frame.title = this.label;
    frame.setAttribute('sandbox', SANDBOX);
    frame.referrerPolicy = 'strict-origin';
    frame.allow = '';
    this.#origin = address.origin;
    this.#frame = frame;
    frame.src = address.href;
    this.shadowRoot?.replaceChildren(frame);
    this.#silence = window.setTimeout(() => this.#fail('frame.silent'), SILENT_MS);
  }

  #close(): void {
    window.clearTimeout(this.#silence);
    this.shadowRoot?.replaceChildren();
    this.#frame = this.#launchId = undefined;
    this.#epoch = 0;
    this.#ready = false;
    this.#setHeight(undefined);
  }

  #receive(event: MessageEvent): void {
    const ours = this.#frame?.contentWindow;
    if (!ours || event.source !== ours || event.origin !== this.#origin) return;
    const message = parseEnvelope(event.data);
    if (!message || message.epoch > this.#epoch) return;
    if (message.type === 'hello') return this.#greet(ours, message);
    // A launch that was refused has no id: the page in the frame says why, and that it stays so.
    if (this.#launchId === undefined && message.type === 'error') window.clearTimeout(this.#silence);
    else if (message.launchId !== this.#launchId) return;
    this.#take(ours, message);
  }

  /** The record that has just been launched knows its patient from the launch; the host says only that it is here. */
  #greet(ours: Window, { id, launchId }: Envelope): void {
    window.clearTimeout(this.#silence);
    this.#launchId = launchId;
    this.#post(ours, 'context', { assertedAt: new Date().toISOString() }, { re: id });
    this.#sayMood();
  }

  #take(ours: Window, { id, epoch, type, payload }: Envelope): void {
    switch (type) {
      case 'ack':
        return this.#acknowledge(epoch, payload);
      case 'resize':
        return this.fit === 'content' ? this.#setHeight(payload['height']) : undefined;
      case 'banner':
        return this.#sayBanner(asObject(payload['line']));
      case 'error':
        return this.#fail(asString(payload['code']) ?? 'frame.unknown', asString(payload['correlationId']));
      case 'close': {
        const go = this.dispatchEvent(new CloseAskEvent());
        this.#post(ours, 'answer', { status: go ? 'success' : 'failure' }, { re: id });
        if (go) this.#close();
        return;
      }
      case 'open-chart': {
        const asked = new ChartOpenEvent(asString(payload['section']) ?? '', asString(payload['ref']));
        this.dispatchEvent(asked);
        this.#post(ours, 'answer', { status: asked.answer }, { re: id });
      }
    }
  }

  #acknowledge(epoch: number, { result, of }: Json): void {
    if (result !== 'shown' && result !== 'pending' && result !== 'refused') return;
    this.dispatchEvent(new ContextShownEvent(epoch, result));
    // Who has refused the last context shows nobody any more, and hears no other: the next one needs a new frame.
    if (result === 'refused' && of === this.#epoch) this.#ready = false;
    if (result !== 'shown' || this.#ready) return;
    this.#ready = true;
    this.dispatchEvent(new CorridorReadyEvent());
  }

  #sayMood(): void {
    const locale = this.lang || document.documentElement.lang;
    const { scheme, fit } = this;
    this.send('env', {
      ...(locale !== '' && { locale }),
      ...(scheme !== undefined && { scheme }),
      ...(fit && { fit }),
    });
  }

  #sayBanner(line: Json | undefined): void {
    const level = LEVELS.find((known) => known === line?.['level']) ?? 'info';
    this.dispatchEvent(new HostBannerEvent(asString(line?.['text'])?.slice(0, LONGEST_LINE), level));
  }

  #post(window: Window, type: string, payload: Json, more: { readonly re?: string }): string {
    const id = `frame-${String(++this.#count)}`;
    const envelope: Envelope = {
      ...{ corridor: 1, id, launchId: this.#launchId ?? '', epoch: this.#epoch, type, payload },
      ...more,
    };
    window.postMessage(envelope, this.#origin);
    return id;
  }

  #fail(code: string, correlationId = ''): void {
    const plain = /^[a-z]+\.[a-z_]{1,60}$/.test(code) ? code : 'frame.unknown';
    this.dispatchEvent(new CorridorErrorEvent(plain, correlationId.slice(0, 64)));
  }

  #setHeight(asked: unknown): void {
    const px = typeof asked === 'number' && Number.isFinite(asked) ? asked : undefined;
    const height = px === undefined ? '100%' : `${String(Math.min(HEIGHT.most, Math.max(HEIGHT.least, px)))}px`;
    this.#sheet?.replaceSync(
      `:host { block-size: 100%; display: block; min-block-size: 20rem; }
      :host([hidden]) { display: none; }
      iframe { block-size: ${height}; border: 0; display: block; inline-size: 100%; min-block-size: inherit; }`,
    );
  }
}

/** The launch's address, if it is one that a record may come from. */
function addressOf(src: string, launch: string): URL | undefined {
  if (!URL.canParse(src, location.href)) return undefined;
  const address = new URL(src, location.href);
  const here = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(address.hostname);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && here)) return undefined;
  if (launch !== '') address.searchParams.set('launch', launch);
  return address;
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-frame': CorridorFrame;
  }
}
