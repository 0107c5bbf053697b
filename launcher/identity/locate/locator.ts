import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { createHandles, handleText, parseHandle } from './handle.ts';
import type { LocatorStore, PointerChange } from './locator-store.ts';
import { PointerIndex } from './pointer-index.ts';
import { dayOf, organisationsIn } from './pointers.ts';

/** What an organisation says of one resident: it holds a record until a day, or no longer. */
export type PushedPointer =
  { readonly nhsNumber: NhsNumber; readonly untilMs: number } | { readonly nhsNumber: NhsNumber; readonly gone: true };

export type Locator = {
  /**
   * Organisations that are known to hold this person; `undefined` when nobody ever said anything of them, which is no
   * reason to ask nobody. Who is not in memory is looked for in the store: another launcher may just have learnt it.
   */
  find(nhsNumber: NhsNumber): Promise<readonly OdsCode[] | undefined>;
  /** The same from memory alone. */
  known(nhsNumber: NhsNumber): readonly OdsCode[] | undefined;
  /** `complete`: with these the organisation has named everybody it knows. */
  push(organisation: OdsCode, pointers: readonly PushedPointer[], complete?: boolean): Promise<void>;
  /** Whether it has lately said that it has named everybody: only of such a one does silence mean anything. */
  speaks(organisation: OdsCode): boolean;
  /** An organisation answered with a record of this person. */
  learn(organisation: OdsCode, nhsNumber: NhsNumber): Promise<void>;
  /** Residents in memory and the bytes they take. */
  readonly size: { readonly residents: number; readonly bytes: number };
  stop(): Promise<void>;
};

export type LocatorOptions = {
  readonly store: LocatorStore;
  /** 32 bytes; every launcher of the community has the same. */
  readonly key: Uint8Array;
  readonly organisations: readonly OdsCode[];
  readonly now: () => number;
  /** How often the store is asked what other launchers have learnt. */
  readonly everyMs: number;
  /** How long an answer is remembered. */
  readonly learntDays: number;
  readonly onFailure: (error: unknown) => void;
};

const PAGE = 20_000;
/** A page is a text of some hundred kilobytes: filling the memory leaves little behind. */
const ROWS_PER_PAGE = 5_000;
const CHANGES_AT_ONCE = 500;
/** A transaction that began earlier may end later: so far back is looked again. */
const OVERLAP_MS = 3_000;
const EXPIRE_EVERY_MS = 3_600_000;
/** Who has not said for so long that everybody is named is asked about everybody. */
const SPEAKS_DAYS = 35;

/** Fills the memory from the store, then follows its changes until stopped. */
export async function openLocator(options: LocatorOptions): Promise<Locator> {
  const { store, now } = options;
  const handleOf = createHandles(options.key);
  const numbers = await store.numbers(options.organisations);
  const names: OdsCode[] = [];
  for (const [ods, number] of numbers) names[number] = ods as OdsCode;
  let seenMs = (await store.clock()) - OVERLAP_MS;
  const index = await readAll(store, Math.max(1, names.length), dayOf(now()));
  let expiredMs = 0;
  let following: Promise<void> | undefined;
  const timer = setInterval(() => {
    following ??= follow()
      .catch(options.onFailure)
      .finally(() => (following = undefined));
  }, options.everyMs);
  timer.unref();

  return {
    known: (nhsNumber) => named(index.find(handleOf(nhsNumber))),
    find: async (nhsNumber) => {
      const handle = handleOf(nhsNumber);
      const found = named(index.find(handle));
      if (found) return found;
      const text = await store.find(handleText(handle));
      if (text === undefined) return undefined;
      take(handleText(handle), text);
      return named(index.find(handle));
    },
    push: async (organisation, pointers, complete = false) => {
      const number = numberOf(organisation);
      await change(pointers.map((pointer) => pushed(number, pointer, handleText(handleOf(pointer.nhsNumber)))));
      // After them all: before, somebody would be left out who was only not named yet.
      const untilDay = dayOf(now()) + SPEAKS_DAYS;
      const said = { organisation: number, untilDay, how: 'pushed' } as const;
      if (complete) await change([{ handle: handleText(handleOf(nameOf(organisation))), change: said }]);
    },
    speaks: (organisation) => {
      const number = numbers.get(organisation);
      return number !== undefined && index.find(handleOf(nameOf(organisation)))?.includes(number) === true;
    },
    learn: async (organisation, nhsNumber) => {
      const handle = handleOf(nhsNumber);
      const number = numberOf(organisation);
      // What is known is not written again with every view: the day moves on when it has half run out.
      if (index.find(handle)?.includes(number)) return;
      const untilDay = dayOf(now()) + options.learntDays;
      await change([{ handle: handleText(handle), change: { organisation: number, untilDay, how: 'answered' } }]);
    },
    get size() {
      return { residents: index.size, bytes: index.bytes };
    },
    stop: async () => {
      clearInterval(timer);
      await following;
    },
  };

  function numberOf(organisation: OdsCode): number {
    const number = numbers.get(organisation);
    if (number === undefined) throw new Error('not an organisation of this community');
    return number;
  }

  function named(found: readonly number[] | undefined): readonly OdsCode[] | undefined {
    return found?.flatMap((number) => names[number] ?? []);
  }

  function take(handle: string, pointers: string): void {
    index.set(parseHandle(handle), organisationsIn(pointers, dayOf(now())));
  }

  async function change(changes: readonly PointerChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += CHANGES_AT_ONCE)
      for (const { handle, pointers } of await store.change(changes.slice(start, start + CHANGES_AT_ONCE)))
        take(handle, pointers);
  }

  async function follow(): Promise<void> {
    // Read before the changes are: what is committed meanwhile is read next time.
    const clockMs = await store.clock();
    let since = { changedMs: seenMs, handle: '' };
    for (;;) {
      const rows = await store.changedSince(since, PAGE);
      for (const { handle, pointers } of rows) take(handle, pointers);
      since = rows.at(-1) ?? since;
      if (rows.length < PAGE) break;
    }
    seenMs = clockMs - OVERLAP_MS;
    if (now() - expiredMs < EXPIRE_EVERY_MS) return;
    if ((await store.expire(dayOf(now()), PAGE)) < PAGE) expiredMs = now();
  }
}

/** An organisation stands among the residents, as somebody with no NHS number: ten characters that are not all digits. */
function nameOf(organisation: OdsCode): NhsNumber {
  return organisation.toLowerCase().padEnd(10, '-') as string as NhsNumber;
}

function pushed(organisation: number, pointer: PushedPointer, handle: string): PointerChange {
  if ('gone' in pointer) return { handle, change: { organisation, gone: true } };
  return { handle, change: { organisation, untilDay: dayOf(pointer.untilMs), how: 'pushed' } };
}

async function readAll(store: LocatorStore, organisations: number, today: number): Promise<PointerIndex> {
  const index = new PointerIndex(organisations);
  for (let after = ''; ;) {
    const { text, last, rows } = await store.page(after, ROWS_PER_PAGE);
    readPage(text, index, today);
    if (rows < ROWS_PER_PAGE) return index;
    after = last;
  }
}

/** Sixteen digits, a space, the pointers, a line end: no part of it becomes a string of its own. */
function readPage(text: string, index: PointerIndex, today: number): void {
  const into: number[] = [];
  const handle = { high: 0, low: 0 };
  const place = { start: 0, end: 0, into };
  for (let at = 0; at < text.length; at = place.end + 1) {
    handle.high = hexAt(text, at);
    handle.low = hexAt(text, at + 8);
    const end = text.indexOf('\n', at + 17);
    place.start = at + 17;
    place.end = end < 0 ? text.length : end;
    index.set(handle, organisationsIn(text, today, place));
  }
}

function hexAt(text: string, start: number): number {
  let value = 0;
  for (let at = start; at < start + 8; at++) {
    const code = text.charCodeAt(at);
    value = value * 16 + (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return value;
}
