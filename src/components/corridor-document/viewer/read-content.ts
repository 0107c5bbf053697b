import { readCda, isCda } from './cda-page.ts';
import { decodeText } from './charset.ts';
import { readFhirDocument } from './fhir-page.ts';
import { element, type Page } from './prose.ts';
import { proseOfRtf } from './rtf-prose.ts';
import { readXml } from './xml-tree.ts';
import type { DocumentWords } from '../../../words/document-words.ts';

/** What a document turned out to be. `bytes` is the original, as it came. */
export type Content =
  | { readonly show: 'pdf'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly show: 'picture'; readonly picture: Blob }
  | { readonly show: 'html'; readonly html: string }
  | {
      readonly show: 'page';
      readonly form: 'text' | 'rtf' | 'cda' | 'fhir';
      readonly page: Page;
      /** The older set its letters were read in, when they are not Unicode. */
      readonly charset?: string;
    }
  | { readonly show: 'none'; readonly why: 'tiff' | 'word' | 'charset' | 'markup' | 'unknown' | 'long' };

/** Longer ones are not laid out here: the panel must not freeze the EPR (H32), and half a letter is worse than none. */
const MAX_TEXT = 4_000_000;

/** A page, or a piece of one as older systems store it: it begins with an element that only HTML has. */
const HTML =
  /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|h[1-6]|center|font|span|ul|ol|br|b)(?=[\s/>]))/i;

/** Bytes decide, whatever they are said to be: the type is used only to read letters of an older set. */
export function readContent(bytes: Uint8Array<ArrayBuffer>, type: string, words: DocumentWords): Content {
  const head = String.fromCharCode(...bytes.subarray(0, 1_024));
  const picture = pictureType(bytes, head);
  if (picture !== undefined) return { show: 'picture', picture: new Blob([bytes], { type: picture }) };
  if (/^[\s\u00ef\u00bb\u00bf]{0,16}%PDF-\d/.test(head)) return { show: 'pdf', bytes };
  if (/^(?:II\*\0|MM\0\*)/.test(head)) return { show: 'none', why: 'tiff' };
  if (
    head.startsWith('\u00d0\u00cf\u0011\u00e0') ||
    /^PK\u0003\u0004[\s\S]{0,1000}(?:\[Content_Types\]|word\/)/.test(head)
  )
    return { show: 'none', why: 'word' };
  if (bytes.length > MAX_TEXT) return { show: 'none', why: 'long' };
  if (head.startsWith('{\\rtf')) {
    const prose = proseOfRtf(latin1(bytes), words.pictureLeftOut);
    return { show: 'page', form: 'rtf', page: { facts: [], prose } };
  }
  return readText(bytes, /;\s*charset=["']?([\w.-]+)/i.exec(type)?.[1], words);
}

function readText(bytes: Uint8Array<ArrayBuffer>, declared: string | undefined, words: DocumentWords): Content {
  const decoded = decodeText(bytes, declared);
  if (!decoded) return { show: 'none', why: looksLikeText(bytes) ? 'charset' : 'unknown' };
  const text = decoded.text.replace(/^\ufeff/, '');
  const charset = decoded.charset === 'utf-8' ? {} : { charset: decoded.charset };
  if (HTML.test(text)) return { show: 'html', html: text };
  if (/^\s*</.test(text) && /<(?:[\w.-]+:)?ClinicalDocument[\s>]/.test(text)) return readClinical(text, charset, words);
  if (/^\s*\{/.test(text)) {
    const page = readFhirDocument(parsed(text), words.emptySection);
    if (page) return { show: 'page', form: 'fhir', page };
  }
  return { show: 'page', form: 'text', page: { facts: [], prose: [element('preformatted', [text])] }, ...charset };
}

function readClinical(text: string, charset: { readonly charset?: string }, words: DocumentWords): Content {
  const root = readXml(text);
  if (!root || !isCda(root)) return { show: 'none', why: 'markup' };
  const { carried, ...page } = readCda(root, {
    pictureMissing: words.pictureLeftOut,
    emptySection: words.emptySection,
  });
  if (!carried) return { show: 'page', form: 'cda', page, ...charset };
  const inner = readContent(Uint8Array.from(carried), '', words);
  // The head of the outer document stays with words it carries; another kind of file speaks for itself.
  return inner.show === 'page'
    ? { ...inner, form: 'cda', page: { facts: page.facts, prose: inner.page.prose } }
    : inner;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that begins with a brace: it is shown as text.
    return undefined;
  }
}

function pictureType(bytes: Uint8Array, head: string): string | undefined {
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return 'image/webp';
  return undefined;
}

function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.subarray(0, 4_096).every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13));
}

/** A character for each byte, in slices that fit a call. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}
