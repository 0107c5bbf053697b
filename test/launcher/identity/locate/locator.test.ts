import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandles, handleText, parseHandle } from '../../../../launcher/identity/locate/handle.ts';
import { createLocatorStore, type LocatorStore } from '../../../../launcher/identity/locate/locator-store.ts';
import { openLocator, type Locator } from '../../../../launcher/identity/locate/locator.ts';
import { PointerIndex } from '../../../../launcher/identity/locate/pointer-index.ts';
import type { Database } from '../../../../launcher/storage/database.ts';
import { migrate } from '../../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../../launcher/storage/sqlite.ts';
import type { NhsNumber } from '../../../../src/record/nhs-number.ts';
import type { OdsCode } from '../../../../src/record/source.ts';

const DAY_MS = 86_400_000;
const key = new Uint8Array(32).fill(1);
const organisations = Array.from({ length: 150 }, (_unused, index) => `XB${String(index).padStart(3, '0')}` as OdsCode);
const [FIRST, , , OTHER] = organisations as [OdsCode, OdsCode, OdsCode, OdsCode];
const LAST = organisations[149] as OdsCode;
const ann = '9990000018' as NhsNumber;
const bob = '9990000026' as NhsNumber;

let database: Database;
let store: LocatorStore;
let clock: number;
let open: Locator[];

const start = async (): Promise<Locator> => {
  const locator = await openLocator({
    store,
    key,
    organisations,
    now: () => clock,
    everyMs: 20,
    learntDays: 30,
    onFailure: (error) => {
      throw error;
    },
  });
  open.push(locator);
  return locator;
};

beforeEach(async () => {
  [clock, open] = [Date.now(), []];
  database = openSqlite({ file: ':memory:', busyMs: 1_000 });
  await migrate(database);
  store = createLocatorStore(database);
});
afterEach(async () => {
  for (const locator of open) await locator.stop();
  await database.close();
});

describe('an organisation', () => {
  it('does not speak by one pointer, nor when it has not said for weeks that it named everybody', async () => {
    const locator = await start();
    await locator.push(FIRST, [{ nhsNumber: ann, untilMs: clock + 90 * DAY_MS }]);
    expect(locator.speaks(FIRST)).toBe(false);
    await locator.push(FIRST, [], true);
    clock += 36 * DAY_MS;
    expect((await start()).speaks(FIRST)).toBe(false);
  });

  it('speaks once it has said that these are all, at every launcher and after a restart, and for nobody else', async () => {
    const [one, two] = [await start(), await start()];
    await one.push(FIRST, [{ nhsNumber: ann, untilMs: clock + DAY_MS }], true);
    expect([one.speaks(FIRST), one.speaks(OTHER)]).toEqual([true, false]);
    await expect.poll(() => two.speaks(FIRST)).toBe(true);
    expect((await start()).speaks(FIRST)).toBe(true);
    expect(await one.find(ann)).toEqual([FIRST]);
  });
});

describe('the locator', () => {
  it('knows nothing of somebody nobody has spoken of, which is another thing than nobody holding them', async () => {
    const locator = await start();
    expect(await locator.find(ann)).toBeUndefined();
    await locator.push(FIRST, [{ nhsNumber: ann, untilMs: clock + DAY_MS }]);
    await locator.push(FIRST, [{ nhsNumber: ann, gone: true }]);
    expect(await locator.find(ann)).toEqual([]);
  });

  it('refuses the word of an organisation that is no member', async () => {
    const locator = await start();
    await expect(locator.learn('ZZ999' as OdsCode, ann)).rejects.toThrow('not an organisation');
  });

  it('keeps no NHS number, and nothing that can be worked out without the key', async () => {
    const locator = await start();
    await locator.push(FIRST, [{ nhsNumber: ann, untilMs: clock + DAY_MS }]);
    const rows = await database.queries.selectFrom('locator_residents').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(ann);
    expect(rows[0]?.handle).toBe(handleText(createHandles(key)(ann)));
    expect(rows[0]?.handle).not.toBe(handleText(createHandles(new Uint8Array(32).fill(2))(ann)));
  });

  it('joins what organisations push and what was learnt from answers, and stays filled after a restart', async () => {
    const locator = await start();
    await locator.push(LAST, [
      { nhsNumber: ann, untilMs: clock + DAY_MS },
      { nhsNumber: bob, untilMs: clock + DAY_MS },
    ]);
    await locator.learn(FIRST, ann);
    expect(await locator.find(ann)).toEqual([FIRST, LAST]);
    const again = await start();
    expect([again.known(ann), again.known(bob), again.size.residents]).toEqual([[FIRST, LAST], [LAST], 2]);
  });

  it('forgets a pointer when its day is over, in memory that is filled anew and in the store', async () => {
    const locator = await start();
    await locator.push(FIRST, [{ nhsNumber: ann, untilMs: clock + DAY_MS }]);
    await locator.push(OTHER, [{ nhsNumber: ann, untilMs: clock + 40 * DAY_MS }]);
    clock += 3 * DAY_MS;
    expect((await start()).known(ann)).toEqual([OTHER]);
    await expect.poll(() => store.find(handleText(createHandles(key)(ann)))).not.toContain(',');
    await expect.poll(() => locator.known(ann)).toEqual([OTHER]);
  });

  it('shows another launcher’s word within a second, and at once to whoever asks for somebody new', async () => {
    const [one, other] = [await start(), await start()];
    await one.push(FIRST, [{ nhsNumber: ann, untilMs: clock + DAY_MS }]);
    expect(await other.find(ann)).toEqual([FIRST]);
    await one.push(OTHER, [{ nhsNumber: ann, untilMs: clock + DAY_MS }]);
    await expect.poll(() => other.known(ann)).toEqual([FIRST, OTHER]);
  });
});

describe('the index in memory', () => {
  it('gives for each of many residents exactly what was set last, whatever the order and however it grew', () => {
    const index = new PointerIndex(150);
    // More than one block of rows; handles as even as a hash makes them, in the order in which the store gives them.
    const handles = Array.from({ length: 70_000 }, (_unused, count) => ({
      high: Math.imul(count + 1, 0x9e3779b1) >>> 0,
      low: Math.imul(count + 1, 0x85ebca6b) >>> 0,
    })).sort((a, b) => a.high - b.high);
    for (const [count, handle] of handles.entries()) index.set(handle, [count % 150]);
    for (const [count, handle] of handles.entries()) if (count % 3 === 0) index.set(handle, [(count * 7) % 149, 149]);
    const wrong = handles.filter((handle, count) => {
      const wanted = count % 3 === 0 ? [(count * 7) % 149, 149] : [count % 150];
      return index.find(handle)?.join() !== wanted.join();
    });
    expect(wrong).toEqual([]);
    expect(index.size).toBe(70_000);
    expect(index.find({ high: 1, low: 1 })).toBeUndefined();
  });

  it('names a resident by the HMAC that node would make', () => {
    for (const size of [0, 16, 32, 64]) {
      const secret = new Uint8Array(size).fill(0xa5);
      const wanted = createHmac('sha256', secret).update(ann).digest('hex').slice(0, 16);
      expect(handleText(createHandles(secret)(ann))).toBe(wanted);
    }
  });

  it('reads back the handle that is written, with all its zeros', () => {
    const handle = { high: 10, low: 0xffff_ffff };
    expect(handleText(handle)).toBe('0000000affffffff');
    expect(parseHandle(handleText(handle))).toEqual(handle);
  });
});
