/** A letter as blocks of plain words: what an HTML letter says, without anything it could do. */
export type Block = { readonly kind: 'heading' | 'paragraph' | 'item' | 'row'; readonly text: string };

/** Elements whose inside is not words of the letter. Left open, they swallow the rest, as they do in a browser. */
const SKIPPED = /^(script|style|head|template|noscript|svg|math)$/;
const TOKENS = /<!--[\s\S]*?(?:-->|$)|<!doctype[^>]*>|<\/?[a-zA-Z][^<>]*>|[^<]+|</gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  pound: '£',
  deg: '°',
  micro: 'µ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  frac12: '½',
  times: '×',
  le: '≤',
  ge: '≥',
  hellip: '…',
  middot: '·',
  bull: '•',
};
const BREAKS =
  /^\/?(p|div|section|article|header|footer|table|thead|tbody|ul|ol|dl|dt|dd|blockquote|address|br|hr|main|body|html|figure|pre)$/;

/**
 * Reads HTML into text. It is a tokeniser and not a browser: nothing is built, run or loaded, and what it gives goes
 * into text nodes only. The original stays one click away, so a layout that is lost here is not lost to the reader.
 */
export function readableHtml(html: string): readonly Block[] {
  const blocks: Block[] = [];
  let kind = 'paragraph' as Block['kind'];
  let text = '';
  const flush = (next: Block['kind']): void => {
    const clean = text.replace(/[ \t\r\n\f]+/g, ' ').trim();
    if (clean !== '' && clean !== '|') blocks.push({ kind, text: clean.replace(/^\| /, '') });
    text = '';
    kind = next;
  };
  let skipped: string | undefined;
  for (const [token] of html.matchAll(TOKENS)) {
    const tag = /^<(\/?[a-zA-Z][a-zA-Z0-9]*)/.exec(token)?.[1]?.toLowerCase();
    if (skipped !== undefined) skipped = tag === `/${skipped}` ? undefined : skipped;
    else if (tag !== undefined && SKIPPED.test(tag)) skipped = tag;
    else if (token.startsWith('<!')) text += ' ';
    else if (tag === undefined) text += decode(token);
    else if (/^h[1-6]$/.test(tag)) flush('heading');
    else if (tag === 'li') flush('item');
    else if (tag === 'tr') flush('row');
    else if (tag === 'td' || tag === 'th') text += kind === 'row' && text.trim() !== '' ? ' | ' : '';
    else if (/^\/(h[1-6]|li|tr)$/.test(tag)) flush('paragraph');
    else if (BREAKS.test(tag) && kind !== 'row') flush(kind === 'item' && tag === 'p' ? 'item' : 'paragraph');
    else text += BREAKS.test(tag) ? ' ' : '';
  }
  flush('paragraph');
  return blocks;
}

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z0-9]{2,10});/gi, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}
