import { asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { SourceTrouble, type SourceDocument } from '../plugin.ts';
import { isJson, judge } from './answer.ts';
import type { Talk } from './source.ts';

/** Inline documents are part of an answer already read; this only keeps the decoded copy within reason. */
const MAX_INLINE_CHARACTERS = 16 * 1024 * 1024;
const BINARY = /^Binary\/([A-Za-z0-9\-.]{1,64})$/;

/**
 * The bytes of an attachment that this practice holds: inline, or a Binary under the source's base or the provider's own
 * address behind the proxy. Anything else (test systems send templates such as `{{request.baseUrl}}/…`) is never fetched.
 */
export async function fetchDocument(
  reference: Resource,
  talk: Talk,
  signal: AbortSignal,
): Promise<SourceDocument | null> {
  for (const attachment of asObjects(reference['content']).flatMap((one) => asObjects(one['attachment']))) {
    const type = asString(attachment['contentType']);
    const inline = decode(attachment['data'], type);
    if (inline) return inline;
    const id = binaryId(asString(attachment['url']), talk);
    if (id !== undefined) return fetchBinary(id, type, talk, signal);
  }
  return null;
}

function binaryId(url: string | undefined, { settings }: Talk): string | undefined {
  const bases = [settings.base, asString(settings['provider'])].flatMap((base) => base ?? []);
  const base = bases.find((one) => url?.startsWith(`${one}/`));
  const id = BINARY.exec(base === undefined ? (url ?? '') : (url ?? '').slice(base.length + 1))?.[1];
  return id !== undefined && /[^.]/.test(id) ? id : undefined;
}

async function fetchBinary(
  id: string,
  type: string | undefined,
  { settings, tools }: Talk,
  signal: AbortSignal,
): Promise<SourceDocument | null> {
  const request = { url: `${settings.base}/Binary/${id}`, method: 'GET', accept: 'application/fhir+json' } as const;
  const response = await tools.fetch(request, signal);
  const contentType = response.header('content-type');
  if (response.status === 200 && !isJson(contentType))
    return { contentType: contentType ?? type ?? 'application/octet-stream', bytes: await response.bytes() };
  const readable = isJson(contentType);
  if (!readable) await response.discard?.();
  if (response.status === 404 || response.status === 410) {
    if (readable) await response.discard?.();
    return null;
  }
  const answer = judge(response.status, readable, readable ? await response.text() : '');
  if (answer.kind === 'resource' && answer.resource.resourceType === 'Binary') return bytesOf(answer.resource) ?? null;
  throw new SourceTrouble(answer.kind === 'trouble' ? answer.code : 'source.invalid_answer', 'Binary was not given');
}

/** STU3 keeps the bytes in `content`, R4 in `data`. */
function bytesOf(binary: Json): SourceDocument | undefined {
  const type = asString(binary['contentType']);
  return decode(binary['content'], type) ?? decode(binary['data'], type);
}

function decode(value: unknown, contentType: string | undefined): SourceDocument | undefined {
  const data = asString(value);
  if (data === undefined) return undefined;
  if (data.length > MAX_INLINE_CHARACTERS)
    throw new SourceTrouble('source.too_large', 'inline attachment is over the limit');
  return { contentType: contentType ?? 'application/octet-stream', bytes: Buffer.from(data, 'base64') };
}
