import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { CorridorError } from '../errors.ts';

/** Where a thing stands in the spool; the same place is the same thing, however often it is handed in. */
export type SpoolPlace = string;

/**
 * A local file for what can't be written to the store, in an emergency that the policy lets go on (safety H26). Each
 * thing is on disk (fsync) before `append` resolves; each line is sealed, and bound to its place and to the line before.
 */
export type Spool = {
  append(items: readonly unknown[]): Promise<void>;
  /** How many things wait to be handed in. */
  waiting(): number;
  /** Hands everything in, in order, then empties the file. `write` must bear being given the same place twice. */
  drain(write: (item: unknown, place: SpoolPlace) => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

export type SpoolDeps = {
  readonly file: string;
  readonly seal: (purpose: string, value: unknown) => string;
  /** Throws when the text was changed or sealed for another place. */
  readonly open: (purpose: string, sealed: string) => unknown;
  readonly maxBytes?: number;
};

/** Somebody changed, took out or added a line. The file is left as it is, for a person to look at. */
export class SpoolBroken extends Error {
  readonly line: number;
  constructor(line: number, options?: ErrorOptions) {
    super(`the audit spool is not as it was written, from line ${String(line)} on`, options);
    this.name = 'SpoolBroken';
    this.line = line;
  }
}

type Held = { id: string; size: number; last: string; items: { readonly item: unknown; readonly place: SpoolPlace }[] };

const MOST_BYTES = 16_777_216;

export async function openSpool(deps: SpoolDeps): Promise<Spool> {
  const handle = await open(deps.file, 'a+', 0o600);
  let held: Held;
  try {
    held = await readHeld(handle, deps);
  } catch (cause) {
    await handle.close();
    throw cause;
  }
  // One after the other: a line names the line before it.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    append: (items) => inTurn(() => appendTo(held, items, handle, deps)),
    waiting: () => held.items.length,
    drain: async (write) => {
      for (let done = 0; held.items.length > 0;) {
        for (; done < held.items.length; done++) {
          const one = held.items[done];
          if (one) await write(one.item, one.place);
        }
        await inTurn(async () => {
          // What came meanwhile is handed in by the next round.
          if (done === held.items.length) held = await empty(handle);
        });
      }
    },
    close: () => inTurn(() => handle.close()),
  };
}

async function appendTo(held: Held, items: readonly unknown[], handle: FileHandle, deps: SpoolDeps): Promise<void> {
  const added: Held['items'] = [];
  let { last } = held;
  let text = held.size === 0 ? headOf(held.id) : '';
  for (const item of items) {
    const place = `${held.id}|${String(held.items.length + added.length)}`;
    const line = `${deps.seal(purposeOf(place, last), item)}\n`;
    last = hashOf(line);
    text += line;
    added.push({ item, place });
  }
  const bytes = Buffer.byteLength(text);
  if (held.size + bytes > (deps.maxBytes ?? MOST_BYTES))
    throw new CorridorError('audit.unavailable', 'the spool is full');
  try {
    await handle.appendFile(text);
    await handle.sync();
  } catch (cause) {
    // Half a line may stand there now: it is taken away again, or nothing more is taken.
    await handle.truncate(held.size);
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code';
    throw new CorridorError('audit.unavailable', `the spool could not be written (${code})`);
  }
  held.size += bytes;
  held.last = last;
  held.items.push(...added);
}

async function empty(handle: FileHandle): Promise<Held> {
  await handle.truncate(0);
  await handle.sync();
  return fresh();
}

function fresh(): Held {
  return { id: randomUUID(), size: 0, last: '', items: [] };
}

/** A last line without its end was never acknowledged (a kill in the middle of writing): it is cut off. */
async function readHeld(handle: FileHandle, deps: SpoolDeps): Promise<Held> {
  const text = await handle.readFile('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head = '', ...lines] = whole.split('\n').slice(0, -1);
  const id = /^corridor-spool 1 ([0-9a-f-]{36})$/.exec(head)?.[1];
  if (whole === '' || id === undefined) {
    if (whole !== '') throw new SpoolBroken(1);
    return empty(handle);
  }
  const items: Held['items'] = [];
  let last = '';
  for (const line of lines) {
    const place = `${id}|${String(items.length)}`;
    items.push({ item: opened(place, last, line, items.length + 2, deps), place });
    last = hashOf(`${line}\n`);
  }
  const size = Buffer.byteLength(whole);
  await handle.truncate(size);
  return { id, size, last, items };
}

function opened(place: SpoolPlace, last: string, line: string, number: number, deps: SpoolDeps): unknown {
  try {
    return deps.open(purposeOf(place, last), line);
  } catch (cause) {
    throw new SpoolBroken(number, { cause });
  }
}

function headOf(id: string): string {
  return `corridor-spool 1 ${id}\n`;
}

function purposeOf(place: SpoolPlace, last: string): string {
  return `audit-spool|${place}|${last}`;
}

function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('base64url');
}
