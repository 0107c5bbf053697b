import { hash, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, createDeflateRaw, type DeflateRaw, deflateRaw } from 'node:zlib';
import type { Resource } from '../../../src/record/resource.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import type { Audit, AuditEvent } from '../audit.ts';
import { ManifestMaker } from './manifest.ts';
import { PATIENT_KEY_BYTES, sealForPatient } from './patient-seal.ts';
import { type KeptDocument, type OpenedDocument, sealDocument } from './seen-document.ts';

/** One view being followed from its first line to its last. */
export type SeenView = {
  /** The line to send for this event. */
  readonly line: (event: RecordEvent) => Buffer;
  readonly withheld: (source: string, resource: Resource) => void;
  /** Seals what was shown and writes its hash into the audit. Never throws: the reader has already been answered. */
  finish(): Promise<void>;
};

export type SeenViewsDeps = {
  readonly keep: 'sealed' | 'hashes';
  /** Largest copy kept; beyond it only the manifest is. */
  readonly maxBytes: number;
  /** Largest document of which a copy is kept; beyond it only its hash is. */
  readonly maxDocumentBytes: number;
  readonly store: {
    saveKey(row: { id: string; patientHandle: string; month: string; sealed: string }): Promise<void>;
    saveView(row: { viewId: string; at: string; keyId: string; manifest: string; payload?: string }): Promise<void>;
  };
  /** Seals a patient's key itself (`session/seal.ts`). */
  readonly sealKey: (purpose: string, value: unknown) => string;
  readonly handle: (nhsNumber: string) => string;
  readonly audit: Audit;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
};

/** Who views whom: the fields its audit event has in common with the one of its beginning. */
export type ViewAbout = Omit<AuditEvent, 'type' | 'outcome' | 'at' | 'detail' | 'code'> & {
  readonly viewId: string;
  readonly nhsNumber: string;
};

/** Compressed in pieces off the main thread, so that a long record neither waits for it nor lies in memory whole. */
const PIECE_BYTES = 65_536;
/** A window of 16 kB takes a quarter of the memory of the usual one, of each view that is open, and as much away. */
const SMALL = { level: constants.Z_BEST_SPEED, windowBits: 14, memLevel: 6 };
const MOST_KEYS = 1_000;

export type SeenViews = {
  open(about: ViewAbout): SeenView;
  /** Seals one document before it leaves. Never throws: `undefined`, nothing of it could be kept. */
  document(opened: OpenedDocument): Promise<KeptDocument | undefined>;
};

export function createSeenViews(deps: SeenViewsDeps): SeenViews {
  const keys = new Map<string, { readonly id: string; readonly key: Buffer }>();

  /** One key for a patient and month of this launcher; the store holds it sealed before anything is sealed under it. */
  async function keyFor(nhsNumber: string, month: string): Promise<{ readonly id: string; readonly key: Buffer }> {
    const patientHandle = deps.handle(nhsNumber);
    const known = keys.get(`${patientHandle}|${month}`);
    if (known) return known;
    const made = { id: randomUUID(), key: randomBytes(PATIENT_KEY_BYTES) };
    const sealed = deps.sealKey(`patient-key|${made.id}`, made.key.toString('base64'));
    await deps.store.saveKey({ id: made.id, patientHandle, month, sealed });
    const [oldest] = keys.size >= MOST_KEYS ? keys.keys() : [];
    if (oldest !== undefined) keys.delete(oldest);
    keys.set(`${patientHandle}|${month}`, made);
    return made;
  }

  async function write(about: ViewAbout, maker: ManifestMaker, copy: Copy | undefined): Promise<void> {
    const at = new Date(deps.now()).toISOString();
    const manifest = maker.finish(about.viewId);
    const { id, key } = await keyFor(about.nhsNumber, at.slice(0, 7));
    const payload = await copy?.end();
    await deps.store.saveView({
      viewId: about.viewId,
      at,
      keyId: id,
      manifest: sealForPatient(key, `manifest|${about.viewId}`, await deflated(manifest, { level: 1 })),
      ...(payload && { payload: sealForPatient(key, `payload|${about.viewId}`, payload) }),
    });
    const detail = { manifest: hash('sha256', manifest, 'base64'), copy: payload !== undefined };
    await deps.audit.record({ ...about, type: 'record.seen', at, outcome: 'success', detail });
  }

  async function keep(opened: OpenedDocument): Promise<KeptDocument> {
    const at = new Date(deps.now()).toISOString();
    const { id, key } = await keyFor(opened.nhsNumber, at.slice(0, 7));
    const { sealed, kept } = await sealDocument(opened, key, deps.keep === 'sealed' ? deps.maxDocumentBytes : 0);
    await deps.store.saveView({ viewId: opened.viewId, at, keyId: id, ...sealed });
    return kept;
  }

  return {
    document: (opened) => keep(opened).catch((error: unknown) => void deps.onFailure(error)),
    open: (about) => {
      const maker = new ManifestMaker();
      const copy = deps.keep === 'sealed' ? new Copy(deps.maxBytes) : undefined;
      return {
        line: (event) => {
          const line = maker.take(event);
          copy?.add(line);
          return line;
        },
        withheld: (source, resource) => maker.withheld(source, resource),
        finish: () => write(about, maker, copy).catch(deps.onFailure),
      };
    },
  };
}

const deflated = promisify<string, { level: number }, Buffer>(deflateRaw);

/** The lines of a view, compressed as they go. */
class Copy {
  readonly #most: number;
  readonly #deflate: DeflateRaw = createDeflateRaw(SMALL);
  readonly #out: Buffer[] = [];
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
    this.#deflate.on('data', (piece: Buffer) => {
      this.#bytes += piece.length;
      if (this.#bytes <= this.#most) this.#out.push(piece);
      else this.#out.length = 0;
    });
  }

  add(line: Buffer): void {
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    if (this.#waitingBytes >= PIECE_BYTES) this.#flush();
  }

  /** `undefined`: it grew too large to be kept. */
  async end(): Promise<Buffer | undefined> {
    this.#flush();
    await new Promise<void>((resolve, reject) => {
      this.#deflate.once('error', reject).once('end', resolve).end();
    });
    return this.#bytes <= this.#most ? Buffer.concat(this.#out) : undefined;
  }

  #flush(): void {
    this.#deflate.write(Buffer.concat(this.#waiting, this.#waitingBytes));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
