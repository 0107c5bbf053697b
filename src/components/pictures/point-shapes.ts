import type { SourceId } from '../../record/source.ts';

/** Outlines in a square from -1 to 1, one for an organisation: a shape, so that colour stays for meaning. */
const SHAPES = [
  'M0 -0.9A0.9 0.9 0 1 1 0 0.9A0.9 0.9 0 1 1 0 -0.9Z',
  'M-0.8 -0.8H0.8V0.8H-0.8Z',
  'M0 -1.1L1 0.75H-1Z',
  'M0 -1.15L1.15 0L0 1.15L-1.15 0Z',
  'M0 1.1L1 -0.75H-1Z',
  'M-0.55 -1H0.55L1.1 0L0.55 1H-0.55L-1.1 0Z',
  'M-0.35 -1.1H0.35V-0.35H1.1V0.35H0.35V1.1H-0.35V0.35H-1.1V-0.35H-0.35Z',
  'M-1 -0.5H1V0.5H-1Z',
  'M-0.5 -1H0.5V1H-0.5Z',
  'M-1 -0.8L1 0L-1 0.8Z',
] as const;

/** Each organisation's shape, the same in every chart of a view; past the last shape they come round again. */
export function shapesFor(sources: Iterable<SourceId>): ReadonlyMap<SourceId, string> {
  return new Map([...new Set(sources)].sort().map((id, index) => [id, SHAPES[index % SHAPES.length] ?? SHAPES[0]]));
}
