import { assert, expect } from '@open-wc/testing';
import { configSchema, MODULE_NAME, readConfig } from '../../../plugins/openmrs-o3/module/config-schema.ts';
import type { Framework, SessionState } from '../../../plugins/openmrs-o3/module/framework.ts';
import { recordView } from '../../../plugins/openmrs-o3/module/record-view.ts';
import type { Shown } from '../../../plugins/openmrs-o3/module/lifecycle.ts';
import { wordsFor } from '../../../plugins/openmrs-o3/module/words.ts';
import { answersAfter, quiet } from '../../support/browser/passing.ts';
import { until } from '../../support/browser/until.ts';

/**
 * The module alone, in a page that does what the shell of O3 was seen to do; `npm run openmrs` runs it in the shell itself.
 */
const LAUNCH = 't'.repeat(43);
const HOME = location.pathname;

type World = {
  readonly framework: Framework;
  readonly place: HTMLElement;
  readonly asked: string[];
  readonly visited: string[];
  config: Record<string, unknown>;
  /** Answers of the voucher, in order: how late, and what. */
  readonly answers: { readonly afterMs?: number; readonly status?: number; readonly body?: object }[];
  session(state: SessionState): void;
};

const DOCTOR: SessionState = { session: { authenticated: true, user: { uuid: 'u1' } } };

function openWorld(): World {
  const place = document.createElement('div');
  document.body.append(place);
  const listeners = new Set<(state: SessionState) => void>();
  let state = DOCTOR;
  const world: World = {
    place,
    asked: [],
    visited: [],
    answers: [],
    config: {
      launcherUrl: location.origin,
      organisation: 'XB001',
      voucherUrl: '/voucher',
      sections: { allergies: 'allergies' },
    },
    session: (next) => {
      state = next;
      for (const listener of listeners) listener(next);
    },
    framework: {
      defineConfigSchema: () => undefined,
      getConfig: () => Promise.resolve(world.config),
      fetchCurrentPatient: (id) => Promise.resolve({ resourceType: 'Patient', id, birthDate: '1950-01-02' }),
      getSessionStore: () => ({
        getState: () => state,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
      interpolateUrl: (template) => template,
      navigate: ({ to }) => void world.visited.push(to),
    },
  };
  return world;
}

describe('the module of OpenMRS O3', () => {
  let world: World;
  let shown: Shown[] = [];
  const fetchBefore = window.fetch;
  const mount = (patientUuid: string | undefined): Shown => {
    const view = recordView(
      { domElement: world.place, ...(patientUuid !== undefined && { patientUuid }) },
      world.framework,
      () => readConfig(world.framework),
    );
    shown.push(view);
    return view;
  };
  const goTo = (patient: string): void =>
    history.pushState(null, '', `/openmrs/spa/patient/${patient}/chart/shared-record`);
  const root = (): ShadowRoot | null | undefined => world.place.querySelector('section')?.shadowRoot;
  const frame = (): HTMLIFrameElement | null | undefined => root()?.querySelector('iframe');
  const says = (): string => root()?.querySelector('[role=status]')?.textContent ?? '';

  beforeEach(() => {
    world = openWorld();
    shown = [];
    window.fetch = async (_address, init) => {
      world.asked.push(typeof init?.body === 'string' ? init.body : '');
      const { afterMs = 0, status = 200, body = { launch: LAUNCH } } = world.answers.shift() ?? {};
      await answersAfter(afterMs);
      return new Response(JSON.stringify(body), { status });
    };
    goTo('a');
  });
  afterEach(() => {
    for (const view of shown) view.close();
    world.place.remove();
    window.fetch = fetchBefore;
    history.pushState(null, '', HOME);
  });

  it('opens nothing for nobody, for another patient than the address names, or where it is not set up', async () => {
    mount(undefined);
    mount('b');
    await quiet(60);
    assert.deepEqual(world.asked, []);
    for (const change of [
      { launcherUrl: 'http://record.example' },
      { launcherUrl: 'https://a.example/path' },
      { organisation: 'x' },
    ]) {
      world.config = { ...world.config, ...change };
      mount('a');
      await until(() => says().includes('not set up'));
      assert.isNull(frame());
    }
    assert.deepEqual(world.asked, []);
  });

  it('names the patient in no address, and takes no launch that is not one', async () => {
    world.answers.push({ body: { launch: '../../a' } }, {});
    mount('a');
    await until(() => says().includes('could not be opened'));
    root()?.querySelector('button')?.click();
    await until(() => Boolean(frame()));
    assert.deepEqual(world.asked, ['{"patient":"a"}', '{"patient":"a"}']);
    assert.equal(frame()?.src, `${location.origin}/plugins/openmrs-o3/launch/XB001?launch=${LAUNCH}`);
    expect(frame()?.getAttribute('sandbox')).not.to.contain('top-navigation');
  });

  it('takes the frame away in the very task of a new address, a new session and a new patient of its own', async () => {
    const moves: ((view: Shown) => void)[] = [
      () => goTo('b'),
      () => world.session({ session: { authenticated: false } }),
      () => world.session({ session: { authenticated: true, user: { uuid: 'u2' } } }),
      (view) => view.update?.({ patientUuid: 'b' }),
      (view) => view.close(),
    ];
    for (const move of moves) {
      goTo('a');
      world.session(DOCTOR);
      const view = mount('a');
      await until(() => Boolean(frame()));
      move(view);
      assert.isNull(frame());
      view.close();
    }
  });

  it('keeps the record through updates that name nobody, or the same patient', async () => {
    const view = mount('a');
    await until(() => Boolean(frame()));
    const before = frame();
    view.update?.({});
    view.update?.({ patientUuid: 'a' });
    assert.equal(frame(), before);
  });

  it('drops a launch of the patient before, however late: A, B, A', async () => {
    world.answers.push({ afterMs: 300 }, { body: { launch: 'b'.repeat(43) } });
    const view = mount('a');
    goTo('b');
    view.update?.({ patientUuid: 'b' });
    await until(() => Boolean(frame()));
    const before = frame();
    await quiet(400);
    assert.equal(frame(), before);
    expect(before?.src).to.contain('b'.repeat(43));
    goTo('a');
    assert.isNull(frame());
    view.update?.({ patientUuid: 'a' });
    await until(() => Boolean(frame()));
    expect(frame()?.src).to.contain(LAUNCH);
  });

  it('comes back, by a new launch, when a move to another patient was called off', async () => {
    mount('a');
    await until(() => Boolean(frame()));
    goTo('b');
    expect(says()).to.contain('gone to another patient');
    goTo('a');
    await until(() => Boolean(frame()));
    assert.equal(world.asked.length, 2);
  });

  it('shows nothing in a place that the shell has thrown away without a word', async () => {
    const view = mount('a');
    await until(() => Boolean(frame()));
    world.place.remove();
    goTo('b');
    goTo('a');
    await quiet(60);
    assert.equal(world.asked.length, 1);
    view.close();
  });

  it('hears its own frame alone, tells it whom the chart shows, and leads to dashboards that are set', async () => {
    mount('a');
    await until(() => Boolean(frame()?.contentWindow));
    const peer = await openPeer(frame());
    peer.say({ type: 'open-chart', payload: { section: 'allergies' }, id: 'too-early' });
    peer.say({ type: 'hello', payload: {}, id: 'h1', epoch: 0 });
    await until(() => peer.heard.some(({ type }) => type === 'env'));
    const [context] = peer.heard;
    expect(context).to.deep.include({ type: 'context', re: 'h1', launchId: 'l1' });
    expect(context?.payload).to.deep.include({ patient: { birthDate: '1950-01-02' } });
    const epoch = context?.epoch ?? 0;
    window.postMessage({ corridor: 1, id: 'x', launchId: 'l1', epoch, type: 'close', payload: {} }, location.origin);
    peer.say({ type: 'open-chart', payload: { section: 'allergies' }, id: 'old', epoch: epoch - 1 });
    peer.say({ type: 'open-chart', payload: { section: 'problems' }, id: 'unset', epoch });
    peer.say({ type: 'open-chart', payload: { section: 'toString' }, id: 'inherited', epoch });
    peer.say({ type: 'open-chart', payload: { section: 'allergies' }, id: 'good', epoch });
    await until(() => peer.heard.some(({ re }) => re === 'good'));
    const replies = peer.heard.filter(({ type }) => type === 'reply').map(({ re, payload }) => [re, payload['status']]);
    assert.deepEqual(replies, [
      ['unset', 'unsupported'],
      ['inherited', 'unsupported'],
      ['good', 'opened'],
    ]);
    assert.deepEqual(world.visited, ['/openmrs/spa/patient/a/chart/allergies']);
    expect(says()).to.contain('Opening');
    peer.say({ type: 'ack', payload: { of: epoch, result: 'shown' }, id: 'painted', epoch });
    await until(() => says() === '');
  });

  it('uses a number of an epoch once, in all views of the page', async () => {
    const epochs: number[] = [];
    for (const patient of ['a', 'b', 'a']) {
      goTo(patient);
      const view = mount(patient);
      await until(() => Boolean(frame()?.contentWindow));
      const peer = await openPeer(frame());
      peer.say({ type: 'hello', payload: {}, id: 'h', epoch: 0 });
      await until(() => peer.heard.length > 0);
      epochs.push(peer.heard[0]?.epoch ?? NaN);
      view.close();
    }
    assert.equal(new Set(epochs).size, 3);
    assert.deepEqual(
      [...epochs].sort((one, other) => one - other),
      epochs,
    );
  });

  it('says all of its words in Welsh too, and every setting has a description', () => {
    const [en, cy] = [wordsFor('en_GB'), wordsFor('cy_GB')];
    for (const name of Object.keys(en) as (keyof typeof en)[]) assert.notEqual(en[name], cy[name], name);
    expect(JSON.stringify(configSchema).match(/_description/g)?.length).to.equal(6);
    expect(MODULE_NAME.replace(/[/\-@]/g, '_')).to.equal('_corridor_esm_shared_record_app');
  });
});

type Message = {
  readonly type: string;
  readonly re?: string;
  readonly launchId: string;
  readonly epoch: number;
  readonly payload: Record<string, unknown>;
};

/** The launcher's page in the frame: the address answers with nothing here, so the test speaks from its window. */
async function openPeer(element: HTMLIFrameElement | null | undefined) {
  const inner = element?.contentWindow;
  if (!element || !inner) throw new Error('no frame');
  const heard: Message[] = [];
  // Its page may have come before anybody could listen for it: what counts is that it is there.
  await until(() => inner.location.href === element.src && inner.document.readyState === 'complete');
  inner.addEventListener('message', ({ data }: MessageEvent<Message>) => void heard.push(data));
  const script = inner.document.createElement('script');
  script.textContent = 'window.say = (message) => parent.postMessage(message, location.origin);';
  inner.document.documentElement.append(script);
  const { say } = inner as unknown as { say(message: object): void };
  return {
    heard,
    say: (message: object) => say({ corridor: 1, launchId: 'l1', epoch: 0, ...message }),
  };
}
