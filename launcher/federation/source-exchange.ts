import { request as send, type Dispatcher } from 'undici';
import { SourceTrouble, type SourceRequest, type SourceResponse } from '../../plugins/plugin.ts';
import { checkDepth, decodeText, readBytes } from './source-body.ts';
import type { Permits, ReaderRoom } from './reader-room.ts';
import type { Turns } from './turns.ts';

export type ExchangeLimits = {
  /** Time to the head of an answer, longest silence within it, and time for the whole of it. */
  readonly headerMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bytes: number;
  readonly jsonDepth: number;
};

export type Exchange = {
  readonly url: URL;
  readonly request: SourceRequest;
  readonly headers: { readonly [name: string]: string };
  readonly dispatcher: Dispatcher;
  readonly limits: ExchangeLimits;
  /** Making text of a body, and what the plugin makes of it at once, is done in turns. */
  readonly turns: Turns;
  /** While the reader is behind no body is read, and one that was read stays the bytes it came in. */
  readonly room?: ReaderRoom | undefined;
  /** Bodies of one source that are in memory at once. */
  readonly bodies: Permits;
};

/** Of a body that waits, this much lies in our memory and the rest with the source. */
const WAITING_BYTES = 16_384;

/** A body that is read in less time than a turn takes needs none: most types of most sources are empty. */
const SMALL_BYTES = 4_096;

/**
 * Sends one request and waits for the head of the answer; the body is read by whoever asked, under the same clocks.
 * Whatever goes wrong comes out as `SourceTrouble`, save the reader's own leaving.
 */
export async function exchange(
  { url, request, headers, dispatcher, limits, turns, room, bodies }: Exchange,
  outer: AbortSignal,
): Promise<SourceResponse> {
  const clocks = startClocks(limits, outer);
  try {
    const method = request.method;
    const answer = await send(url, {
      method,
      headers,
      body: request.form?.toString() ?? (request.json === undefined ? null : JSON.stringify(request.json)),
      dispatcher,
      signal: clocks.signal,
      highWaterMark: WAITING_BYTES,
    });
    clocks.touch();
    return responseOf(answer, limits, clocks, { turns, room, bodies }, outer);
  } catch (error) {
    clocks.stop();
    throw troubleOf(error, clocks, outer);
  }
}

type Body = Dispatcher.ResponseData['body'];

function responseOf(
  answer: Dispatcher.ResponseData,
  limits: ExchangeLimits,
  clocks: Clocks,
  { turns, room, bodies }: Pick<Exchange, 'turns' | 'room' | 'bodies'>,
  outer: AbortSignal,
): SourceResponse {
  const { statusCode: status, headers } = answer;
  // Let go of once it is read: with it undici holds the 64 kB that its head came in, and a text may wait long for its turn.
  let unread: Body | undefined = answer.body;
  // An error of a body nobody reads any more is nobody's; one that is read is seen by its reader.
  unread.on('error', () => undefined);
  const header = (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
  const bytes = async (): Promise<Buffer> => {
    const body = unread;
    unread = undefined;
    try {
      if (!body) throw new SourceTrouble('source.invalid_answer', 'its body was read before');
      return await readBytes(body, header('content-encoding'), limits.bytes, () => clocks.touch());
    } catch (error) {
      throw troubleOf(error, clocks, outer);
    } finally {
      clocks.stop();
    }
  };
  /** The source has answered: what it waits for now is us. */
  const held = async <T>(wait: () => Promise<T>): Promise<T> => {
    clocks.hold();
    try {
      return await wait();
    } finally {
      clocks.go();
    }
  };
  const untilTurn = async (): Promise<void> => {
    do {
      await room?.untilFree(outer);
      await turns.next(outer);
      // Whoever had the turn before may have filled it.
    } while (room?.free === false && !outer.aborted);
  };
  const text = async (): Promise<string> => {
    const done = await held(async () => {
      await room?.untilFree(outer);
      return bodies.take(outer);
    });
    try {
      const whole = await bytes();
      if (whole.length > SMALL_BYTES) await untilTurn();
      checkDepth(whole, limits.jsonDepth);
      return decodeText(whole);
    } finally {
      done();
    }
  };
  const discard = async (): Promise<void> => {
    // Reading a short rest keeps the connection; when that fails the connection is simply not kept.
    await unread?.dump({ limit: 16_384, signal: clocks.signal }).catch(() => undefined);
    clocks.stop();
  };
  return { status, header, bytes, text, discard };
}

type Clocks = {
  readonly signal: AbortSignal;
  readonly ranOut: boolean;
  touch(): void;
  hold(): void;
  go(): void;
  stop(): void;
};

/** undici's own timeouts are coarse; these are exact and end the body too. Before the first `touch` the head is awaited. */
function startClocks(limits: ExchangeLimits, outer: AbortSignal): Clocks {
  const own = new AbortController();
  let ranOut = false;
  const runOut = (): void => {
    ranOut = true;
    own.abort(new SourceTrouble('source.timeout', 'no answer in time'));
  };
  // By hand: a combined signal for each request costs more than the request's own work.
  const leave = (): void => own.abort(outer.reason);
  if (outer.aborted) leave();
  else outer.addEventListener('abort', leave, { once: true });
  let leftMs = limits.totalMs;
  let since = performance.now();
  let total = setTimeout(runOut, leftMs);
  let silence = setTimeout(runOut, limits.headerMs);
  let inBody = false;
  return {
    signal: own.signal,
    get ranOut() {
      return ranOut;
    },
    touch: () => {
      if (inBody) {
        silence.refresh();
        return;
      }
      inBody = true;
      clearTimeout(silence);
      silence = setTimeout(runOut, limits.idleMs);
    },
    hold: () => {
      leftMs -= performance.now() - since;
      clearTimeout(total);
      clearTimeout(silence);
    },
    go: () => {
      since = performance.now();
      if (own.signal.aborted) return;
      total = setTimeout(runOut, Math.max(leftMs, 0));
      silence = setTimeout(runOut, limits.idleMs);
    },
    stop: () => {
      clearTimeout(total);
      clearTimeout(silence);
      outer.removeEventListener('abort', leave);
    },
  };
}

/** Network trouble by its code alone: messages of the platform may hold addresses. */
function troubleOf(error: unknown, clocks: Clocks, outer: AbortSignal): unknown {
  if (outer.aborted) return error;
  if (error instanceof SourceTrouble) return error;
  if (clocks.ranOut) return new SourceTrouble('source.timeout', 'no answer in time');
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  const corrupt = code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('ERR_BROTLI');
  return new SourceTrouble(corrupt ? 'source.invalid_answer' : 'source.unavailable', `network: ${code}`);
}
