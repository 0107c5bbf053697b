import { assert } from '@open-wc/testing';
import { host } from '../../../plugins/smart-launch/host.ts';
import { hostPortContract, type HostPeer } from '../../contracts/host-port.contract.ts';

/** An EPR that speaks SMART Web Messaging 1.0: it answers the handshake, and has no word for a change of patient. */
function ehr(frame: Window): HostPeer {
  window.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => {
    if (data['messageType'] !== 'status.handshake') return;
    frame.postMessage({ messageId: 'e1', responseToMessageId: data['messageId'], payload: {} }, location.origin);
  });
  const nothing = (): void => undefined;
  return { acks: [], ready: nothing, change: nothing, closing: nothing, lost: nothing };
}

hostPortContract('smart-launch', {
  host,
  open: (frame) => ({
    peer: ehr(frame),
    given: { origins: [location.origin], settings: { handle: 'h1', origin: location.origin } },
  }),
});

describe('the EPR’s scratchpad over SMART Web Messaging', () => {
  const draft = { resourceType: 'ServiceRequest', status: 'draft' };
  const open = (
    scratchpad?: readonly string[],
  ): { port: ReturnType<typeof host.create>; heard: Record<string, unknown>[]; close(): void } => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow;
    if (!inner) throw new Error('no window');
    const heard: Record<string, unknown>[] = [];
    const listen = ({ data }: MessageEvent<Record<string, unknown>>): void => {
      if (data['messagingHandle'] !== 'h-pad') return;
      heard.push(data);
      const payload = { status: '201 Created', location: 'ServiceRequest/d1' };
      const answer = { messageId: 'e1', responseToMessageId: data['messageId'], payload };
      // An answer to another message, and one after it to ours.
      inner.postMessage({ ...answer, responseToMessageId: 'another' }, location.origin);
      inner.postMessage(answer, location.origin);
    };
    window.addEventListener('message', listen);
    const settings = { handle: 'h-pad', origin: location.origin, ...(scratchpad && { scratchpad }) };
    const request = (): Promise<Response> => Promise.reject(new TypeError('no network in this test'));
    const port = host.create(inner, { launchId: 'l', origins: [location.origin], settings, request });
    const close = (): void => {
      window.removeEventListener('message', listen);
      port.disconnect();
      frame.remove();
    };
    return { port, heard, close };
  };

  it('is not there where the launch granted none', () => {
    const { port, close } = open();
    assert.isFalse(port.capabilities.has('scratchpad'));
    assert.isUndefined(port.scratchpad);
    close();
  });

  it('asks nothing that was not granted, and puts a draft there where it was', async () => {
    const { port, heard, close } = open(['create']);
    assert.isTrue(port.capabilities.has('scratchpad'));
    assert.isFalse(await port.scratchpad?.delete('ServiceRequest/d1'));
    assert.deepEqual(heard, []);
    assert.equal(await port.scratchpad?.create(draft), 'ServiceRequest/d1');
    assert.deepInclude(heard[0], { messageType: 'scratchpad.create', payload: { resource: draft } });
    close();
  });
});
