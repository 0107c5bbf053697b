import { parseEnvelope, type Envelope } from '../../host-wire.ts';
import type { HostPatient } from '../../host-port.ts';
import { asString, type Json } from '../../../src/record/resource.ts';

export type FrameOptions = {
  readonly address: URL;
  readonly title: string;
  readonly locale: string;
  /** The number of this context; never used twice in a page. */
  readonly epoch: number;
  /** Whom the chart shows; left out when it does not say. */
  readonly patient: HostPatient | undefined;
  /** The record stands on the screen. */
  shown(): void;
  /** Nothing has been heard within the time a launch takes. */
  silent(): void;
  openChart(section: string): boolean;
  close(): void;
};

const SILENT_MS = 30_000;
/** It runs scripts, signs in and opens documents; it may not lead the chart away. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads allow-modals';

export type RecordFrame = { readonly element: HTMLIFrameElement; remove(): void };

/** The record in a frame of the launcher's origin: the messages of the contract, one patient, one epoch, and then no more. */
export function recordFrame(options: FrameOptions): RecordFrame {
  const element = document.createElement('iframe');
  const { address, epoch, patient, locale } = options;
  let launchId: string | undefined;
  let count = 0;
  const say = (type: string, payload: Json, re?: string): void => {
    const id = `o3-${String(epoch)}-${String(++count)}`;
    const message: Envelope = {
      corridor: 1,
      id,
      launchId: launchId ?? '',
      epoch,
      type,
      payload,
      ...(re !== undefined && { re }),
    };
    element.contentWindow?.postMessage(message, address.origin);
  };
  const silence = setTimeout(() => options.silent(), SILENT_MS);
  const hear = ({ source, origin, data }: MessageEvent): void => {
    if (source === null || source !== element.contentWindow || origin !== address.origin) return;
    const message = parseEnvelope(data);
    if (!message) return;
    // One document, one launch: what greets again is another.
    if (message.type === 'hello' && launchId === undefined) {
      clearTimeout(silence);
      ({ launchId } = message);
      say('context', { assertedAt: new Date().toISOString(), ...(patient && { patient }) }, message.id);
      say('env', { locale });
    } else if (message.launchId === launchId && message.epoch === epoch) take(message);
  };
  const take = ({ type, id, payload }: Envelope): void => {
    if (type === 'ack' && payload['of'] === epoch && payload['result'] === 'shown') options.shown();
    if (type === 'open-chart')
      say('reply', { status: options.openChart(asString(payload['section']) ?? '') ? 'opened' : 'unsupported' }, id);
    if (type === 'close') {
      say('reply', { status: 'success' }, id);
      options.close();
    }
  };
  addEventListener('message', hear);
  element.title = options.title;
  element.setAttribute('sandbox', SANDBOX);
  element.referrerPolicy = 'strict-origin';
  element.allow = '';
  element.src = address.href;
  return {
    element,
    remove: () => {
      clearTimeout(silence);
      removeEventListener('message', hear);
      element.remove();
    },
  };
}
