import type { HostPatient } from '../../../plugins/host-port.ts';
import type { HostPeer } from '../../contracts/host-port.contract.ts';

type Said = {
  readonly id: string;
  readonly launchId: string;
  readonly type: string;
  readonly payload: Record<string, unknown>;
};

/**
 * A host page that speaks the envelope, written from docs/plugins.md and from nothing else. `hear` takes the page's
 * messages, `say` sends one: by postMessage, a web view's bridge, whatever the plugin uses.
 */
export function envelopePeer(
  hear: (receive: (message: unknown) => void) => void,
  say: (message: object) => void,
): HostPeer {
  const acks: { epoch: number; result: string }[] = [];
  let epoch = 1;
  let launchId = '';
  let count = 0;
  let patient: HostPatient | null | undefined;
  const send = (type: string, payload: object, re?: string): void =>
    say({
      corridor: 1,
      id: `host-${String(++count)}`,
      launchId,
      epoch,
      type,
      payload,
      ...(re !== undefined && { re }),
    });
  hear((raw) => {
    const message = raw as Said;
    // Plugin code runs in the test's own window here, so every frame's messages come from it: the first hello tells whose.
    if (message.type === 'hello') launchId ||= message.launchId;
    if (message.launchId !== launchId) return;
    if (message.type === 'hello') send('context', { patient, assertedAt: new Date().toISOString() }, message.id);
    if (message.type === 'ack')
      acks.push({ epoch: Number(message.payload['of']), result: String(message.payload['result']) });
  });
  return {
    acks,
    ready: (open) => (patient = open),
    change: ({ epoch: said, ...context }) => {
      epoch = said ?? epoch + 1;
      send('change', { assertedAt: new Date().toISOString(), ...context });
    },
    closing: () => send('closing', {}),
    lost: (reason) => send('lost', { reason }),
  };
}

/** The same over postMessage: the test's page is the parent of the frame. */
export function postMessagePeer(frame: Window): HostPeer {
  return envelopePeer(
    (receive) =>
      window.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown> | null>) => {
        if (data?.['corridor'] === 1 && String(data['id']).startsWith('host-') === false) receive(data);
      }),
    (message) => frame.postMessage(message, location.origin),
  );
}
