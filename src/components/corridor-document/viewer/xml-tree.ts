/** One element of XML: name without its prefix, attributes, and what stands in it. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (string | XmlElement)[];
};

type Open = { name: string; attributes: Record<string, string>; children: (string | XmlElement)[] };

const MAX_DEPTH = 200;
const MAX_ELEMENTS = 200_000;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * Reads XML into a tree. A DOCTYPE is stepped over and never obeyed: no entity of the file's own is known, so none can
 * grow or lead out of the file. `undefined` for what is not well formed, or larger than anybody reads.
 */
export function readXml(text: string): XmlElement | undefined {
  const root: Open = { name: '', attributes: {}, children: [] };
  const open: Open[] = [root];
  let elements = 0;
  let at = 0;
  while (at < text.length) {
    const mark = text.indexOf('<', at);
    const top = open[open.length - 1];
    if (!top) return undefined;
    const words = text.slice(at, mark === -1 ? text.length : mark);
    if (words !== '' && open.length > 1) top.children.push(readEntities(words));
    if (mark === -1) break;
    const end = endOfMarkup(text, mark);
    if (end === undefined) return undefined;
    const markup = text.slice(mark, end);
    at = end;
    if (markup.startsWith('<![CDATA[')) top.children.push(markup.slice(9, -3));
    else if (markup.startsWith('</')) {
      const closed = open.pop();
      if (!closed || open.length === 0 || closed.name !== localName(markup.slice(2, -1).trim())) return undefined;
      open[open.length - 1]?.children.push(closed);
    } else if (!/^<[!?]/.test(markup)) {
      elements += 1;
      const made = readTag(markup);
      if (!made || elements > MAX_ELEMENTS || open.length > MAX_DEPTH) return undefined;
      if (markup.endsWith('/>')) top.children.push(made);
      else open.push(made);
    }
  }
  const found = root.children.filter((child): child is XmlElement => typeof child !== 'string');
  return open.length === 1 && found.length === 1 ? found[0] : undefined;
}

/** The place after the markup that begins here. A `>` in quotes, a comment or a CDATA section ends nothing. */
function endOfMarkup(text: string, from: number): number | undefined {
  const closes = text.startsWith('<!--', from)
    ? '-->'
    : text.startsWith('<![CDATA[', from)
      ? ']]>'
      : text.startsWith('<?', from)
        ? '?>'
        : undefined;
  if (closes !== undefined) {
    const end = text.indexOf(closes, from + 2);
    return end === -1 ? undefined : end + closes.length;
  }
  let quote = '';
  let inner = 0;
  const declares = text.startsWith('<!', from);
  for (let at = from + 1; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (declares && letter === '[') inner += 1;
    else if (declares && letter === ']') inner -= 1;
    else if (letter === '>' && inner <= 0) return at + 1;
  }
  return undefined;
}

function readTag(markup: string): Open | undefined {
  const inside = markup.slice(1, markup.endsWith('/>') ? -2 : -1);
  const [name = ''] = /^[^\s/]+/.exec(inside) ?? [];
  if (!/^[A-Za-z_]/.test(name)) return undefined;
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, key = '', one, two] of inside.slice(name.length).matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[localName(key)] ??= readEntities(one ?? two ?? '');
  return { name: localName(name), attributes, children: [] };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function readEntities(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z]{2,8});/g, (whole, name: string) => {
    if (name[0] !== '#') return NAMED[name] ?? whole;
    const code = name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}

/** The elements of this name that stand directly in another. */
export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (element?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  );
}

/** Follows names down, the first of each. */
export function descend(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((found, name) => childrenNamed(found, name)[0], element);
}

export function xmlText(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((child) => (typeof child === 'string' ? child : xmlText(child))).join('');
}
