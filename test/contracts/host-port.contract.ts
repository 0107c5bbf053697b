import { assert, expect } from '@open-wc/testing';
import type { HostPlugin } from '../../plugins/host-plugin.ts';
import type { HostGiven, HostPatient, LostReason } from '../../plugins/host-port.ts';
import { holdContext, type HoldOptions } from '../../src/app/context/hold-context.ts';
import type { OpenedLaunch } from '../../src/app/launch/callback-page.ts';
import { contextEnGB } from '../../src/words/context-en-GB.ts';
import { answersAfter, painted, quiet } from '../support/browser/passing.ts';
import { until } from '../support/browser/until.ts';

/** The other side of a port, as the vendor would write it; made anew for every test. */
export type HostPeer = {
  /** Answers the handshake: this patient (or, left out, nobody named) is open. Called before the page connects. */
  ready(patient?: HostPatient | null): void;
  /** Another context, with the next epoch unless the test says another. */
  change(context: { readonly patient?: HostPatient | null; readonly ticket?: string; readonly epoch?: number }): void;
  closing(): void;
  lost(reason: LostReason): void;
  /** What the page has answered, in order. */
  readonly acks: readonly { readonly epoch: number; readonly result: string }[];
};

export type HostBench = {
  readonly host: HostPlugin;
  /** Dresses a fresh frame as this host's and gives its peer. `frame` is a real window whose parent is this test's page. */
  open(frame: Window): {
    readonly peer: HostPeer;
    readonly given: Omit<HostGiven, 'launchId' | 'request'>;
    request?: HostGiven['request'];
  };
};

export const ANNE = person('launch-anne', '9990000018', '1950-01-01', 'EXAMPLE');
export const BEN = person('launch-ben', '9990000026', '1961-02-02', 'SAMPLE');

/** One window with a launch in it, and everything that can be seen of what happens there. */
type View = {
  readonly frame: Window;
  readonly root: HTMLElement;
  readonly peer: HostPeer;
  /** What was on the screen in the very task in which each signal was given. */
  readonly afterSignal: string[];
  /** `show`, `end`, `tell`, `ack` in the order in which they happened. */
  readonly log: string[];
  readonly text: () => string;
  /** Everything that has stood there, however shortly. */
  readonly said: ReadonlySet<string>;
  close(): void;
};

const LATE_MS = 3_000;

/** The rules of plugins.md §5 that a port and its page must keep, run on one plugin. */
export function hostPortContract(name: string, bench: HostBench): void {
  describe(`the ${name} host`, () => {
    const views: View[] = [];
    const start = async (options: Parameters<typeof startView>[1] = {}): Promise<View> => {
      const view = await startView(bench, options);
      views.push(view);
      return view;
    };
    afterEach(() => {
      for (const view of views.splice(0)) view.close();
    });

    it('keeps to the contract: its id, version 1, and no capability it has no way to keep', async () => {
      const { host } = bench;
      assert.equal(host.contract, 1);
      expect(host.id).to.match(/^[a-z0-9][a-z0-9-]*$/);
      const frame = openFrame();
      const { given, request, peer } = bench.open(frame.window);
      peer.ready(ANNE.context.patient);
      const port = host.create(frame.window, { ...given, launchId: 'l', request: request ?? nowhere });
      assert.equal(port.id, host.id);
      if (!port.capabilities.has('open-chart'))
        assert.equal(await port.ui.openChart({ section: 'problems' }), 'unsupported');
      if (!port.capabilities.has('close')) assert.equal(await port.ui.close('done'), false);
      assert.equal(port.scratchpad !== undefined, port.capabilities.has('scratchpad'));
      port.disconnect();
      frame.remove();
    });

    it('shows nobody when the host names another person than the launcher (5)', async () => {
      const view = await start({ says: BEN.context.patient });
      if (!view.log.includes('events')) return;
      assert.deepEqual(
        view.log.filter((step) => step.startsWith('show')),
        [],
      );
      expect(view.text()).to.contain('different patients');
    });

    it('shows the person the launch is about, and answers “shown” only after the paint (9)', async () => {
      const view = await start();
      expect(view.text()).to.contain('EXAMPLE');
      if (!view.log.includes('acks')) return;
      await until(() => view.peer.acks.some(({ result }) => result === 'shown'));
      assert.equal(view.log.filter((step) => step === 'painted').length, 1);
    });

    it('is blank in the same task at a change, a closing and every loss, and ends the session (1, 11)', async () => {
      const moves: ((peer: HostPeer) => void)[] = [
        (peer) => peer.change({ patient: BEN.context.patient }),
        (peer) => peer.change({ patient: null }),
        (peer) => peer.closing(),
        (peer) => peer.lost('logout'),
        (peer) => peer.lost('socket'),
      ];
      for (const move of moves) {
        const view = await start();
        if (!view.log.includes('events')) return;
        move(view.peer);
        await until(() => view.afterSignal.length > 0);
        for (const text of view.afterSignal) expect(text).not.to.contain('EXAMPLE');
        await until(() => view.log.includes('end launch-anne'));
        expect(view.text()).not.to.contain('EXAMPLE');
      }
    });

    it('drops late answers of a patient who is no longer open: A, B, A, three seconds late (2)', async function () {
      this.timeout(LATE_MS * 20);
      const view = await start({ redeemLate: [LATE_MS, 50] });
      if (!view.log.includes('events')) return;
      view.peer.change({ patient: BEN.context.patient, ticket: 'ticket-ben' });
      view.peer.change({ patient: ANNE.context.patient, ticket: 'ticket-anne' });
      await until(() => view.text().includes('EXAMPLE'));
      const shown = new Set<string>();
      const deadline = performance.now() + LATE_MS + 300;
      while (performance.now() < deadline) {
        shown.add(view.text().includes('SAMPLE') ? 'SAMPLE' : 'other');
        await quiet(30);
      }
      assert.deepEqual([...shown], ['other']);
      await until(() => view.log.includes('end-unseen launch-ben'));
      expect(view.text()).not.to.contain('SAMPLE');
    });

    it('opens the next patient with the host’s ticket, from an empty page: no word typed before is there (drafts)', async () => {
      const view = await start();
      if (!view.log.includes('events')) return;
      const box = view.root.querySelector('input');
      if (box) box.value = 'a draft about EXAMPLE';
      view.peer.change({ patient: BEN.context.patient, ticket: 'ticket-ben' });
      await until(() => view.text().includes('SAMPLE'));
      assert.equal(view.root.querySelector('input')?.value, '');
      expect(view.text()).not.to.contain('EXAMPLE');
    });

    it('loses the context at an epoch out of its order (10)', async () => {
      for (const epoch of [0, 5, 900]) {
        const view = await start();
        if (!view.log.includes('events')) return;
        view.peer.change({ patient: BEN.context.patient, ticket: 'ticket-ben', epoch });
        await until(() => view.log.includes('end launch-anne'));
        await painted();
        expect(view.text()).not.to.match(/EXAMPLE|SAMPLE/);
        view.peer.change({ patient: ANNE.context.patient, ticket: 'ticket-anne' });
        await painted();
        expect(view.text()).not.to.match(/EXAMPLE|SAMPLE/);
      }
    });

    it('writes down every transition with both epochs (12)', async () => {
      const view = await start();
      if (!view.log.includes('events')) return;
      view.peer.change({ patient: BEN.context.patient });
      await until(() => view.log.some((step) => step.startsWith('tell')));
      expect(view.log.find((step) => step.startsWith('tell'))).to.match(/^tell launch-anne (\d+)→(\d+) change$/);
    });

    it('keeps two patients open at once, each in its own window (4, 7)', async () => {
      const [anne, ben] = [await start(), await start({ launch: BEN })];
      assert.deepEqual(
        [anne.text(), ben.text()].map((text) => /EXAMPLE|SAMPLE/.exec(text)?.[0]),
        ['EXAMPLE', 'SAMPLE'],
      );
      anne.frame.dispatchEvent(new PageTransitionEvent('pagehide'));
      await until(() => anne.log.includes('end launch-anne'));
      expect(anne.text()).not.to.contain('EXAMPLE');
      expect(ben.text()).to.contain('SAMPLE');
      expect(anne.log).to.include('end launch-anne');
      assert.deepEqual(
        ben.log.filter((step) => step.startsWith('end')),
        [],
      );
    });

    it('leaves nothing of the patient in storage, cookies, title or address (3)', async () => {
      const view = await start();
      expect(view.text()).to.contain('EXAMPLE');
      const kept = JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        document.title,
        location.href,
        view.frame.document.title,
        view.frame.location.href,
        (await indexedDB.databases()).map((database) => database.name),
        await caches.keys(),
      ]);
      expect(kept).not.to.match(/EXAMPLE|9990000018|1950-01-01/);
    });

    it('comes back from the browser’s memory empty (6)', async () => {
      const view = await start();
      view.frame.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      expect(view.text()).not.to.contain('EXAMPLE');
    });

    it('has nothing to print once it is not bound (8)', async () => {
      const view = await start();
      view.frame.dispatchEvent(new PageTransitionEvent('pagehide'));
      view.frame.dispatchEvent(new Event('beforeprint'));
      expect(view.text()).not.to.contain('EXAMPLE');
      assert.deepEqual(
        view.log.filter((step) => step === 'printed'),
        [],
      );
    });

    it('is bound by time when its host says nothing of changes, and says since when (6)', async () => {
      const view = await start({ limits: { idleMs: 80, absoluteMs: 10_000, hiddenMs: 10_000 } });
      if (view.log.includes('events')) {
        await quiet(250);
        expect(view.text()).to.contain('EXAMPLE');
        return;
      }
      // It may be over by now on a slow machine; it has said so all the same.
      expect([...view.said].join('\n')).to.match(/Opened from the chart at \d\d:\d\d/);
      await until(() => !view.text().includes('EXAMPLE'));
      expect(view.text()).to.contain('context.idle');
    });
  });
}

type Started = {
  readonly launch?: OpenedLaunch;
  readonly says?: HostPatient | null;
  readonly limits?: NonNullable<HoldOptions['limits']>;
  /** How late each ticket's answer is, in order. */
  readonly redeemLate?: readonly number[];
};

async function startView(bench: HostBench, options: Started): Promise<View> {
  const { launch = ANNE, limits, redeemLate = [] } = options;
  const frame = openFrame();
  const { peer, given, request } = bench.open(frame.window);
  peer.ready(options.says === undefined ? launch.context.patient : options.says);
  const root = frame.window.document.body;
  const log: string[] = [];
  const afterSignal: string[] = [];
  const text = (): string => root.textContent ?? '';
  const said = new Set<string>();
  const watch = new MutationObserver(() => said.add(text()));
  watch.observe(root, { childList: true, subtree: true, characterData: true });
  const host: HostPlugin = {
    ...bench.host,
    detect: () => true,
    create: (window, real) => {
      const port = bench.host.create(window, { ...real, ...(request && { request }) });
      if (port.capabilities.has('context-events')) log.push('events');
      if (port.capabilities.has('context-ack')) log.push('acks');
      return {
        ...port,
        onContext: (listener) =>
          port.onContext((signal) => {
            listener(signal);
            afterSignal.push(text());
          }),
      };
    },
  };
  const lateness = [...redeemLate];
  const held = await holdContext({
    root,
    launch: {
      ...launch,
      context: { ...launch.context, host: { plugin: host.id, settings: given.settings, origins: given.origins } },
    },
    window: frame.window,
    hosts: { [host.id]: () => Promise.resolve({ host }) },
    fetch: () => Promise.reject(new TypeError('no network in this test')),
    words: contextEnGB,
    ...(limits && { limits }),
    show: (opened, place, painted) => showPerson(opened, place, painted, log),
    redeem: async (ticket) => {
      await answersAfter(lateness.shift() ?? 20);
      return ticket === 'ticket-anne' ? ANNE : BEN;
    },
    endUnseen: ({ context }) => void log.push(`end-unseen ${context.launchId}`),
  });
  return {
    frame: frame.window,
    root,
    peer,
    afterSignal,
    log,
    text,
    said,
    close: () => {
      watch.disconnect();
      held.close();
      frame.remove();
    },
  };
}

/** A record that draws at once, says late who it is, and goes on drawing when it was not stopped. */
function showPerson(
  { context }: OpenedLaunch,
  place: HTMLElement,
  painted: Parameters<HoldOptions['show']>[2],
  log: string[],
): ReturnType<HoldOptions['show']> {
  log.push(`show ${context.launchId}`);
  let stopped = false;
  const line = document.createElement('p');
  line.textContent = `${context.patient.family} ${context.patient.nhsNumber}`;
  place.append(line, document.createElement('input'));
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (stopped) return;
      log.push('painted');
      painted(context.patient);
    }),
  );
  return {
    blank: () => {
      stopped = true;
      place.replaceChildren();
    },
    tell: ({ from, to, why }) => {
      log.push(`tell ${context.launchId} ${String(from)}→${String(to)} ${why}`);
      return Promise.resolve();
    },
    end: () => void log.push(`end ${context.launchId}`),
  };
}

function openFrame(): { readonly window: Window; remove(): void } {
  const element = document.createElement('iframe');
  document.body.append(element);
  const { contentWindow } = element;
  if (!contentWindow) throw new Error('the frame has no window');
  return { window: contentWindow, remove: () => element.remove() };
}

function person(launchId: string, nhsNumber: string, birthDate: string, family: string): OpenedLaunch {
  const patient = { nhsNumber, birthDate, family };
  return { session: `bearer of ${launchId}`, context: { launchId, ods: 'XB001', needPatientBanner: true, patient } };
}

const nowhere: HostGiven['request'] = () => Promise.reject(new TypeError('no network in this test'));
