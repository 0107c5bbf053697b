import type { Prose, ProseElement, ProseKind } from './prose.ts';

const TAGS: Readonly<Record<Exclude<ProseKind, 'picture'>, keyof HTMLElementTagNameMap>> = {
  heading: 'h3',
  subheading: 'h4',
  paragraph: 'p',
  preformatted: 'pre',
  bullets: 'ul',
  numbers: 'ol',
  item: 'li',
  table: 'table',
  caption: 'caption',
  row: 'tr',
  'head-cell': 'th',
  cell: 'td',
  strong: 'strong',
  emphasis: 'em',
  underlined: 'u',
  struck: 's',
  raised: 'sup',
  lowered: 'sub',
  break: 'br',
  rule: 'hr',
  note: 'p',
};

/** Pictures that were given an address; whoever shows them lets go of the addresses. */
export type Pictures = { addressOf(picture: Blob): string; readonly alt: string };

/** Builds elements of the fixed list above and text nodes; no markup is parsed and no attribute is taken over. */
export function buildProse(prose: readonly Prose[], pictures: Pictures): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of prose) fragment.append(typeof part === 'string' ? part : build(part, pictures));
  return fragment;
}

function build(part: ProseElement, pictures: Pictures): Node {
  if (part.kind === 'picture') return picture(part, pictures);
  const made = document.createElement(TAGS[part.kind]);
  if (part.kind === 'note') made.className = 'note';
  if (made instanceof HTMLTableCellElement) {
    if (part.columns !== undefined) made.colSpan = part.columns;
    if (part.rows !== undefined) made.rowSpan = part.rows;
  }
  made.append(buildProse(part.children, pictures));
  if (part.kind !== 'table') return made;
  // A wide table scrolls by itself; the page around it does not.
  const around = document.createElement('div');
  around.className = 'wide';
  around.tabIndex = 0;
  around.setAttribute('role', 'group');
  around.setAttribute('aria-label', made.querySelector('caption')?.textContent || pictures.alt);
  around.append(made);
  return around;
}

function picture({ picture: blob }: ProseElement, pictures: Pictures): Node {
  const made = document.createElement('img');
  made.alt = pictures.alt;
  if (blob) made.src = pictures.addressOf(blob);
  return made;
}
