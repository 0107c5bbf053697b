import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import { SourceTrouble, type SourceDocument, type SourceResponse } from '../plugin.ts';
import { isJson } from './adapt.ts';
import type { Talk } from './source.ts';

/** Inline documents are part of a page already read; this only keeps the decoded copy within reason. */
const MAX_INLINE_CHARACTERS = 16 * 1024 * 1024;

/**
 * The bytes of the first attachment that this source itself holds: inline, or a Binary under its base. Any other
 * address is never fetched (smart.md 5 #77): `null`, "held elsewhere".
 */
export async function fetchDocument(
  reference: Resource,
  talk: Talk,
  signal: AbortSignal,
): Promise<SourceDocument | null> {
  for (const attachment of attachmentsOf(reference)) {
    const inline = readInline(attachment);
    if (inline) return inline;
    const id = binaryId(asString(attachment['url']), talk.base);
    if (id !== undefined) return fetchBinary(id, asString(attachment['contentType']), talk, signal);
  }
  return null;
}

/** DocumentReference.content.attachment; a DiagnosticReport carries its letter in presentedForm. */
function attachmentsOf(reference: Resource): readonly Json[] {
  const contents = asObjects(reference['content'])
    .map((content) => asObject(content['attachment']))
    .filter((attachment) => attachment !== undefined);
  return [...contents, ...asObjects(reference['presentedForm'])];
}

function readInline(element: Json): SourceDocument | undefined {
  const data = asString(element['data']);
  if (data === undefined) return undefined;
  if (data.length > MAX_INLINE_CHARACTERS)
    throw new SourceTrouble('source.too_large', 'inline attachment is over the limit');
  const bytes = Buffer.from(data, 'base64');
  return { contentType: asString(element['contentType']) ?? 'application/octet-stream', bytes };
}

/** The id in `Binary/<id>`, relative or under the base. */
export function binaryId(url: string | undefined, base: string): string | undefined {
  const local = url?.startsWith(`${base}/`) ? url.slice(base.length + 1) : url;
  return local === undefined
    ? undefined
    : /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(local)?.[1]?.replace(/^\.+$/, '') || undefined;
}

async function fetchBinary(
  id: string,
  type: string | undefined,
  talk: Talk,
  signal: AbortSignal,
): Promise<SourceDocument | null> {
  const wanted = type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : '*/*';
  const accept = `${wanted}, application/fhir+json;q=0.5`;
  const response = await talk.tools.fetch({ url: `${talk.base}/Binary/${id}`, method: 'GET', accept }, signal);
  if (response.status === 200) return readBinary(response, type);
  await response.discard?.();
  if (response.status === 404 || response.status === 410) return null;
  const code =
    response.status === 403 ? 'source.withheld' : response.status === 401 ? 'source.auth' : 'source.unavailable';
  throw new SourceTrouble(code, `Binary was answered with ${response.status}`);
}

/** A server gives either the bytes themselves or the Binary resource around them (FHIR R4 §2.44.1). */
async function readBinary(response: SourceResponse, type: string | undefined): Promise<SourceDocument | null> {
  const contentType = response.header('content-type');
  if (!isJson(contentType))
    return { contentType: contentType ?? type ?? 'application/octet-stream', bytes: await response.bytes() };
  const resource = parseBinary(await response.text());
  return resource ? (readInline(resource) ?? null) : null;
}

function parseBinary(text: string): Resource | undefined {
  let value: unknown;
  try {
    value = parseFhirJson(text);
  } catch (cause) {
    throw new SourceTrouble('source.invalid_answer', 'Binary is not JSON', { cause });
  }
  return isResource(value) && value.resourceType === 'Binary' ? value : undefined;
}
