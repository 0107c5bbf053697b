import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import type { AddressBookEntry } from '../../src/messages/thread.ts';
import { openView } from '../support/plain-browser.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 'free', launcher: { logTo: { write: () => undefined } } });
});
afterAll(async () => {
  await sandbox.close();
});

it('an address book opened from a chart says when teams take messages whose own EPR says so, and of no other', async () => {
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch('XB101', 'hero'));
  let entries: readonly AddressBookEntry[] = [];
  const look = async (): Promise<readonly string[]> => {
    const answer = await fetch(`${sandbox.launcherUrl}/api/messages/addresses`, {
      headers: { authorization: `Bearer ${session}` },
    });
    ({ entries } = (await answer.json()) as { entries: readonly AddressBookEntry[] });
    // Of a team, and of the people who are named in it: the book may know of them by then.
    const told = entries.filter(({ availability }) => availability !== undefined);
    return [...new Set(told.map(({ address }) => address.split('/').slice(0, 2).join('/')))].toSorted();
  };
  // The first look does not wait long for an EPR that takes its time; the next has what it said meanwhile.
  await expect
    .poll(look, { timeout: 30_000, interval: 500 })
    .toEqual([
      'XB001/duty',
      'XB001/prescribing',
      'XB101/pharmacy',
      'XB101/ward',
      'XB201/coordination',
      'XB201/nursing',
      'XB401/adults',
    ]);
  const of = (address: string) => entries.find((entry) => entry.address === address)?.availability;
  expect(of('XB001/duty')?.times).toEqual([
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: { from: '08:00', to: '18:30' } },
  ]);
  expect(of('XB201/nursing')?.times).toEqual([{ days: [], allDay: true }]);
  expect(entries.some(({ address }) => address === 'XB002/duty')).toBe(true);
  expect(of('XB002/duty')).toBeUndefined();
});
