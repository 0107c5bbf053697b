import { openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PAIRS, placeOfMessage } from './message-names.ts';

/** Which places of each conversation are there, and what was wrong with their coming. One bit a place: at most 16. */
export type Ledger = { readonly bits: Uint16Array; arrived: number; doubled: number; reordered: number };

export function newLedger(threads: number): Ledger {
  return { bits: new Uint16Array(threads), arrived: 0, doubled: 0, reordered: 0 };
}

/** Those who write in turn have an inbox each: places of one side are even, those of the other odd. */
const SIDES = [0x5555, 0xaaaa] as const;

/** Gives whether it is new. */
export function enter(ledger: Ledger, thread: number, place: number): boolean {
  const bit = 1 << place;
  const there = ledger.bits[thread] ?? 0;
  if ((there & bit) !== 0) return false;
  if ((there & (SIDES[place % 2] ?? 0)) >> place !== 0) ledger.reordered += 1;
  ledger.bits[thread] = there | bit;
  ledger.arrived += 1;
  return true;
}

type Place = { readonly thread: number; readonly place: number };

/** What is with the EPR stays with it, whatever becomes of the bench: each arrival in the order it came, four bytes. */
export function keepArrivals(file: string): { readonly before: readonly Place[]; note(arrival: Place): void } {
  const open = openSync(file, 'a+', 0o600);
  const bytes = readFileSync(file);
  const before = Array.from({ length: bytes.length >> 2 }, (_, at) => {
    const both = bytes.readUInt32LE(at * 4);
    return { thread: Math.floor(both / 16), place: both % 16 };
  });
  const four = Buffer.alloc(4);
  return {
    before,
    note: ({ thread, place }) => {
      four.writeUInt32LE(thread * 16 + place);
      writeSync(open, four);
    },
  };
}

export type Epr = {
  readonly base: string;
  readonly ledger: Ledger;
  /** What came over the wire, whatever of it was new. */
  readonly handed: () => number;
  close(): Promise<void>;
};

/**
 * The systems at the other end: FHIR messaging over HTTP, where a message that comes again under its id is answered again
 * and kept once, as the receiving side of the standard does (R4 §2.4). It lives on while launchers are killed.
 */
export async function startEpr(ledger: Ledger, onNew: (id: string, launcher: string) => void): Promise<Epr> {
  let handed = 0;
  const take = (path: string, text: string): string => {
    const { entry } = JSON.parse(text) as { entry: readonly { readonly resource: Header }[] };
    const header = entry[0]?.resource;
    const { thread, place } = placeOfMessage(header?.id ?? '');
    const inbox = `/${place % 2 === 0 ? 'surgery' : 'ward'}-${String(thread % PAIRS)}/`;
    if (!header || !(thread < ledger.bits.length) || !path.startsWith(inbox))
      throw new Error('no message of this bench, or not for this inbox');
    handed += 1;
    if (enter(ledger, thread, place)) onNew(header.id, header.source.endpoint);
    return header.id;
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    // Of one that is killed in the middle nothing was said that could be read.
    request.on('error', () => undefined);
    request.on('end', () => {
      try {
        const id = take(request.url ?? '', Buffer.concat(parts).toString('utf8'));
        response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(answerTo(id)));
      } catch (error) {
        console.error(error);
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ledger,
    handed: () => handed,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Header = { readonly id: string; readonly source: { readonly endpoint: string } };

function answerTo(id: string): object {
  const header = { resourceType: 'MessageHeader', response: { identifier: id, code: 'ok' } };
  return {
    resourceType: 'Bundle',
    type: 'message',
    timestamp: new Date().toISOString(),
    entry: [{ resource: header }],
  };
}
