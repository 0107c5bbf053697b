import type { HostPort } from '../../../plugins/host-port.ts';

/** Its own sheet: only a host whose frame grows with the record takes the page's least height away. */
const STYLE = `@media screen { #root#root { min-height: 0; } }`;

/**
 * Says how high the record is, to a host that says it makes its frame as high (`env.fit`). To any other nothing is said:
 * its frame keeps its height, and in it the patient's name never scrolls away.
 */
export function sayHeight(port: HostPort, record: HTMLElement): () => void {
  const page = record.ownerDocument;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  let last = 0;
  let frame = 0;
  const say = (): void => {
    frame = 0;
    const height = Math.ceil(record.getBoundingClientRect().bottom + (page.defaultView?.scrollY ?? 0));
    if (height === last || height <= 0) return;
    last = height;
    port.ui.resize(height);
  };
  // Once a frame: a host that answers with another width would otherwise be asked in a ring.
  const observer = new ResizeObserver(() => (frame ||= requestAnimationFrame(say)));
  const fit = (): void => {
    const fits = port.env.fit === 'content';
    const others = page.adoptedStyleSheets.filter((one) => one !== sheet);
    page.adoptedStyleSheets = fits ? [...others, sheet] : others;
    if (fits) observer.observe(record);
    else observer.disconnect();
  };
  const release = port.env.onEnv(fit);
  fit();
  return () => {
    release();
    observer.disconnect();
    cancelAnimationFrame(frame);
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
