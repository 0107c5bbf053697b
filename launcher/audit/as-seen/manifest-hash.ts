import { asObject, asObjects } from '../../../src/record/resource.ts';

/** The manifest's hash as the AuditEvent of a view says it, from the text that is in the tree. */
export function readManifestHash(body: string): string | undefined {
  const trail = asObjects(asObject(JSON.parse(body))?.['extension']).find(
    ({ url }) => url === 'urn:corridor:audit-trail',
  );
  const detail = asObjects(trail?.['extension']).find(({ url }) => url === 'detail')?.['valueString'];
  const manifest = typeof detail === 'string' ? asObject(JSON.parse(detail))?.['manifest'] : undefined;
  return typeof manifest === 'string' ? manifest : undefined;
}
