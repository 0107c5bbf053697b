import { asObject, asString, type Json } from '../../../src/record/resource.ts';

/** JSON-RPC 2.0 with the frame around ours, as `xfc` (Apache-2.0, Cerner) speaks it by postMessage. */
export type FrameCalls = {
  /** To the origin that has answered; before one has, to each that is allowed. */
  notify(method: string, params: readonly unknown[]): void;
  /** Resolves with what the frame answers; rejects when it refuses, or has no such method, or is silent. */
  ask(method: string, signal: AbortSignal): Promise<unknown>;
  /** Calls of the frame. Returns nothing to it: none of them asks for an answer. */
  onCall(method: string, listener: (params: readonly unknown[]) => void): void;
  stop(): void;
};

/** Only the parent is listened to, and only from an allowed origin; the first that answers a question is kept to. */
export function frameCalls(ours: Window, origins: readonly string[]): FrameCalls {
  const { parent } = ours;
  const waiting = new Map<string, (message: Json) => void>();
  const listeners = new Map<string, (params: readonly unknown[]) => void>();
  let settled: string | undefined;
  const send = (message: object): void => {
    for (const origin of settled === undefined ? origins : [settled])
      parent.postMessage({ ...message, jsonrpc: '2.0' }, origin);
  };
  const onMessage = ({ source, origin, data }: MessageEvent): void => {
    if (source !== parent || !(settled === undefined ? origins.includes(origin) : origin === settled)) return;
    const message = asObject(data);
    if (message?.['jsonrpc'] !== '2.0') return;
    const resolve = waiting.get(asString(message['id']) ?? '');
    if (resolve && message['method'] === undefined) {
      settled ??= origin;
      return resolve(message);
    }
    // Nothing is done for a frame that has not said who it is.
    if (settled === undefined) return;
    const { params } = message;
    listeners.get(asString(message['method']) ?? '')?.(Array.isArray(params) ? params : []);
  };
  ours.addEventListener('message', onMessage);
  return {
    notify: (method, params) => send({ method, params }),
    ask: (method, signal) =>
      new Promise((resolve, reject) => {
        const id = crypto.randomUUID();
        const over = (): void => {
          waiting.delete(id);
          reject(new Error('host.silent'));
        };
        waiting.set(id, (message) => {
          waiting.delete(id);
          signal.removeEventListener('abort', over);
          if (message['error'] === undefined) resolve(message['result']);
          else reject(new Error('host.refused'));
        });
        signal.addEventListener('abort', over, { once: true });
        send({ id, method, params: [] });
      }),
    onCall: (method, listener) => void listeners.set(method, listener),
    stop: () => {
      ours.removeEventListener('message', onMessage);
      waiting.clear();
      listeners.clear();
    },
  };
}
