import { describe, expect, it } from 'vitest';
import { TeamInView } from '../../../src/app/messaging/team-in-view.ts';
import type { InboxCounts } from '../../../src/messages/thread.ts';
import type { MessagesClient } from '../../../src/stream/messages-client.ts';

const COUNTS: InboxCounts = { unopened: 2, urgent: 0, overdue: 0, handovers: 1 };
const lost = (): Promise<never> => Promise.reject(new Error('lost'));

function viewOf(client: Partial<MessagesClient>): TeamInView {
  return new TeamInView({
    client: client as MessagesClient,
    nhsNumber: '9990000018',
    changed: () => undefined,
    here: () => undefined,
    act: lost,
  });
}

describe('how much waits for the team', () => {
  it('is marked as old when it could not be asked for anew, and no more when it could', async () => {
    let counts = (): Promise<InboxCounts> => Promise.resolve(COUNTS);
    const view = viewOf({ counts: () => counts() });
    await view.refresh();
    expect([view.counts, view.countsOld]).toEqual([COUNTS, false]);
    counts = lost;
    await view.refresh();
    expect([view.counts, view.countsOld]).toEqual([COUNTS, true]);
    counts = () => Promise.resolve(COUNTS);
    await view.refresh();
    expect(view.countsOld).toBe(false);
  });

  it('is not known where it never came', async () => {
    const view = viewOf({ counts: lost });
    await view.refresh();
    expect([view.counts, view.countsOld]).toEqual([undefined, true]);
  });

  it('is marked as old, too, when the list that bears it is shown and does not come', async () => {
    const view = viewOf({ counts: () => Promise.resolve(COUNTS), inbox: lost, handovers: lost });
    await view.refresh();
    view.shown = true;
    await view.refresh();
    expect([view.counts, view.countsOld, view.standing]).toEqual([COUNTS, true, 'failed']);
  });
});
