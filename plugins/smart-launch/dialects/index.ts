import type { Dialect } from './dialect.ts';
import { generic } from './generic.ts';

export const DIALECTS: readonly Dialect[] = [generic];

export function dialectOf(id: string | undefined): Dialect {
  return DIALECTS.find((dialect) => dialect.id === id) ?? generic;
}
