import type { TimelineKind } from '../../record/timeline-kinds.ts';

/** The outline of a kind's mark, as commands of a path in a square from -1 to 1: one list for canvas and for the key. */
const CIRCLE = 'M0 -0.85A0.85 0.85 0 1 1 0 0.85A0.85 0.85 0 1 1 0 -0.85Z';
const SHAPES: Readonly<Record<TimelineKind, string>> = {
  admission: 'M-1 -0.5H1V0.5H-1Z',
  package: 'M-1 -0.5H1V0.5H-1Z',
  plan: 'M-1 -0.5H1V0.5H-1Z',
  goal: 'M0 -1L0.3 -0.35L1 -0.3L0.45 0.15L0.65 0.9L0 0.5L-0.65 0.9L-0.45 0.15L-1 -0.3L-0.3 -0.35Z',
  contact: CIRCLE,
  appointment: CIRCLE,
  discharge: 'M-0.9 -0.7H0.2L1 0L0.2 0.7H-0.9Z',
  referral: 'M-0.8 -0.9L1 0L-0.8 0.9Z',
  procedure: 'M-0.3 -1H0.3V-0.3H1V0.3H0.3V1H-0.3V0.3H-1V-0.3H-0.3Z',
  assessment: 'M-0.75 -0.75H0.75V0.75H-0.75Z',
  problem: 'M-0.7 -1V1H-0.4V0.2L0.9 -0.4L-0.4 -1Z',
  medicine: 'M0 -0.95L0.95 0.8H-0.95Z',
  'medicine-stopped': 'M0 0.95L0.95 -0.8H-0.95Z',
  vaccination: 'M-0.5 -0.95H0.5L1 0L0.5 0.95H-0.5L-1 0Z',
  result: 'M0 -1L1 0L0 1L-1 0Z',
  letter: 'M-1 -0.7H1V0.7H-1ZM-1 -0.7L0 0.15L1 -0.7',
};

export function shapeOf(kind: TimelineKind): string {
  return SHAPES[kind];
}
