/** How a letter looks inside its frame: plain, dark on white as on paper, and readable at any width. */
const SHEET = `
:root { color-scheme: light; background: #ffffff; color: #212b32; font: 16px/1.5 Arial, 'Liberation Sans', sans-serif; }
body { margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; } h2 { font-size: 1.1875rem; } h3, h4, h5, h6 { font-size: 1rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.25em 0 0.4em; }
body > :first-child { margin-block-start: 0; }
p, ul, ol, dl, blockquote, pre { margin: 0 0 0.75em; }
pre { white-space: pre-wrap; font: inherit; }
table { border-collapse: collapse; margin: 0 0 1em; }
td, th { border: 1px solid #aeb7bd; padding: 4px 8px; text-align: start; vertical-align: top; }
img { max-inline-size: 100%; block-size: auto; }
mark { background: #fff3bf; color: inherit; }
::highlight(corridor-found) { background: #ffe066; color: #212b32; }
::highlight(corridor-here) { background: #d9480f; color: #ffffff; }
@media (forced-colors: active) {
  ::highlight(corridor-found) { background: Mark; color: MarkText; }
  ::highlight(corridor-here) { background: Highlight; color: HighlightText; }
}
`;

/**
 * Puts a cleaned letter into its frame. The frame has no scripts of its own (`sandbox` without `allow-scripts`); it is of
 * our origin so that the words can be found, highlighted and measured from outside. Its elements are moved in, not parsed.
 */
export function fillFrame(frame: HTMLIFrameElement, letter: DocumentFragment, zoom: number): void {
  const inside = frame.contentDocument;
  const realm = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!inside || !realm) return;
  inside.documentElement.lang = frame.lang;
  inside.body.replaceChildren(inside.importNode(letter, true));
  const sheet = new realm.CSSStyleSheet();
  sheet.replaceSync(SHEET);
  inside.adoptedStyleSheets = [sheet];
  scaleFrame(frame, zoom);
}

/** As large as the reader wants it and as high as its words: the page around it scrolls, so there is one scroll bar. */
export function scaleFrame(frame: HTMLIFrameElement, zoom: number): void {
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  root.style.setProperty('font-size', `${String(Math.round(16 * zoom))}px`);
  frame.style.setProperty('block-size', '0');
  // One that is wider than its frame scrolls sideways, and the bar takes room of its own.
  const bar = root.scrollWidth > root.clientWidth ? 18 : 0;
  frame.style.setProperty('block-size', `${String(Math.min(200_000, Math.ceil(root.scrollHeight) + bar))}px`);
}
