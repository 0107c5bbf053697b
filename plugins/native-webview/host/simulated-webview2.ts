import { asObject } from '../../../src/record/resource.ts';
import type { WebView2 } from './bridges.ts';

/**
 * `chrome.webview` played by the page around a frame, for trials in a browser (`allowSimulated`): what the control would
 * carry goes by postMessage, to and from the origins that may frame the record. Everything above it is as in the control.
 */
export function simulatedWebView2(ours: Window, origins: readonly string[]): WebView2 | undefined {
  const { parent } = ours;
  if (parent === ours) return undefined;
  const played = new EventTarget();
  ours.addEventListener('message', ({ source, origin, data }: MessageEvent) => {
    const carried = asObject(data)?.['simulatedWebView2'];
    if (source !== parent || !origins.includes(origin) || carried === undefined) return;
    played.dispatchEvent(new MessageEvent('message', { data: carried }));
  });
  return Object.assign(played, {
    postMessage: (message: unknown): void => {
      for (const origin of origins) parent.postMessage({ simulatedWebView2: message }, origin);
    },
  });
}
