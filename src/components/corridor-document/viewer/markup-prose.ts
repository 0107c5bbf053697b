import { element, INLINE, type Prose, type ProseElement, type ProseKind } from './prose.ts';
import type { XmlElement } from './xml-tree.ts';

type Way = ProseKind | 'through' | 'block' | 'nothing';

/** XHTML of a FHIR narrative, and the narrative block of a CDA section: the names that mean something to a reader. */
const WAYS: Readonly<Record<string, Way>> = {
  h1: 'heading',
  h2: 'heading',
  h3: 'subheading',
  h4: 'subheading',
  h5: 'subheading',
  h6: 'subheading',
  p: 'paragraph',
  paragraph: 'paragraph',
  pre: 'preformatted',
  ul: 'bullets',
  ol: 'numbers',
  list: 'bullets',
  dl: 'block',
  dt: 'paragraph',
  dd: 'paragraph',
  li: 'item',
  item: 'item',
  table: 'table',
  caption: 'caption',
  tr: 'row',
  th: 'head-cell',
  td: 'cell',
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  u: 'underlined',
  ins: 'underlined',
  s: 'struck',
  del: 'struck',
  strike: 'struck',
  sup: 'raised',
  sub: 'lowered',
  br: 'break',
  hr: 'rule',
  footnote: 'note',
  div: 'block',
  section: 'block',
  article: 'block',
  blockquote: 'block',
  address: 'block',
  script: 'nothing',
  style: 'nothing',
  head: 'nothing',
  colgroup: 'nothing',
  col: 'nothing',
};

/** How a CDA document asks for its words to look (`styleCode`, CDA R2 §4.3.5.11). */
const STYLES: readonly (readonly [RegExp, ProseKind])[] = [
  [/\bbold\b/i, 'strong'],
  [/\bitalics?\b/i, 'emphasis'],
  [/\bunderline\b/i, 'underlined'],
  [/\bstrikethrough\b/i, 'struck'],
];

/** Pictures a CDA narrative points to by id, and what to say where one isn't there. */
export type Media = { pictureOf(id: string): Blob | undefined; readonly missing: string };

const NO_MEDIA: Media = { pictureOf: () => undefined, missing: '' };

/** Markup as prose. A name nobody knows is stepped through, so that its words are never lost with it. */
export function proseOfMarkup(markup: XmlElement, media: Media = NO_MEDIA): readonly Prose[] {
  return tidy(partsOf(markup, media));
}

function partsOf(markup: XmlElement, media: Media): readonly Prose[] {
  return markup.children.flatMap((child) => (typeof child === 'string' ? [child] : partOf(child, media)));
}

function partOf(child: XmlElement, media: Media): readonly Prose[] {
  const way = WAYS[child.name.toLowerCase()] ?? 'through';
  if (way === 'nothing') return [];
  if (child.name === 'renderMultiMedia') return mediaOf(child, media);
  if (child.name.toLowerCase() === 'img') return [element('note', [child.attributes['alt'] || media.missing])];
  const inside = styled(child, partsOf(child, media));
  if (way === 'through') return inside;
  if (way === 'block') return inside.some(isBlock) ? inside : [element('paragraph', inside)];
  const kind = child.name === 'list' && /^ordered$/i.test(child.attributes['listType'] ?? '') ? 'numbers' : way;
  if (kind === 'table' || kind === 'bullets' || kind === 'numbers' || kind === 'row') return holding(kind, inside);
  const columns = spanOf(child.attributes['colspan']);
  const rows = spanOf(child.attributes['rowspan']);
  return [{ kind, children: inside, ...(columns && { columns }), ...(rows && { rows }) }];
}

/** What belongs in a table, a list or a row stays in it; words that stand loose between come before it. */
function holding(kind: ProseKind, inside: readonly Prose[]): readonly Prose[] {
  const fits = (part: Prose): boolean => typeof part !== 'string' && (HOLDS[kind]?.has(part.kind) ?? false);
  const loose = inside.filter((part) => !fits(part) && !(typeof part === 'string' && part.trim() === ''));
  const titled = loose.map((part) =>
    typeof part !== 'string' && part.kind === 'caption' ? element('subheading', part.children) : part,
  );
  return [...titled, element(kind, inside.filter(fits))];
}

const HOLDS: { readonly [kind in ProseKind]?: ReadonlySet<ProseKind> } = {
  table: new Set(['caption', 'row']),
  bullets: new Set(['item']),
  numbers: new Set(['item']),
  row: new Set(['cell', 'head-cell']),
};

function styled(from: XmlElement, inside: readonly Prose[]): readonly Prose[] {
  const code = from.attributes['styleCode'];
  if (code === undefined || inside.some(isBlock)) return inside;
  return STYLES.reduce<readonly Prose[]>(
    (made, [sign, kind]) => (sign.test(code) ? [element(kind, made)] : made),
    inside,
  );
}

function mediaOf({ attributes }: XmlElement, media: Media): readonly Prose[] {
  const blob = media.pictureOf(attributes['referencedObject'] ?? '');
  return [blob ? { kind: 'picture', children: [], picture: blob } : element('note', [media.missing])];
}

function spanOf(value: string | undefined): number | undefined {
  const span = Number(value);
  return Number.isInteger(span) && span > 1 && span <= 100 ? span : undefined;
}

function isBlock(part: Prose): part is ProseElement {
  return typeof part !== 'string' && !INLINE.has(part.kind) && part.kind !== 'break';
}

/** Runs of loose words become paragraphs, so that nothing stands outside of one. */
function tidy(parts: readonly Prose[]): readonly Prose[] {
  const made: Prose[] = [];
  let run: Prose[] = [];
  const close = (): void => {
    if (run.some((part) => typeof part !== 'string' || part.trim() !== '')) made.push(element('paragraph', run));
    run = [];
  };
  for (const part of parts) {
    if (!isBlock(part)) run.push(part);
    else {
      close();
      made.push(part);
    }
  }
  close();
  return made;
}
