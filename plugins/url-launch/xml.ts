import { textOf } from './pointer.ts';

const LONGEST = 32_768;
const MOST = 500;
const DEEPEST = 20;

const TOKEN =
  /<\?xml[^<>?]*\?>|<(\/?)([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*(\/?)>|([^<]+)/gy;
const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Texts of the elements of a small XML document by their names without prefix. No document type, no entity of one's own,
 * no comment, no CDATA, no processing instruction: what is not here can't be abused (smart.md §5 row 100). An element that
 * comes twice is not in the answer; a document that is not one is nothing.
 */
export function readElements(document: unknown): ReadonlyMap<string, string> | undefined {
  if (typeof document !== 'string' || document.length > LONGEST) return undefined;
  const open: { readonly name: string; text: string; leaf: boolean }[] = [];
  const found = new Map<string, string>();
  const twice = new Set<string>();
  let at = 0;
  let roots = 0;
  let count = 0;
  for (const [whole, slash, , name, , empty, text] of document.trim().matchAll(TOKEN)) {
    at += whole.length;
    if (++count > MOST) return undefined;
    if (text !== undefined) {
      const plain = unescaped(text);
      const inside = open.at(-1);
      if (plain === undefined || (!inside && plain.trim() !== '')) return undefined;
      if (inside) inside.text += plain;
    } else if (name === undefined) {
      if (roots > 0 || count > 1) return undefined;
    } else if (slash === '/') {
      const ended = open.pop();
      if (ended?.name !== name) return undefined;
      const value = ended.leaf ? textOf(ended.text) : undefined;
      if (found.has(name)) twice.add(name);
      if (value !== undefined) found.set(name, value);
    } else if (empty !== '/') {
      const around = open.at(-1);
      if (around) around.leaf = false;
      else if (++roots > 1) return undefined;
      if (open.push({ name, text: '', leaf: true }) > DEEPEST) return undefined;
    }
  }
  if (at !== document.trim().length || open.length > 0 || roots !== 1) return undefined;
  for (const name of twice) found.delete(name);
  return found;
}

function unescaped(text: string): string | undefined {
  if (/&(?!(?:lt|gt|amp|quot|apos);)/.test(text)) return undefined;
  return text.replace(/&(\w+);/g, (_whole, name: string) => ENTITIES[name] ?? '');
}

/** Text as it may stand in an element. */
export function escaped(text: string): string {
  const names = Object.entries(ENTITIES);
  return text.replace(/[<>&"']/g, (sign) => `&${names.find(([, each]) => each === sign)?.[0] ?? ''};`);
}
