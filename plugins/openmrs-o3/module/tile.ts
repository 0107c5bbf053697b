import { linkTo, recordAddress } from './dashboards.ts';
import type { Framework } from './framework.ts';
import type { ExtensionProps, Shown } from './lifecycle.ts';
import { wordsFor } from './words.ts';

const SHEET = `
  .tile { background: #fff; border: 1px solid #e0e0e0; box-sizing: border-box; display: block; font: 400 0.875rem/1.29 'IBM Plex Sans', system-ui, sans-serif; padding: 1rem; }
  h2 { border-block-end: 0.375rem solid var(--brand-03, #007d79); display: inline-block; font-size: 1rem; font-weight: 600; margin: 0 0 0.75rem; padding-block-end: 0.25rem; }
  p { color: #393939; margin: 0 0 0.75rem; }
  a { color: #0f62fe; }
  a:focus-visible { outline: 2px solid #0f62fe; outline-offset: 2px; }
`;

/** On the summary of the chart: that there is a shared record, and the way to it. Nothing is asked for before it is opened. */
export function tile(props: ExtensionProps, framework: Framework): Shown {
  const words = wordsFor(document.documentElement.lang);
  const place = document.createElement('section');
  // The chart sets the box of whatever stands in it; what is inside has its own.
  const inside = document.createElement('div');
  inside.className = 'tile';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  const root = place.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  const heading = document.createElement('h2');
  heading.textContent = words.record;
  const line = document.createElement('p');
  line.textContent = words.tile;
  const link = linkTo(() => recordAddress(props), framework);
  link.textContent = words.open;
  inside.append(heading, line, link);
  root.append(inside);
  props.domElement.replaceChildren(place);
  return { close: () => place.remove() };
}
