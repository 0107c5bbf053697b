import { hash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { sealForPatient } from './patient-seal.ts';

/** One document as it is about to be sent; `viewId` is that of its own opening, as its audit event has it. */
export type OpenedDocument = {
  readonly viewId: string;
  readonly nhsNumber: string;
  readonly source: string;
  readonly reference: string;
  readonly part?: number;
  /** What the bytes were sent as. */
  readonly contentType: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
};

/** What was sent, without its bytes. Its hash stands in the audit event of the opening. */
export type DocumentManifest = {
  readonly version: 1;
  readonly view: string;
  readonly salt: string;
  /** SHA-256 (base64) of the bytes. */
  readonly sha256: string;
  readonly document: Omit<OpenedDocument, 'viewId' | 'nhsNumber' | 'bytes'> & { readonly bytes: number };
};

/** Hash of the manifest, for the audit, and whether the bytes are kept with it. */
export type KeptDocument = { readonly manifest: string; readonly copy: boolean };

/** Sealed under its patient's key, so that it goes when that key does. More than `most` bytes are not kept. */
export async function sealDocument(
  { viewId, nhsNumber: _nhsNumber, bytes, ...about }: OpenedDocument,
  key: Uint8Array,
  most: number,
): Promise<{ readonly sealed: { readonly manifest: string; readonly payload?: string }; readonly kept: KeptDocument }> {
  const manifest = {
    version: 1,
    view: viewId,
    salt: randomBytes(16).toString('base64'),
    sha256: hash('sha256', bytes, 'base64'),
    document: { ...about, bytes: bytes.length },
  } as const satisfies DocumentManifest;
  const text = JSON.stringify(manifest);
  const copy = bytes.length <= most;
  return {
    sealed: {
      manifest: sealForPatient(key, `manifest|${viewId}`, await deflated(Buffer.from(text))),
      ...(copy && { payload: sealForPatient(key, `payload|${viewId}`, await deflated(bytes)) }),
    },
    kept: { manifest: hash('sha256', text, 'base64'), copy },
  };
}

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);

function deflated(bytes: Uint8Array): Promise<Buffer> {
  return deflate(bytes, { level: 1 });
}
