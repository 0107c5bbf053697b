import { createServer, type IncomingMessage, type Server } from 'node:http';
import { asObject, type Json } from '../../../src/record/resource.ts';
import type { Ask } from './openmrs.ts';
import type { VoucherSettings } from './settings.ts';
import { vouch, type VouchAnswer } from './vouch.ts';

const ASK_MS = 8_000;
const LONGEST_QUESTION = 1_024;
const LONGEST_ANSWER = 1_048_576;

/** POST /launch of a page of O3, by the site's proxy: its answer is a launch, or a code. It keeps nothing and logs only codes. */
export function createVoucher(
  settings: VoucherSettings,
  log: (code: string) => void,
  ask: Ask = askOver(fetch),
): Server {
  const server = createServer((request, response) => {
    void answer(request, settings, ask)
      .catch((): VouchAnswer => ({ status: 502, error: 'voucher.unreached' }))
      .then(({ status, ...said }) => {
        if ('error' in said) log(said.error);
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(said));
      });
  });
  server.requestTimeout = ASK_MS;
  server.headersTimeout = ASK_MS;
  server.maxConnections = 200;
  return server;
}

async function answer(request: IncomingMessage, settings: VoucherSettings, ask: Ask): Promise<VouchAnswer> {
  const { method, url, headers } = request;
  if (method !== 'POST' || url !== '/launch') return { status: 404, error: 'request.not_found' };
  // A page of another site may post here with the user's cookie; only O3's own page is one whose script may read the answer.
  const site = headers['sec-fetch-site'];
  if (headers.origin !== settings.origin || (site !== undefined && site !== 'same-origin'))
    return { status: 403, error: 'request.origin' };
  if (headers['content-type'] !== 'application/json') return { status: 400, error: 'request.invalid' };
  const said = parse(await textOf(request));
  return vouch({ cookies: headers.cookie ?? '', patient: said?.['patient'] }, settings, ask);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) {
    text += String(piece);
    if (text.length > LONGEST_QUESTION) return '';
  }
  return text;
}

/** No redirect is followed, nothing waits for long, nothing is read without end. */
function askOver(send: typeof fetch): Ask {
  return async (address, init) => {
    const response = await send(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(ASK_MS) });
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece as Uint8Array, { stream: true });
      if (text.length > LONGEST_ANSWER) throw new Error('an answer without end');
    }
    return { status: response.status, json: parse(text) };
  };
}

function parse(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Not JSON: nothing was said.
    return undefined;
  }
}
