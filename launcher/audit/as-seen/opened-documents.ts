import { asObject } from '../../../src/record/resource.ts';

/** The columns of an audit event that say what was opened when. */
export type LookEvent = {
  readonly sequence: number;
  readonly type: string;
  readonly at: string;
  readonly launch_id: string | null;
  readonly view_id: string | null;
  readonly detail: string | null;
};

/** One document that was opened from a view: `viewId` is that of its own opening, by which it is replayed. */
export type DocumentOpening = { readonly viewId: string; readonly at: string };

const MOST_EVENTS = 100_000;

/**
 * The documents that were opened from one view of a record: those of its launch, until the record was read anew. A
 * source that was asked again belongs to the view that is on the screen.
 */
export async function openedDocuments(
  viewId: string,
  load: (filter: {
    viewId?: string;
    launchId?: string;
    type?: string;
    after?: number;
    limit: number;
  }) => Promise<readonly LookEvent[]>,
): Promise<readonly DocumentOpening[]> {
  const [viewed] = await load({ viewId, type: 'record.viewed', limit: 1 });
  if (!viewed || viewed.launch_id === null) return [];
  const after = { launchId: viewed.launch_id, after: viewed.sequence, limit: MOST_EVENTS };
  const [next] = (await load({ ...after, type: 'record.viewed' })).filter((event) => !isAgain(event));
  const opened = await load({ ...after, type: 'document.viewed' });
  return opened
    .filter(({ sequence }) => next === undefined || sequence < next.sequence)
    .flatMap(({ view_id, at }) => (view_id === null ? [] : [{ viewId: view_id, at }]));
}

function isAgain({ detail }: LookEvent): boolean {
  return detail !== null && asObject(JSON.parse(detail))?.['again'] === true;
}
