import type { OdsCode, OrganisationKind } from '../../src/record/source.ts';
import type { Community } from '../trust/community.ts';

/**
 * Kinds whose mere number would tell something of a person: that there is mental-health, end-of-life or private care, or
 * a social worker. They are never counted outside the record, so that with and without them the answer is the same.
 */
const NEVER_COUNTED: ReadonlySet<OrganisationKind> = new Set<OrganisationKind>([
  'commissioner',
  'mental-health',
  'hospice',
  'council',
  'home-care',
  'independent-hospital',
]);

/** Of those who hold a record, the other organisations that may be told of before any record is opened: an agreement of today joins them. */
export function countableHolders(
  holders: readonly OdsCode[],
  asker: OdsCode,
  day: string,
  { pathways, member }: Pick<Community, 'pathways' | 'member'>,
): number {
  const joined = pathways.filter(
    ({ askers, from, to }) =>
      askers.includes(asker) && (from === undefined || from <= day) && (to === undefined || day <= to),
  );
  const countable = holders.filter((ods) => {
    const kind = member(ods)?.kind;
    return (
      ods !== asker &&
      kind !== undefined &&
      !NEVER_COUNTED.has(kind) &&
      joined.some(({ givers }) => givers.includes(ods))
    );
  });
  return new Set(countable).size;
}
