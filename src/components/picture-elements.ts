/** Pictures over time, and medicines side by side: fetched when somebody asks for one, and by nobody else (`src/app/picture-parts.ts`). */
export { CorridorChart } from './corridor-chart/corridor-chart.ts';
export { CorridorCumulative } from './corridor-cumulative/corridor-cumulative.ts';
export { CorridorReconciliation } from './corridor-reconciliation/corridor-reconciliation.ts';
export { CorridorTimelineStage } from './corridor-timeline/corridor-timeline-stage.ts';
export { CorridorTimeline } from './corridor-timeline/corridor-timeline.ts';
