import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentOpening } from '../audit/as-seen/opened-documents.ts';
import { NotReplayable, type Replayed } from '../audit/as-seen/replay.ts';

/** The bytes of a document as they were sent, or in words why there are none. */
export function documentBytes(replayed: Replayed): Buffer {
  if ('document' in replayed && replayed.document) return replayed.document;
  if (!('document' in replayed.manifest)) throw new NotReplayable('This is not the opening of a document.');
  const { document, sha256 } = replayed.manifest;
  throw new NotReplayable(
    `Of this document only the hash was kept, for copies were off or it is larger than audit.asSeenDocumentBytes: ` +
      `${String(document.bytes)} bytes of ${document.contentType}, ${document.reference} of ${document.source}. ` +
      `Whoever has the document can compare its SHA-256 (base64): ${sha256}`,
  );
}

/**
 * Says what documents were opened from a view, on standard error, and writes them into a folder when one is named. One
 * that cannot be rebuilt does not keep the others from it.
 */
export async function replayDocuments(
  opened: readonly DocumentOpening[],
  replay: (viewId: string) => Promise<Replayed>,
  folder: string | undefined,
): Promise<void> {
  if (folder !== undefined && opened.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { viewId, at } of opened)
    try {
      const line = await rebuild(viewId, await replay(viewId), folder);
      process.stderr.write(`${at} ${line}\n`);
    } catch (error) {
      if (!(error instanceof NotReplayable)) throw error;
      process.stderr.write(`${at} ${viewId}: ${error.message}\n`);
      if (folder !== undefined) process.exitCode = 1;
    }
}

async function rebuild(viewId: string, replayed: Replayed, folder: string | undefined): Promise<string> {
  const bytes = documentBytes(replayed);
  if (!('document' in replayed.manifest)) return viewId;
  const { source, reference, contentType, extension } = replayed.manifest.document;
  const what = `${viewId}: ${reference} of ${source}, ${String(bytes.length)} bytes of ${contentType}`;
  if (folder === undefined) return `${what}; corridor audit replay ${viewId}`;
  const file = join(folder, `${viewId}.${extension}`);
  await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
  return `${what} → ${file}`;
}
