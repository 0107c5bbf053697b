import DOMPurify from 'dompurify';
import { readableHtml } from '../readable-html.ts';
import { pagePolicy } from './page-policy.ts';
import { element, type Prose } from './prose.ts';
import { proseOfMarkup } from './markup-prose.ts';
import { ATTRIBUTES, ELEMENTS, scrubHtml } from './scrub-html.ts';
import type { XmlElement } from './xml-tree.ts';

/**
 * A letter's HTML as elements that can do nothing: written anew (scrub-html.ts), then judged by DOMPurify, then shown
 * in a frame without scripts (html-frame.ts). `undefined` where the page lets no HTML be parsed at all.
 */
export function safeHtml(html: string): DocumentFragment | undefined {
  const policy = pagePolicy();
  if (!policy) return undefined;
  return DOMPurify.sanitize(scrubHtml(html), {
    TRUSTED_TYPES_POLICY: policy as never,
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: ELEMENTS,
    ALLOWED_ATTR: ATTRIBUTES,
    // Of these only `src` is an address, so only it is held against the pattern below.
    ADD_URI_SAFE_ATTR: ATTRIBUTES.filter((name) => name !== 'src'),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // Pictures come with the letter or not at all; there is no other address in it.
    ALLOWED_URI_REGEXP: /^data:image\/(?:png|jpeg|gif|webp);base64,/,
  });
}

/** The same letter as prose, for the printer and for pages that let no HTML be parsed. */
export function proseOfHtml(html: string, fragment: DocumentFragment | undefined): readonly Prose[] {
  if (fragment) return proseOfMarkup(treeOf(fragment, 'div'));
  return readableHtml(html).map(({ kind, text }) =>
    element(kind === 'heading' ? 'heading' : 'paragraph', [kind === 'item' ? `• ${text}` : text]),
  );
}

function treeOf(node: Node, name: string): XmlElement {
  const children = [...node.childNodes].flatMap((child): (string | XmlElement)[] => {
    if (child instanceof Element) return [treeOf(child, child.localName)];
    return child.nodeType === Node.TEXT_NODE ? [child.textContent ?? ''] : [];
  });
  const attributes = node instanceof Element ? [...node.attributes].map(({ name: key, value }) => [key, value]) : [];
  return { name, attributes: Object.fromEntries(attributes) as Record<string, string>, children };
}
