/** A date, or a number with a unit, as it stands in a text. */
const VALUE =
  /\d\d-\p{L}{3,5}-\d{4}|(?:[≤≥<>] )?\d[\d.,]* (?:mg|micrograms|g|kg|ml|L|mmol|mmHg|cm|m|%|units|×10|hours)(?!\p{L})[^\s,;)]*/gu;

/** Every value and every date under a node, through all shadow roots, that stands on two lines. */
export function brokenValues(root: Element | ShadowRoot): readonly string[] {
  const broken: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    if (node instanceof Element && node.shadowRoot) broken.push(...brokenValues(node.shadowRoot));
    if (node instanceof Text && node.parentElement?.localName !== 'style') broken.push(...brokenIn(node));
  }
  return broken;
}

function brokenIn(text: Text): readonly string[] {
  return [...text.data.matchAll(VALUE)].flatMap(({ 0: value, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + value.length);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
    return lines.size > 1 ? [value] : [];
  });
}
