/** Pictures over time: fetched when somebody asks for one, and by nobody else (`src/app/picture-parts.ts`). */
export { CorridorTimeline } from './corridor-timeline/corridor-timeline.ts';
