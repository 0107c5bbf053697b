/**
 * HTML written anew, with only the elements and attributes below. DOMPurify parses what comes out, and that parsing
 * already counts as the page's own for the browser: a `style` that reached it would be a breach of the page's policy,
 * reported as ours. So nothing that styles, loads, runs or leads away gets that far.
 */
export function scrubHtml(html: string): string {
  let out = '';
  let at = 0;
  let skipped: string | undefined;
  while (at < html.length) {
    const mark = html.indexOf('<', at);
    const words = html.slice(at, mark === -1 ? html.length : mark);
    if (skipped === undefined) out += escapeText(words);
    if (mark === -1) break;
    const tag = readTag(html, mark);
    at = tag.end;
    if (skipped !== undefined) {
      if (tag.closes && tag.name === skipped) skipped = undefined;
    } else if (tag.name === '') out += escapeText(tag.words);
    else if (SKIPPED.has(tag.name)) skipped = tag.closes || VOID.has(tag.name) ? undefined : tag.name;
    else out += written(tag);
  }
  return out;
}

/** What may stand in a letter; DOMPurify is given the same list. */
export const ELEMENTS =
  'a abbr address article b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var'.split(
    ' ',
  );
export const ATTRIBUTES = 'alt colspan dir lang reversed rowspan scope src start'.split(' ');

const KNOWN: ReadonlySet<string> = new Set(ELEMENTS);
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col', 'input', 'meta', 'link', 'base', 'embed', 'wbr']);
/** Elements whose inside is no word of the letter. Left open, they swallow the rest, as in a browser. */
const SKIPPED: ReadonlySet<string> = new Set(
  'script style head template noscript svg math iframe object embed applet noembed noframes title'.split(' '),
);
/** A picture within the letter; any other address is never asked for. */
const OWN_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;

type Tag = {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: readonly (readonly [string, string])[];
  /** What stands there when it is no tag. */
  readonly words: string;
  readonly end: number;
};

function readTag(html: string, from: number): Tag {
  const none = { name: '', closes: false, attributes: [] };
  if (html.startsWith('<!--', from)) {
    const end = html.indexOf('-->', from + 4);
    return { ...none, words: '', end: end === -1 ? html.length : end + 3 };
  }
  const next = html[from + 1] ?? '';
  if (next === '!' || next === '?') {
    const end = html.indexOf('>', from);
    return { ...none, words: '', end: end === -1 ? html.length : end + 1 };
  }
  const [start = '', slash = '', name = ''] =
    /^<(\/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})/.exec(html.slice(from, from + 48)) ?? [];
  // A sign that only looks like a tag ("CRP <5") is words.
  if (name === '') return { ...none, words: '<', end: from + 1 };
  const attributes: (readonly [string, string])[] = [];
  const pattern = /\s*(?:([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?|[/"'=])/y;
  pattern.lastIndex = from + start.length;
  let end = pattern.lastIndex;
  for (let found = pattern.exec(html); found; found = pattern.exec(html)) {
    end = pattern.lastIndex;
    if (found[1] !== undefined && attributes.length < 50)
      attributes.push([found[1].toLowerCase(), found[2] ?? found[3] ?? found[4] ?? '']);
  }
  const close = html.indexOf('>', end);
  return {
    name: name.toLowerCase(),
    closes: slash === '/',
    attributes,
    words: '',
    end: close === -1 ? html.length : close + 1,
  };
}

function written({ name, closes, attributes }: Tag): string {
  if (name === 'input') return escapeText(fieldText(attributes));
  if (!KNOWN.has(name)) return ' ';
  if (closes) return VOID.has(name) ? '' : `</${name}>`;
  if (name === 'img' && !attributes.some(([key, value]) => key === 'src' && isOwnPicture(value)))
    return escapeText(altOf(attributes));
  const kept = attributes.flatMap(([key, value]) =>
    ATTRIBUTES.includes(key) && (key !== 'src' || (name === 'img' && isOwnPicture(value)))
      ? [` ${key}="${escapeText(decodeReferences(value))}"`]
      : [],
  );
  return `<${name}${kept.join('')}>`;
}

function isOwnPicture(value: string): boolean {
  return OWN_PICTURE.test(decodeReferences(value));
}

/** Where a picture is kept elsewhere, its own words stand for it. */
function altOf(attributes: Tag['attributes']): string {
  const alt = attributes.find(([key]) => key === 'alt')?.[1] ?? '';
  return alt === '' ? '[▨]' : `[▨ ${decodeReferences(alt)}]`;
}

/** What a filled form says: its ticks and its words. */
function fieldText(attributes: Tag['attributes']): string {
  const given = new Map(attributes);
  const type = (given.get('type') ?? 'text').toLowerCase();
  if (type === 'checkbox' || type === 'radio') return given.has('checked') ? '☑' : '☐';
  return type === 'hidden' || type === 'password' ? '' : decodeReferences(given.get('value') ?? '');
}

/** References stay as they are in words, since they are parsed once more; a bare `&` is written out. */
function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)/gi, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function decodeReferences(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => letterOf(parseInt(code, 16)))
    .replace(/&#(\d{1,7});?/g, (_, code: string) => letterOf(Number(code)))
    .replace(
      /&(amp|lt|gt|quot|apos);/gi,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
    );
}

function letterOf(code: number): string {
  return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
}
