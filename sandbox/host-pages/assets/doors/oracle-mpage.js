// An MPage: the Consumer of the real xfc holds the frame, as PowerChart's own container does.
import { Consumer } from '/vendor/xfc.js';

let frame;

export function fill(place, { url }) {
  clear();
  place.replaceChildren();
  Consumer.init();
  frame = Consumer.mount(place, url, {
    // This pretend chart keeps its panel as high as the window; a view without a height of its own grows instead.
    resizeConfig: { fixedHeight: '100%', scrolling: true },
    iframeAttrs: { id: 'shared-record-frame', title: 'Shared record' },
  });
}

export function clear() {
  frame?.unmount();
  frame = undefined;
}
