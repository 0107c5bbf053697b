import type { Resource } from '../resource.ts';
import { kindOfFlag } from './alert-kind.ts';
import { legalKindOf } from './legal-kinds.ts';
import { isEndOfLife } from './resuscitation.ts';

/** A Flag that stands under safeguarding, individual requirements, legal information or end of life care. */
export function hasOtherHome(flag: Resource): boolean {
  const kind = kindOfFlag(flag);
  const own = kind === 'safeguarding' || kind === 'reasonable-adjustment';
  return own || isEndOfLife(flag) || legalKindOf(flag) !== undefined;
}
