import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import type { HostContext, HostGiven, HostPort } from '../../host-port.ts';
import { scratchpadOf } from './scratchpad.ts';

const REPLY_MS = 5_000;

/** One answer of SMART Web Messaging 1.0 (§ Response). */
type Answer = { readonly payload: Json };

/**
 * SMART Web Messaging 1.0. It can close the panel, open an activity of the EPR and put drafts before its user; it has no message for a change of
 * context, so the launch stays bound by time (plugins.md, "Found in trials").
 */
export function createWebMessagingPort(ours: Window, given: HostGiven): HostPort {
  const handle = asString(given.settings['handle']) ?? '';
  const origin = asString(given.settings['origin']) ?? '';
  const ehr = ours.parent !== ours ? ours.parent : (ours.opener as Window | null);
  if (!ehr || handle === '' || !given.origins.includes(origin)) throw new Error('host.gone');
  const waiting = new Map<string, (answer: Answer) => void>();

  const onMessage = (event: MessageEvent): void => {
    if (event.source !== ehr || event.origin !== origin) return;
    const message = asObject(event.data);
    const resolve = waiting.get(asString(message?.['responseToMessageId']) ?? '');
    if (resolve) resolve({ payload: asObject(message?.['payload']) ?? {} });
  };
  ours.addEventListener('message', onMessage);

  const ask = (messageType: string, payload: Json, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const messageId = crypto.randomUUID();
      const over = (): void => {
        waiting.delete(messageId);
        reject(new Error('host.silent'));
      };
      waiting.set(messageId, (answer) => {
        waiting.delete(messageId);
        signal.removeEventListener('abort', over);
        resolve(answer);
      });
      signal.addEventListener('abort', over, { once: true });
      ehr.postMessage({ messagingHandle: handle, messageId, messageType, payload }, origin);
    });
  const said = async (messageType: string, payload: Json): Promise<Json | undefined> =>
    (await ask(messageType, payload, AbortSignal.timeout(REPLY_MS)).catch(() => undefined))?.payload;
  const done = async (messageType: string, payload: Json): Promise<boolean> =>
    (await said(messageType, payload))?.['status'] === 'success';
  const scratchpad = scratchpadOf(given.settings['scratchpad'], said);

  return {
    id: 'smart-launch',
    contract: 1,
    capabilities: new Set(['close', 'open-chart', ...(scratchpad ? (['scratchpad'] as const) : [])]),
    ...(scratchpad && { scratchpad }),
    async connect(signal): Promise<HostContext> {
      await ask('status.handshake', {}, AbortSignal.any([signal, AbortSignal.timeout(REPLY_MS)]));
      return { epoch: 0, launchId: given.launchId, evidence: 'smart-token', assertedAt: new Date().toISOString() };
    },
    onContext: () => () => undefined,
    ack: () => Promise.resolve(),
    ui: {
      resize: () => undefined,
      close: () => done('ui.done', {}),
      openChart: async ({ section }) => {
        const activity = ACTIVITIES[section];
        if (activity === undefined) return 'unsupported';
        const [activityType, activityParameters] = activity;
        return (await done('ui.launchActivity', { activityType, activityParameters })) ? 'opened' : 'denied';
      },
      banner: () => undefined,
    },
    env: { onEnv: () => () => undefined },
    error: () => undefined,
    disconnect: () => {
      ours.removeEventListener('message', onMessage);
      waiting.clear();
    },
  };
}

/** The activities of the SMART activity catalogue that stand beside a section of ours. */
const ACTIVITIES: { readonly [section: string]: readonly [string, Json] } = {
  problems: ['problem-review', {}],
  medications: ['order-review', {}],
  appointments: ['appointment-book', {}],
};
