import { request } from 'undici';

export type EndpointLimits = { readonly deadlineMs: number; readonly maxBytes: number };

export type EndpointAnswer =
  | {
      readonly answered: true;
      readonly status: number;
      readonly json: { readonly [member: string]: unknown } | undefined;
    }
  | { readonly answered: false; readonly words: string };

/** One question to one configured address: no redirect, one deadline, a byte limit. What went wrong comes back as words. */
export async function askEndpoint(
  url: string,
  limits: EndpointLimits,
  form?: URLSearchParams,
): Promise<EndpointAnswer> {
  const signal = AbortSignal.timeout(limits.deadlineMs);
  try {
    const answer = await request(url, {
      method: form ? 'POST' : 'GET',
      headers: {
        accept: 'application/fhir+json, application/json',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { body: form.toString() }),
      signal,
    });
    const text = await readText(answer.body, limits.maxBytes);
    if (text === undefined) return { answered: false, words: `sends more than ${String(limits.maxBytes)} bytes` };
    return { answered: true, status: answer.statusCode, json: parseObject(text) };
  } catch (cause) {
    if (signal.aborted) return { answered: false, words: `did not answer within ${String(limits.deadlineMs)} ms` };
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no reason given';
    return { answered: false, words: `can’t be reached (${code})` };
  }
}

async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body) {
    total += chunk.byteLength;
    if (total > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): { readonly [member: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { [member: string]: unknown })
      : undefined;
  } catch {
    // Not JSON: the caller says so to the operator.
    return undefined;
  }
}
