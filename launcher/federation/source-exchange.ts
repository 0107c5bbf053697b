import { request as send, type Dispatcher } from 'undici';
import { SourceTrouble, type SourceRequest, type SourceResponse } from '../../plugins/plugin.ts';
import { checkDepth, decodeText, readBytes } from './source-body.ts';
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
};

/** A body that is read in less time than a turn takes needs none: most types of most sources are empty. */
const SMALL_BYTES = 4_096;

/**
 * Sends one request and waits for the head of the answer; the body is read by whoever asked, under the same clocks.
 * Whatever goes wrong comes out as `SourceTrouble`, save the reader's own leaving.
 */
export async function exchange(
  { url, request, headers, dispatcher, limits, turns }: Exchange,
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
    });
    clocks.touch();
    return responseOf(answer, limits, clocks, turns, outer);
  } catch (error) {
    clocks.stop();
    throw troubleOf(error, clocks, outer);
  }
}

function responseOf(
  answer: Dispatcher.ResponseData,
  limits: ExchangeLimits,
  clocks: Clocks,
  turns: Turns,
  outer: AbortSignal,
): SourceResponse {
  const { statusCode: status, headers, body } = answer;
  // An error of a body nobody reads any more is nobody's; one that is read is seen by its reader.
  body.on('error', () => undefined);
  const header = (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
  const bytes = async (): Promise<Buffer> => {
    try {
      return await readBytes(body, header('content-encoding'), limits.bytes, () => clocks.touch());
    } catch (error) {
      throw troubleOf(error, clocks, outer);
    } finally {
      clocks.stop();
    }
  };
  const text = async (): Promise<string> => {
    const whole = await bytes();
    if (whole.length > SMALL_BYTES) await turns.next(outer);
    checkDepth(whole, limits.jsonDepth);
    return decodeText(whole);
  };
  const discard = async (): Promise<void> => {
    // Reading a short rest keeps the connection; when that fails the connection is simply not kept.
    await body.dump({ limit: 16_384, signal: clocks.signal }).catch(() => undefined);
    clocks.stop();
  };
  return { status, header, bytes, text, discard };
}

type Clocks = { readonly signal: AbortSignal; readonly ranOut: boolean; touch(): void; stop(): void };

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
  const total = setTimeout(runOut, limits.totalMs);
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
