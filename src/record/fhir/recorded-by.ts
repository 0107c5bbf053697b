import { asObjects, type Json, type Resource } from '../resource.ts';
import { plainText } from './text.ts';

/**
 * Another shared record passes on what others recorded. Who they are travels with each resource as a claim of the source
 * that was asked: it is shown as "says …" beside that source's name and never in its place (`Origin.onBehalfOf`).
 */
const RECORDED_BY = 'https://corridor.invalid/StructureDefinition/recorded-by';

export function withRecordedBy(resource: Resource, names: readonly string[]): Resource {
  if (names.length === 0) return resource;
  const extension: Json = { url: RECORDED_BY, valueString: names.join(', ') };
  return { ...resource, extension: [...asObjects(resource['extension']), extension] };
}

export function readRecordedBy(resource: Resource): string | undefined {
  const found = asObjects(resource['extension']).find(({ url }) => url === RECORDED_BY);
  return plainText(found?.['valueString']);
}
