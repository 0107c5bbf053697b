import { linkTo, RECORD_PATH } from './dashboards.ts';
import type { Framework } from './framework.ts';
import type { ExtensionProps, Shown } from './lifecycle.ts';
import { wordsFor } from './words.ts';

const ICON = 'omrs-icon-group-access';
const SVG = 'http://www.w3.org/2000/svg';

/** The entry of the chart's side menu, dressed in the classes of the shell's own. */
export function dashboardLink({ domElement, basePath }: ExtensionProps, framework: Framework): Shown {
  const address = (): string | undefined => basePath && `${basePath}/${RECORD_PATH}`;
  const link = linkTo(address, framework);
  link.className = 'cds--side-nav__link';
  link.append(icon(), wordsFor(document.documentElement.lang).record);
  const mark = (): void => {
    const isActive = location.pathname.split('/').includes(RECORD_PATH);
    link.classList.toggle('active-left-nav-link', isActive);
    // `page` would bring a second mark beside the shell's own.
    if (isActive) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  };
  addEventListener('single-spa:routing-event', mark);
  mark();
  domElement.replaceChildren(link);
  return {
    close: () => {
      removeEventListener('single-spa:routing-event', mark);
      link.remove();
    },
  };
}

/** One of the shell's own drawings; where it has none of that name, an empty place of the same size. */
function icon(): SVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'omrs-icon');
  for (const side of ['width', 'height']) drawing.setAttribute(side, '16');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.style.setProperty('margin-inline-end', '1.5rem');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#${ICON}`);
  drawing.append(use);
  return drawing;
}
