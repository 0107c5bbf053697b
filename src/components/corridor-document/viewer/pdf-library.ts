import type * as Pdf from 'pdfjs-dist';
import { pagePolicy } from './page-policy.ts';

/**
 * Files of pdf.js as they come (the build puts them beside our own, `rollup.config.js`): the library, its worker, the
 * decoders of scanned pages and the two fonts no system has under its own name. Nothing is asked for elsewhere.
 */
const LIBRARY = new URL('../../../../node_modules/pdfjs-dist/legacy/build/pdf.min.mjs', import.meta.url).href;
const WORKER = new URL('../../../../node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url).href;
const FILES: Readonly<Record<string, string>> = {
  'jbig2.wasm': new URL('../../../../node_modules/pdfjs-dist/wasm/jbig2.wasm', import.meta.url).href,
  'openjpeg.wasm': new URL('../../../../node_modules/pdfjs-dist/wasm/openjpeg.wasm', import.meta.url).href,
  'qcms_bg.wasm': new URL('../../../../node_modules/pdfjs-dist/wasm/qcms_bg.wasm', import.meta.url).href,
  'FoxitSymbol.pfb': new URL('../../../../node_modules/pdfjs-dist/standard_fonts/FoxitSymbol.pfb', import.meta.url)
    .href,
  'FoxitDingbats.pfb': new URL('../../../../node_modules/pdfjs-dist/standard_fonts/FoxitDingbats.pfb', import.meta.url)
    .href,
};

const OPEN_DEADLINE_MS = 20_000;

export type PdfLibrary = typeof Pdf;
export type OpenPdf = {
  readonly library: PdfLibrary;
  readonly file: Pdf.PDFDocumentProxy;
  close(): void;
};

/** What kept a PDF from being shown. */
export class PdfTrouble extends Error {
  readonly why: 'password' | 'broken' | 'late' | 'not-here';
  constructor(why: PdfTrouble['why'], options?: ErrorOptions) {
    super(`pdf.${why}`, options);
    this.why = why;
  }
}

/**
 * Opens a PDF in a worker of its own. Scripts, forms' actions, links and attachments in it are not looked at: pages are
 * painted and their words laid over them, and that is all the library is asked for.
 */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<OpenPdf> {
  const worker = startWorker();
  try {
    const library = await loadPdfLibrary();
    const port = new library.PDFWorker({ port: worker as never });
    const task = library.getDocument({
      // A copy: the worker takes it away, and the reader may still want the original.
      data: bytes.slice(),
      worker: port,
      enableXfa: false,
      stopAtErrors: false,
      maxImageSize: 100_000_000,
      useWorkerFetch: false,
      BinaryDataFactory: OwnFiles,
      verbosity: 0,
    } as never);
    const file = await within(task.promise, OPEN_DEADLINE_MS);
    const close = (): void => {
      void task.destroy().finally(() => {
        port.destroy();
        worker.terminate();
      });
    };
    return { library, file, close };
  } catch (error) {
    worker.terminate();
    throw troubleOf(error);
  }
}

let warm: Promise<PdfLibrary> | undefined;

/** The library, asked for once. It may be asked for while the document itself is on its way. */
export function loadPdfLibrary(): Promise<PdfLibrary> {
  warm ??= (import(LIBRARY) as Promise<PdfLibrary>).catch((error: unknown) => {
    // A moment without a network must not cost every later PDF.
    warm = undefined;
    throw error;
  });
  return warm;
}

function startWorker(): Worker {
  const address = pagePolicy()?.createScriptURL(WORKER);
  if (address === undefined) throw new PdfTrouble('not-here');
  try {
    return new Worker(address as string, { type: 'module', name: 'corridor-pdf' });
  } catch (cause) {
    throw new PdfTrouble('not-here', { cause });
  }
}

/** The files above, by name; any other name is not ours to give. */
class OwnFiles {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = Object.hasOwn(FILES, filename) ? FILES[filename] : undefined;
    if (address === undefined) throw new Error('no such file');
    const answer = await fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(OPEN_DEADLINE_MS) });
    if (!answer.ok) throw new Error('not given');
    return new Uint8Array(await answer.arrayBuffer());
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new PdfTrouble('late')), ms);
  });
  return Promise.race([promise, late]).finally(() => window.clearTimeout(timer));
}

function troubleOf(error: unknown): PdfTrouble {
  if (error instanceof PdfTrouble) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new PdfTrouble('password', { cause: error });
  return new PdfTrouble(name === 'TypeError' ? 'not-here' : 'broken', { cause: error });
}
