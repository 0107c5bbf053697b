/** Where a word stands, in the order of reading. */
export type Found = readonly Range[];

const MAX_FOUND = 2_000;
const BLOCKS =
  /^(?:address|article|blockquote|br|caption|dd|div|dl|dt|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)$/;

type Letter = { readonly node: Text; readonly at: number };

/**
 * Finds words as people type them: letters without regard to capitals and accents, any run of white space as one space.
 * Nothing is changed in what is searched; the ranges are painted by the browser (CSS custom highlights).
 */
export function findText(roots: readonly Node[], wanted: string): Found {
  const query = folded(wanted);
  if (query === '') return [];
  return roots.flatMap((root) => findIn(root, query)).slice(0, MAX_FOUND);
}

function findIn(root: Node, query: string): readonly Range[] {
  const { text, letters } = lettersOf(root);
  const found: Range[] = [];
  for (
    let at = text.indexOf(query);
    at !== -1 && found.length < MAX_FOUND;
    at = text.indexOf(query, at + query.length)
  ) {
    const [first, last] = [letters[at], letters[at + query.length - 1]];
    if (!first || !last) continue;
    const range = (root.ownerDocument ?? document).createRange();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + 1);
    found.push(range);
  }
  return found;
}

function lettersOf(root: Node): { readonly text: string; readonly letters: readonly (Letter | undefined)[] } {
  const letters: (Letter | undefined)[] = [];
  let text = '';
  const add = (letter: string, place: Letter | undefined): void => {
    if (letter === ' ' && (text === '' || text.endsWith(' '))) return;
    text += letter;
    letters.push(place);
  };
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = node.nodeValue ?? '';
      for (let at = 0; at < words.length; at += 1) add(fold(words[at] ?? ''), { node: node as Text, at });
      return;
    }
    const apart = node.nodeType === Node.ELEMENT_NODE && BLOCKS.test((node as Element).localName);
    if (apart) add(' ', undefined);
    for (const child of node.childNodes) walk(child);
    if (apart) add(' ', undefined);
  };
  walk(root);
  return { text, letters };
}

function folded(text: string): string {
  return [...text.replace(/\s+/g, ' ').trim()].map(fold).join('');
}

/** One letter for one letter, so that places stay places. */
function fold(letter: string): string {
  if (/\s/.test(letter)) return ' ';
  return letter.normalize('NFD').charAt(0).toLowerCase().charAt(0);
}

type Highlights = { readonly highlights?: Map<string, unknown> };
type Realm = { readonly CSS?: Highlights; readonly Highlight?: new (...ranges: Range[]) => unknown };

/** Paints what was found, and where the reader is among it. Without the browser's help the words are still scrolled to. */
export function paintFound(realm: Window, found: Found, here: number): void {
  const { CSS: css, Highlight: Paint } = realm as unknown as Realm;
  if (!css?.highlights || !Paint) return;
  const at = found[here];
  css.highlights.set('corridor-found', new Paint(...found.filter((range) => range !== at)));
  css.highlights.set('corridor-here', new Paint(...(at ? [at] : [])));
}

export function unpaintFound(realm: Window): void {
  const { CSS: css } = realm as unknown as Realm;
  css?.highlights?.delete('corridor-found');
  css?.highlights?.delete('corridor-here');
}
