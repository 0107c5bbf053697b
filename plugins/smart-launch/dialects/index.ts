import { altera } from './altera.ts';
import type { Dialect } from './dialect.ts';
import { emisWeb, emisX } from './emis.ts';
import { epic } from './epic.ts';
import { generic } from './generic.ts';
import { meditech } from './meditech.ts';
import { medplum } from './medplum.ts';
import { openemr } from './openemr.ts';
import { oracle } from './oracle.ts';

export const DIALECTS: readonly Dialect[] = [generic, epic, oracle, emisX, emisWeb, openemr, medplum, meditech, altera];

export function dialectOf(id: string | undefined): Dialect {
  return DIALECTS.find((dialect) => dialect.id === id) ?? generic;
}
