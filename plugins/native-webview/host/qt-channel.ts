import { asObject, asString } from '../../../src/record/resource.ts';
import type { Bridge } from './bridges.ts';

/** What Qt puts into the page: a wire. The words on it are those of Qt's own `qwebchannel.js`, of which four are needed. */
export type QtTransport = { send(text: string): void; onmessage: ((message: { data: string }) => void) | null };

const SIGNAL = 1;
const INIT = 3;
const IDLE = 4;
const INVOKE_METHOD = 6;
const CONNECT_TO_SIGNAL = 7;
const RESPONSE = 10;

const OBJECT = 'corridor';

/**
 * A `QWebChannel` with one registered object, `corridor`, that has a slot `post(QString)` and a signal
 * `message(QString)`. Nothing else that the host may have registered is touched.
 */
export function qtBridge(transport: QtTransport): Bridge {
  const early: string[] = [];
  let post: number | undefined;
  let signal: number | undefined;
  let count = 0;
  const write = (message: object): void => transport.send(JSON.stringify(message));
  const invoke = (text: string): void =>
    write({ type: INVOKE_METHOD, object: OBJECT, method: post, args: [text], id: ++count });
  return {
    send: (text) => {
      if (post === undefined) early.push(text);
      else invoke(text);
    },
    listen: (receive, gone) => {
      const initId = ++count;
      transport.onmessage = ({ data }) => {
        const message = read(data);
        if (message?.['type'] === RESPONSE && message['id'] === initId && post === undefined) {
          const held = asObject(asObject(message['data'])?.[OBJECT]);
          post = indexOf(held?.['methods'], 'post');
          signal = indexOf(held?.['signals'], 'message');
          if (post === undefined || signal === undefined) return gone();
          write({ type: CONNECT_TO_SIGNAL, object: OBJECT, signal });
          write({ type: IDLE });
          for (const text of early.splice(0)) invoke(text);
        } else if (message?.['type'] === SIGNAL && message['object'] === OBJECT && message['signal'] === signal) {
          receive(listOf(message['args'])[0]);
        }
      };
      write({ type: INIT, id: initId });
      return () => (transport.onmessage = null);
    },
  };
}

/** `[["post", 5], ["post(QString)", 5]]`: names with the number they are called by. */
function indexOf(list: unknown, wanted: string): number | undefined {
  for (const entry of listOf(list)) {
    const [name, index] = listOf(entry);
    if (asString(name)?.replace(/\(.*$/s, '') === wanted && typeof index === 'number') return index;
  }
  return undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function read(text: string): ReturnType<typeof asObject> {
  try {
    return asObject(typeof text === 'string' ? JSON.parse(text) : text);
  } catch {
    // Not a word of the channel.
    return undefined;
  }
}
