// A portal that is a web page: <corridor-frame> of the vendor SDK, and a launch for which this portal's server vouches.
import '/vendor/corridor-frame.js';

let frame;

export function fill(place, { url, launch = '' }, host) {
  frame = document.createElement('corridor-frame');
  frame.id = 'shared-record-element';
  frame.src = url;
  if (launch !== '') frame.launch = launch;
  frame.addEventListener('corridor-close-ask', () => host.closePanel());
  frame.addEventListener('corridor-error', ({ code }) => host.say(new Error(`(${code})`)));
  place.replaceChildren(frame);
}

export function clear() {
  frame?.clearContext();
  frame = undefined;
}

/** The record of the patient before is off the screen in the same task; the next one comes by a launch of its own. */
export async function switchTo(address, host) {
  const wasOpen = frame !== undefined;
  clear();
  await host.swapChart(address);
  if (wasOpen) await host.openPanel();
}
