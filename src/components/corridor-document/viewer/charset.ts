/** What a file of words says, and how its letters were read; nothing where that is not known. */
export type Decoded = { readonly text: string; readonly charset: string };

/** Older sets that a letter may say it is in. Nothing is guessed: a wrong guess turns one letter into another (H20). */
const KNOWN = /^(?:utf-8|us-ascii|windows-125[0-8]|iso-8859-(?:[1-9]|1[0-6])|koi8-r|macintosh|utf-16(?:le|be)?)$/;

/** `declared`: a name from the file itself or from its source. Bytes decide first: a byte order mark, or sound UTF-8. */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be');
  // Eight bit text has no zero bytes; UTF-16 without its mark has one in every pair of plain letters.
  if (bytes[0] === 0x3c && bytes[1] === 0) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0 && bytes[1] === 0x3c) return decodeAs(bytes, 'utf-16be');
  const utf8 = decodeAs(bytes, 'utf-8');
  if (utf8) return utf8;
  const name = declared?.trim().toLowerCase() ?? namedWithin(bytes);
  return name !== undefined && KNOWN.test(name) && name !== 'utf-8' ? decodeAs(bytes, name) : undefined;
}

/** The name in an XML declaration or a `meta` of HTML, both of which are ASCII by their own rules. */
function namedWithin(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 2_048));
  const [, xml] = /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.-]{1,40})["']/i.exec(head) ?? [];
  const [, meta] = /<meta[^>]{0,200}\bcharset\s*=\s*["']?([\w.-]{1,40})/i.exec(head) ?? [];
  return (xml ?? meta)?.toLowerCase();
}

function decodeAs(bytes: Uint8Array, charset: string): Decoded | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    // Letters no text has: read in the wrong set, or no text at all.
    return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\ufffd]/.test(text.slice(0, 100_000))
      ? undefined
      : { text, charset };
  } catch {
    // Not in this set.
    return undefined;
  }
}
