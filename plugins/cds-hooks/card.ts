import { randomUUID } from 'node:crypto';
import type { PluginMember, RouterTools } from '../router-face.ts';
import type { HookRequest } from './hook-request.ts';
import type { CdsSettings } from './manifest.ts';

export type Card = {
  readonly uuid: string;
  readonly summary: string;
  readonly indicator: 'info';
  readonly source: { readonly label: string };
  readonly links: readonly {
    readonly label: string;
    readonly url: string;
    readonly type: 'smart';
    readonly appContext?: string;
  }[];
};

/**
 * The card: the same words for everybody, and a number only where the community's agreement lets it be told. No clinical
 * content, no name of an organisation; nothing differs by whether somebody has something to hide.
 */
export function cardFor(count: number | undefined, { counts, view }: CdsSettings, { launcherUrl }: RouterTools): Card {
  return {
    uuid: randomUUID(),
    summary: summaryOf(count, counts),
    indicator: 'info',
    source: { label: 'Corridor' },
    links: [
      {
        label: 'Open the shared record',
        url: `${launcherUrl}/launch`,
        type: 'smart',
        ...(view !== undefined && { appContext: JSON.stringify({ view }) }),
      },
    ],
  };
}

/** Nobody known and not allowed to tell read the same: that there is nothing is never said here. */
function summaryOf(count: number | undefined, counts: CdsSettings['counts']): string {
  if (count === undefined || count === 0 || counts === 'never')
    return 'See what other organisations hold about this patient';
  if (counts === 'whether') return 'Other organisations hold records of this patient';
  return count === 1
    ? '1 other organisation holds a record of this patient'
    : `${String(count)} other organisations hold records of this patient`;
}

/** What may be told, in its time; later than that it is not told. Of a person whose whereabouts are protected, nothing. */
export async function countFor(
  { nhsNumber, isRestricted }: HookRequest,
  member: PluginMember,
  tools: RouterTools,
): Promise<number | undefined> {
  const { counts, countMs } = member.settings as CdsSettings;
  if (counts === 'never' || isRestricted || nhsNumber === undefined) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), countMs);
  });
  try {
    // A locator that fails costs the card its number and nothing else.
    return await Promise.race([tools.countHolders(member, nhsNumber).catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
