/** Everything a vendor's types may name, in one place: what the typed tags and components of the package import. */
export type * from '../index.ts';
export type * from '../components/picture-elements.ts';
export type * from '../components/message-elements.ts';
export type { TimelineOpenEvent } from '../components/corridor-timeline/timeline-open-event.ts';
