import type { TimelineItem } from '../../record/timeline.ts';

/** The reader opens what is under a mark. It neither bubbles nor leaves the timeline: it holds what is opened. */
export class TimelineOpenEvent extends Event {
  readonly items: readonly TimelineItem[];
  constructor(items: readonly TimelineItem[]) {
    super('corridor-timeline-open');
    this.items = items;
  }
}

declare global {
  interface HTMLElementEventMap {
    'corridor-timeline-open': TimelineOpenEvent;
  }
}
