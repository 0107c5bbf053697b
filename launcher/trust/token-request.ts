import type { Dispatcher } from 'undici';
import { fetch as undiciFetch } from 'undici';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { TokenRequest } from './backend-services.ts';

/**
 * Sends to token endpoints through the launcher's guarded connections: no redirect is followed (smart.md §5 row 28) and
 * no more than `maxBytes` are read.
 */
export function createTokenRequest(
  dispatchers: { readonly strict: Dispatcher; readonly loopback: Dispatcher },
  maxBytes: number,
): TokenRequest {
  return async ({ url, allowLoopbackHttp, headers, body, signal }) => {
    const dispatcher = allowLoopbackHttp ? dispatchers.loopback : dispatchers.strict;
    const answer = await undiciFetch(url, {
      method: 'POST',
      headers: { ...headers },
      body,
      redirect: 'manual',
      dispatcher,
      signal,
    });
    if (answer.status >= 300 && answer.status < 400) throw new SourceTrouble('source.auth', 'redirect');
    const chunks: Uint8Array[] = [];
    let total = 0;
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      total += chunk.byteLength;
      if (total > maxBytes) throw new SourceTrouble('source.auth', 'answer too large');
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks).toString('utf8') || null, {
      status: answer.status,
      headers: [...answer.headers],
    });
  };
}
