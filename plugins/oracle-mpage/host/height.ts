import { asObject } from '../../../src/record/resource.ts';
import type { FrameCalls } from './frame-calls.ts';

const MOST_PX = 50_000;

/**
 * An MPage gives its frame no scroll bar: the frame is as high as what is in it. `xfc` asks for it by `resize`, Oracle's
 * own container by the event `iframeCustomResizer`; before either has asked, nothing is said.
 */
export function followHeight(ours: Window, calls: FrameCalls): { say(heightPx?: number): void; stop(): void } {
  const { documentElement } = ours.document;
  let way: 'resize' | 'event' | undefined;
  let last = 0;
  const say = (heightPx = documentElement.offsetHeight): void => {
    const whole = Math.min(Math.ceil(heightPx), MOST_PX);
    if (way === undefined || whole === last || whole <= 0) return;
    last = whole;
    const height = `${String(whole)}px`;
    if (way === 'resize') calls.notify('resize', [height]);
    else calls.notify('event', ['iframeCustomResizer', { height }]);
  };
  const ask = (asked: 'resize' | 'event'): void => {
    way = asked;
    last = 0;
    say();
  };
  calls.onCall('resize', ([config]) => ask(asObject(config)?.['customCal'] === true ? 'event' : 'resize'));
  calls.onCall('event', ([name]) => {
    if (name === 'iframeCustomResizer') ask('event');
  });
  const observer = new ResizeObserver(() => say());
  observer.observe(documentElement);
  return { say, stop: () => observer.disconnect() };
}
