export type SniffedDocument = {
  /** What the bytes are; never what somebody said they are. */
  readonly contentType: string;
  readonly extension: string;
};

/**
 * Looks at the bytes (smart.md 5 #76: declared types lie). `undefined`: nothing we can name, so nothing we send.
 * Markup other than HTML (SVG, XML) comes out as plain text: it is read, not run.
 */
export function sniffDocument(bytes: Uint8Array): SniffedDocument | undefined {
  if (bytes.length === 0) return undefined;
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return { contentType: 'image/png', extension: 'png' };
  if (starts(bytes, [0xff, 0xd8, 0xff])) return { contentType: 'image/jpeg', extension: 'jpg' };
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  // PDF readers take the mark anywhere in the first kilobyte, but text that merely speaks of it must stay text.
  if (/^[\s\u00ef\u00bb\u00bf]{0,16}%PDF-\d/.test(head)) return { contentType: 'application/pdf', extension: 'pdf' };
  if (head.startsWith('{\\rtf')) return { contentType: 'application/rtf', extension: 'rtf' };
  return sniffText(bytes, head);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function sniffText(bytes: Uint8Array, head: string): SniffedDocument | undefined {
  const readable = isUtf8(bytes);
  const html = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])/is.test(head);
  if (readable) {
    if (hasControls(bytes)) return undefined;
    return html
      ? { contentType: 'text/html; charset=utf-8', extension: 'html' }
      : { contentType: 'text/plain; charset=utf-8', extension: 'txt' };
  }
  if (hasControls(bytes)) return undefined;
  // An older character set. No guess is made that could turn one letter into another: the bytes go as they are (safety H20).
  return html ? undefined : { contentType: 'application/octet-stream', extension: 'txt' };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes no text has: everything below space but tab, line feed, form feed and carriage return. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d);
}

function starts(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
