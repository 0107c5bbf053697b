import { assert } from '@open-wc/testing';
import { host } from '../../../plugins/native-webview/host.ts';
import type { HostGiven } from '../../../plugins/host-port.ts';
import { ANNE, hostPortContract } from '../../contracts/host-port.contract.ts';
import {
  cefControl,
  playedControl,
  qtControl,
  webKitControl,
  webView2Control,
  type Control,
} from '../../support/browser/controls.ts';
import { nativePeer } from '../../support/browser/native-peer.ts';
import { until } from '../../support/browser/until.ts';

const CONTROLS: { readonly [name: string]: (frame: Window) => Control } = {
  webview2: webView2Control,
  cef: cefControl,
  qt: qtControl,
  webkitgtk: webKitControl,
};

for (const [name, dress] of Object.entries(CONTROLS))
  hostPortContract(`native-webview in ${name}`, {
    host,
    open: (frame) => ({ peer: nativePeer(dress(frame)), given: { origins: [], settings: { bridge: name } } }),
  });

hostPortContract('native-webview played by the page around it', {
  host,
  open: (frame) => ({
    peer: nativePeer(playedControl(frame)),
    given: { origins: [location.origin], settings: { bridge: 'webview2', simulated: true } },
  }),
});

describe('a native control', () => {
  const frames: HTMLIFrameElement[] = [];
  const openFrame = (): Window => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frames.push(frame);
    if (!frame.contentWindow) throw new Error('no window');
    return frame.contentWindow;
  };
  const given = (settings: object = {}): HostGiven => ({
    launchId: 'l1',
    origins: [],
    settings: settings as HostGiven['settings'],
    request: () => Promise.reject(new TypeError('no network in this test')),
  });
  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('is not there in a browser, nor where another engine was named', () => {
    assert.isFalse(host.detect(openFrame(), given()));
    const window = openFrame();
    webView2Control(window);
    assert.isFalse(host.detect(window, given({ bridge: 'cef' })));
    assert.isTrue(host.detect(window, given()));
  });

  it('is played by nobody unless the launch says so, by no other origin, and not where a real one is', async () => {
    assert.isFalse(host.detect(openFrame(), given({ bridge: 'webview2' })));
    const window = openFrame();
    const elsewhere = { ...given({ bridge: 'webview2', simulated: true }), origins: ['https://elsewhere.invalid'] };
    const peer = nativePeer(playedControl(window));
    peer.ready(ANNE.context.patient);
    const port = host.create(window, elsewhere);
    const ended = await port.connect(AbortSignal.timeout(300)).then(
      () => 'answered',
      () => 'silent',
    );
    assert.equal(ended, 'silent');
    port.disconnect();
  });

  it('is not heard with the words meant for the page before: another nonce, or none', async () => {
    const window = openFrame();
    const control = webView2Control(window);
    const heard: Record<string, unknown>[] = [];
    control.hear((message) => heard.push(message as Record<string, unknown>));
    const port = host.create(window, given());
    const answer = port.connect(AbortSignal.timeout(400)).then(
      () => 'answered',
      () => 'silent',
    );
    await until(() => heard.length > 0, 'hello');
    const [hello] = heard;
    const context = {
      corridor: 1,
      id: 'h1',
      re: hello?.['id'],
      launchId: 'l1',
      epoch: 1,
      type: 'context',
      payload: { patient: ANNE.context.patient, assertedAt: new Date().toISOString() },
    };
    const native = 'n'.repeat(22);
    control.say(context);
    control.say({ ...context, page: 'p'.repeat(22), native });
    control.say({ ...context, page: hello?.['page'] });
    control.say({ ...context, page: hello?.['page'], native: 'short' });
    assert.equal(await answer, 'silent');
    port.disconnect();
  });

  it('keeps to the nonce of its first answer, and says both from then on', async () => {
    const window = openFrame();
    const control = webView2Control(window);
    const heard: Record<string, unknown>[] = [];
    control.hear((message) => heard.push(message as Record<string, unknown>));
    const port = host.create(window, given());
    const signals: string[] = [];
    port.onContext(({ type }) => void signals.push(type));
    const connected = port.connect(AbortSignal.timeout(20_000));
    await until(() => heard.length > 0, 'hello');
    const page = heard[0]?.['page'];
    const [native, other] = ['n'.repeat(22), 'm'.repeat(22)];
    const base = { corridor: 1, launchId: 'l1', epoch: 1, page };
    const payload = { patient: ANNE.context.patient, assertedAt: new Date().toISOString() };
    control.say({ ...base, id: 'h1', re: heard[0]?.['id'], type: 'context', payload, native });
    await connected;
    control.say({ ...base, id: 'h2', type: 'closing', payload: {}, native: other });
    assert.deepEqual(signals, []);
    control.say({ ...base, id: 'h3', type: 'closing', payload: {}, native });
    assert.deepEqual(signals, ['closing']);
    await port.ack(1, 'shown');
    await until(() => heard.at(-1)?.['type'] === 'ack', 'the answer');
    assert.deepInclude(heard.at(-1), { type: 'ack', page, native });
    port.disconnect();
  });

  it('that lets go of its query is a lost context', async () => {
    const window = openFrame();
    const control = cefControl(window);
    const peer = nativePeer(control);
    peer.ready(ANNE.context.patient);
    const port = host.create(window, given());
    const signals: object[] = [];
    port.onContext((signal) => void signals.push(signal));
    await port.connect(AbortSignal.timeout(20_000));
    control.letGo();
    assert.deepEqual(signals, [{ type: 'lost', epoch: 1, reason: 'host-gone' }]);
    port.disconnect();
  });
});
