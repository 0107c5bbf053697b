import type { HostPlugin } from '../../../plugins/host-plugin.ts';
import type { HostPort } from '../../../plugins/host-port.ts';
import type { CorridorErrorEvent } from '../../components/events.ts';
import type { Words } from '../../words/words.ts';
import type { ContextWords } from '../../words/context-en-GB.ts';
import { SILENT_HOST } from '../host-port.ts';
import type { OpenedLaunch } from '../launch/callback-page.ts';
import { showProblem } from '../launch/problem-page.ts';
import {
  IDLE,
  stepContext,
  type ContextEffect,
  type ContextEvent,
  type ContextState,
  type Lost,
} from './context-machine.ts';
import type { RecordView } from './record-view.ts';
import type { RecordPerson } from './same-person.ts';
import { keepAsking } from './keep-asking.ts';
import { startTimeBox, TIME_LIMITS, type TimeLimits } from './time-box.ts';

export type HoldOptions = {
  readonly root: HTMLElement;
  readonly launch: OpenedLaunch;
  readonly window: Window;
  readonly hosts: { readonly [id: string]: () => Promise<{ readonly host: HostPlugin }> };
  /** `epoch`: the turn of the host's context; `painted` with the person the launcher's record names, once their banner has been painted. */
  readonly show: (
    launch: OpenedLaunch,
    root: HTMLElement,
    painted: (person: RecordPerson) => void,
    epoch: number,
  ) => RecordView;
  redeem(ticket: string, ods: string): Promise<OpenedLaunch>;
  /** Ends a session that was never shown. */
  endUnseen(launch: OpenedLaunch): void;
  readonly fetch: typeof fetch;
  readonly words: ContextWords;
  /** The record's words in a language, where they are not on the page already. Left out: English. */
  wordsIn?(language: 'cy' | 'en-GB'): Promise<Words>;
  readonly limits?: TimeLimits;
};

const CONNECT_MS = 5_000;

/**
 * Holds one window to the patient its host vouches for. `context-machine.ts` decides, this does: whatever the host says,
 * the record is off the screen before this returns, and only then is anything fetched or answered.
 */
export async function holdContext(options: HoldOptions): Promise<{ close(): void }> {
  const held = new HeldContext(options);
  await held.open();
  return { close: () => held.over('closed') };
}

class HeldContext {
  readonly #options: HoldOptions;
  #state: ContextState = IDLE;
  #launch: OpenedLaunch;
  #next: OpenedLaunch | undefined;
  #view: RecordView | undefined;
  #port: HostPort = SILENT_HOST;
  #spoken: Words | undefined;
  #scheme: 'light' | 'dark' | undefined;
  /** What goes on for as long as this record is on the screen, and how it stops. */
  readonly #stops: (() => void)[] = [];
  #telling: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();

  constructor(options: HoldOptions) {
    this.#options = options;
    this.#launch = options.launch;
  }

  async open(): Promise<void> {
    const { window, launch } = this.#options;
    window.addEventListener('pagehide', () => this.over('left'), { signal: this.#stop.signal });
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.over('left'), {
      signal: this.#stop.signal,
    });
    this.#act({ type: 'launched', person: launch.context.patient });
    try {
      const port = await this.#findPort();
      if (this.#stop.signal.aborted) return port.disconnect();
      this.#port = port;
      this.#follow(port);
      port.onContext((signal) => this.#act({ type: 'signal', signal }));
      const telling = port.capabilities.has('context-events');
      const context = port.connect(AbortSignal.any([this.#stop.signal, AbortSignal.timeout(CONNECT_MS)]));
      // A host that would not tell of a change anyway is not waited for: the time box holds without it.
      if (telling) {
        const { epoch, patient } = await context;
        this.#act({ type: 'connected', epoch, patient });
      } else {
        context.catch(() => undefined);
        this.#act({ type: 'connected', epoch: 0, patient: undefined });
      }
    } catch {
      // Nobody vouches: the host was promised and did not come, or its code did not.
      this.over('host-gone');
    }
  }

  over(reason: Lost): void {
    this.#act({ type: 'over', reason });
  }

  /** Look and language of the host, now and whenever it says otherwise. They may come late: nothing waits for them. */
  #follow(port: HostPort): void {
    const { look } = this.#launch.context;
    if (!look && !port.capabilities.has('theme') && !port.capabilities.has('locale')) return;
    const dress = (scheme: 'light' | 'dark' | undefined): void => {
      this.#scheme = scheme;
      this.#view?.dress?.(scheme);
    };
    const speak = (words: Words): void => {
      this.#spoken = words;
      this.#view?.speak?.(words);
    };
    void import('./dress-page.ts')
      .then(({ followLook }) => followLook({ ...this.#options, port, look, dress, speak, signal: this.#stop.signal }))
      // The page then looks and speaks as it does by itself.
      .catch(() => undefined);
  }

  async #findPort(): Promise<HostPort> {
    const { hosts, window, fetch } = this.#options;
    const { host, launchId } = this.#launch.context;
    const load = host && hosts[host.plugin];
    if (!load) return SILENT_HOST;
    const bearer = (): string => this.#launch.session;
    const [{ host: plugin }, { givenFor }] = await Promise.all([load(), import('./host-given.ts')]);
    const given = givenFor({ host, launchId, bearer, fetch, signal: this.#stop.signal });
    return plugin.detect(window, given) ? plugin.create(window, given) : SILENT_HOST;
  }

  #act(event: ContextEvent): void {
    const { state, effects } = stepContext(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    if (state.at !== 'lost' || this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#port.disconnect();
  }

  #do(effect: ContextEffect): void {
    if (effect.do === 'blank') this.#blank();
    else if (effect.do === 'audit') this.#telling = this.#view?.tell(effect) ?? Promise.resolve();
    else if (effect.do === 'end-session') this.#end();
    else if (effect.do === 'show') this.#show(effect.epoch);
    else if (effect.do === 'redeem') void this.#redeem(effect);
    else if (effect.do === 'end-unseen') this.#endUnseen();
    else if (effect.do === 'ack')
      void this.#port.ack(effect.epoch, effect.result, effect.reason).catch(() => undefined);
    else this.#say(effect);
  }

  #blank(): void {
    // Off the screen before anything is taken apart, which takes longer.
    this.#options.root.replaceChildren();
    this.#view?.blank();
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** In this order: the end of the session takes with it the right to say anything more. */
  #end(): void {
    const view = this.#view;
    const launch = this.#launch;
    this.#view = undefined;
    const { reason } = this.#state as { readonly reason?: Lost };
    // A document that is left lives no longer than this task.
    if (view && (reason === 'left' || reason === 'closed')) view.end();
    else if (view) void this.#telling.then(() => view.end());
    else this.#options.endUnseen(launch);
  }

  #endUnseen(): void {
    if (this.#next) this.#options.endUnseen(this.#next);
    this.#next = undefined;
  }

  #show(epoch: number): void {
    const { root, show, limits = TIME_LIMITS } = this.#options;
    this.#launch = this.#next ?? this.#launch;
    this.#next = undefined;
    const place = document.createElement('div');
    root.replaceChildren(place);
    const painted = (person: RecordPerson): void => {
      if (this.#state.at !== 'bound' || this.#state.epoch !== epoch) return;
      // The record says whom it is about; were it not the person of this launch, nothing of it may stay.
      if (person.nhsNumber !== this.#state.person.nhsNumber) this.over('mismatch');
      else {
        this.#act({ type: 'painted', epoch });
        this.#offer(place, epoch);
      }
    };
    place.addEventListener('corridor-error', ({ code, correlationId }: CorridorErrorEvent) =>
      this.#port.error({ code, severity: 'degraded', message: '', correlationId }),
    );
    this.#view = show(this.#launch, place, painted, epoch);
    if (this.#scheme) this.#view.dress?.(this.#scheme);
    if (this.#spoken) this.#view.speak?.(this.#spoken);
    this.#keep();
    if (this.#port.capabilities.has('context-events')) return;
    root.prepend(this.#boundLine(limits.absoluteMs));
    const box = startTimeBox(limits, (reason) => this.over(reason));
    this.#stops.push(() => box.stop());
  }

  /** What the host can do for the reader: brought after the paint, and only where there is something it says it can. */
  #offer(place: HTMLElement, epoch: number): void {
    const port = this.#port;
    const record = place.querySelector('corridor-record');
    if (!record || port === SILENT_HOST) return;
    void import('./host-acts.ts')
      .then(({ offerHostActs }) => {
        if (this.#state.at === 'bound' && this.#state.epoch === epoch)
          this.#stops.push(offerHostActs({ port, record, closed: () => this.over('closed') }));
      })
      // The record is read without it.
      .catch(() => undefined);
  }

  /** The session is this view's: a change of it stops the asking and begins it anew. */
  #keep(): void {
    const { session, context } = this.#launch;
    if (context.keepMs === undefined) return;
    const { fetch } = this.#options;
    const headers = { authorization: `Bearer ${session}` };
    const stop = keepAsking(
      context.keepMs,
      async (signal) =>
        (await fetch('/api/session/keep', { method: 'POST', headers, credentials: 'omit', cache: 'no-store', signal }))
          .status,
      () => this.over('logout'),
    );
    this.#stops.push(stop);
  }

  #boundLine(absoluteMs: number): HTMLElement {
    const line = document.createElement('p');
    line.className = 'bound';
    const at = (ms: number): string => new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    line.textContent = this.#options.words.bound(at(Date.now()), at(Date.now() + absoluteMs));
    return line;
  }

  async #redeem({ epoch, ticket, patient }: Extract<ContextEffect, { do: 'redeem' }>): Promise<void> {
    try {
      const launch = await this.#options.redeem(ticket, this.#launch.context.ods);
      this.#next = launch;
      this.#act({ type: 'redeemed', epoch, person: launch.context.patient, ...(patient && { patient }) });
    } catch {
      // Refused or not answered: the page is blank already, and says why.
      this.#act({ type: 'refused', epoch });
    }
  }

  #say({ what, reason }: Extract<ContextEffect, { do: 'say' }>): void {
    const { root, words } = this.#options;
    if (what === 'opening') {
      const line = document.createElement('p');
      line.setAttribute('role', 'status');
      line.textContent = words.opening;
      root.replaceChildren(line);
      return;
    }
    const said = what === 'relaunch' ? words.moved : words[wordOf(reason)];
    showProblem(root, { code: what === 'relaunch' ? 'context.changed' : `context.${reason ?? 'lost'}`, ...said });
  }
}

function wordOf(reason: Lost | undefined): 'lost' | 'mismatch' | 'time' | 'logout' {
  if (reason === 'mismatch') return 'mismatch';
  if (reason === 'logout') return 'logout';
  return reason === 'expired' || reason === 'idle' || reason === 'hidden' ? 'time' : 'lost';
}
