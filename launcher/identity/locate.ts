import type { NhsNumber } from '../../src/record/nhs-number.ts';
import { numbersOf } from '../../src/record/patient.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { PermittedRequest } from '../access/decision.ts';
import type { Community } from '../trust/community.ts';
import type { LocatedRequest } from './located-request.ts';

/** Everybody who is permitted, whatever the locator knows. */
export function locate(request: PermittedRequest): LocatedRequest {
  return { request, sources: [...request.permitted.keys()] } as unknown as LocatedRequest;
}

export type LocateDeps = {
  readonly community: Pick<Community, 'source' | 'locator'>;
  /** Organisations known to hold this person; `undefined` when nothing was ever said of them. */
  readonly find: (nhsNumber: NhsNumber) => Promise<readonly OdsCode[] | undefined>;
  /** Whether an organisation has lately said that it has named everybody it knows. */
  readonly speaks: (organisation: OdsCode) => boolean;
};

export type Locate = (request: PermittedRequest) => Promise<LocatedRequest>;

/**
 * Which of the permitted sources are asked. All of them, unless the community says `locator: pointers`; then those are
 * left out that push whom they know, have said that they have named everybody, and have not named this person. Never
 * left out: the home EPR, a source that pushes nothing or has not pushed all, anybody when nobody ever said anything of
 * this person, and one that the reader asks for by name.
 */
export function createLocate({ community, find, speaks }: LocateDeps): Locate {
  return async (request) => {
    const permitted = [...request.permitted.keys()];
    const { ask, session } = request;
    const everyone = community.locator !== 'pointers' || ask.kind === 'document' || ask.only !== undefined;
    const holders = everyone ? undefined : await holdersOf(numbersOf(session.context.patient), find);
    const isLeftOut = (id: SourceId): boolean => {
      const source = community.source(id);
      if (!holders || holders.length === 0 || !source?.pointers) return false;
      return source.ods !== session.context.home.ods && !holders.includes(source.ods) && speaks(source.ods);
    };
    const notAsked = permitted.filter(isLeftOut);
    const sources = permitted.filter((id) => !notAsked.includes(id));
    return { request, sources, ...(notAsked.length > 0 && { notAsked }) } as unknown as LocatedRequest;
  };
}

/** Under every number the person is known by; `undefined` when nothing was ever said of any. */
async function holdersOf(
  numbers: readonly NhsNumber[],
  find: LocateDeps['find'],
): Promise<readonly OdsCode[] | undefined> {
  const said = (await Promise.all(numbers.map((number) => find(number)))).filter((holders) => holders !== undefined);
  return said.length === 0 ? undefined : said.flat();
}
