import { hash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Manifest } from './manifest.ts';
import { openForPatient } from './patient-seal.ts';
import type { DocumentManifest } from './seen-document.ts';

/** Why a view can't be shown again. */
export class NotReplayable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NotReplayable';
  }
}

/** The lines or the document as they were sent, byte for byte; absent when only the manifest was kept. */
export type Replayed =
  | { readonly manifest: Manifest; readonly lines?: string }
  | { readonly manifest: DocumentManifest; readonly document?: Buffer };

export type ReplayDeps = {
  findView(viewId: string): Promise<{ keyId: string; manifest: string; payload?: string } | undefined>;
  findKey(id: string): Promise<{ sealed?: string; destroyedAt?: string } | undefined>;
  openKey(purpose: string, sealed: string): unknown;
  /** Hash of the manifest, as the audit's tree has it. */
  hashInAudit(viewId: string): Promise<string | undefined>;
};

const MOST_BYTES = 1_073_741_824;

/** Rebuilds exactly what a view showed, and proves it against the audit; whatever does not agree ends it with a reason. */
export async function replay(viewId: string, deps: ReplayDeps): Promise<Replayed> {
  const view = await deps.findView(viewId);
  if (!view) throw new NotReplayable('Nothing is kept of this view: there is none of this name, or its time is over.');
  const key = await openKey(view.keyId, deps);
  const text = inflate(openSealed(key, `manifest|${viewId}`, view.manifest)).toString('utf8');
  if (hash('sha256', text, 'base64') !== (await deps.hashInAudit(viewId)))
    throw new NotReplayable('The manifest is not the one whose hash is in the audit: do not rely on it.');
  const manifest = JSON.parse(text) as Manifest | DocumentManifest;
  const bytes = view.payload === undefined ? undefined : inflate(openSealed(key, `payload|${viewId}`, view.payload));
  if (bytes && hash('sha256', bytes, 'base64') !== manifest.sha256)
    throw new NotReplayable('The copy is not what was shown: its hash differs from the manifest’s.');
  if ('document' in manifest) return { manifest, ...(bytes && { document: bytes }) };
  return { manifest, ...(bytes && { lines: bytes.toString('utf8') }) };
}

async function openKey(id: string, deps: ReplayDeps): Promise<Buffer> {
  const row = await deps.findKey(id);
  if (row?.sealed === undefined)
    throw new NotReplayable(
      `What this view showed was erased${row?.destroyedAt === undefined ? '' : ` on ${row.destroyedAt}`}: its key is destroyed.`,
    );
  try {
    return Buffer.from(String(deps.openKey(`patient-key|${id}`, row.sealed)), 'base64');
  } catch (cause) {
    throw new NotReplayable('The key of this view can’t be opened: set the CORRIDOR_SEAL_KEYS it was sealed under.', {
      cause,
    });
  }
}

function openSealed(key: Buffer, place: string, text: string): Buffer {
  try {
    return openForPatient(key, place, text);
  } catch (cause) {
    throw new NotReplayable('The sealed copy was changed, or is another view’s.', { cause });
  }
}

function inflate(bytes: Buffer): Buffer {
  return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES });
}
