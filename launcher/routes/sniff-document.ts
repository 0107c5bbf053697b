export type SniffedDocument = {
  /** What the bytes are; never what somebody said they are. */
  readonly contentType: string;
  readonly extension: string;
};

/**
 * Looks at the bytes (smart.md 5 #76: declared types lie). `undefined`: nothing we can name, so nothing we send.
 * Markup other than HTML (SVG, XML) comes out as plain text: it is read, not run. `declared` is only asked for the name
 * of an older character set, and only for bytes that are text.
 */
export function sniffDocument(bytes: Uint8Array, declared = ''): SniffedDocument | undefined {
  if (bytes.length === 0) return undefined;
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  const picture = PICTURES.find(({ mark }) => mark.test(head));
  if (picture) return { contentType: picture.contentType, extension: picture.extension };
  // PDF readers take the mark anywhere in the first kilobyte, but text that merely speaks of it must stay text.
  if (/^[\s\u00ef\u00bb\u00bf]{0,16}%PDF-\d/.test(head)) return { contentType: 'application/pdf', extension: 'pdf' };
  if (head.startsWith('{\\rtf')) return { contentType: 'application/rtf', extension: 'rtf' };
  return sniffWord(bytes, head) ?? sniffText(bytes, head, declared);
}

const PICTURES: readonly (SniffedDocument & { readonly mark: RegExp })[] = [
  { mark: /^\u0089PNG\r\n\u001a\n/, contentType: 'image/png', extension: 'png' },
  { mark: /^\u00ff\u00d8\u00ff/, contentType: 'image/jpeg', extension: 'jpg' },
  { mark: /^GIF8[79]a/, contentType: 'image/gif', extension: 'gif' },
  { mark: /^RIFF[\s\S]{4}WEBP/, contentType: 'image/webp', extension: 'webp' },
  // A browser shows no TIFF; it goes out as a file for another program.
  { mark: /^(?:II\*\0|MM\0\*)/, contentType: 'image/tiff', extension: 'tif' },
];

/**
 * A letter in Word, as practices keep many (data-quirks: msword). It is only ever saved, never opened here; one that has
 * a place for macros is not passed on.
 */
function sniffWord(bytes: Uint8Array, head: string): SniffedDocument | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.startsWith('PK\u0003\u0004')) {
    const word = all.includes('word/document.xml') && !all.includes('vbaProject');
    return word
      ? {
          contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          extension: 'docx',
        }
      : undefined;
  }
  if (!head.startsWith('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return undefined;
  const names = (name: string): boolean => all.includes(Buffer.from(name, 'utf16le'));
  return names('WordDocument') && !names('_VBA_PROJECT')
    ? { contentType: 'application/msword', extension: 'doc' }
    : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Sets of one byte a letter, which the screen may read when the file or its source names them. */
const OLDER = /^(?:windows-125[0-8]|iso-8859-(?:1|2|15))$/;

function sniffText(bytes: Uint8Array, head: string, declared: string): SniffedDocument | undefined {
  const html = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])/is.test(head);
  const kind = html
    ? { type: 'text/html', extension: 'html' as const }
    : { type: 'text/plain', extension: 'txt' as const };
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return isSound(bytes, wide) ? { contentType: `text/plain; charset=${wide}`, extension: 'txt' } : undefined;
  if (hasControls(bytes)) return undefined;
  if (isUtf8(bytes)) return { contentType: `${kind.type}; charset=utf-8`, extension: kind.extension };
  // An older character set. No guess is made that could turn one letter into another: without a name the bytes go as they
  // are (safety H20).
  const named = /\bcharset\s*=\s*["']?([\w-]{1,40})/i.exec(declared)?.[1] ?? namedWithin(head);
  const charset = named?.toLowerCase();
  if (charset !== undefined && OLDER.test(charset))
    return { contentType: `${kind.type}; charset=${charset}`, extension: kind.extension };
  return html ? undefined : { contentType: 'application/octet-stream', extension: 'txt' };
}

/** The name that HTML or XML gives itself, in the ASCII part of its head. */
function namedWithin(head: string): string | undefined {
  return (
    /<meta[^>]{0,200}\bcharset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w-]{1,40})["']/i.exec(head)?.[1]
  );
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isSound(bytes: Uint8Array, charset: 'utf-16le' | 'utf-16be'): boolean {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    // Controls no text has (eslint would have them written out by name; there are no names for them).
    return !CONTROLS.test(text);
  } catch {
    return false;
  }
}

const CONTROLS = new RegExp('[\\u0000-\\u0008\\u000b\\u000e-\\u001f]');

/** Bytes no text has: everything below space but tab, line feed, form feed and carriage return. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d);
}
