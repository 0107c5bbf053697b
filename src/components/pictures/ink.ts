import { css } from 'lit';

/** Colours for a canvas, which knows no custom properties: read from elements that have them. */
const NAMES = ['text', 'secondary', 'edge', 'surface', 'raised', 'action', 'caution', 'risk', 'band', 'grid'] as const;

export type Ink = Readonly<Record<(typeof NAMES)[number], string>>;

/** A canvas cannot be told that the colours changed; a transition of one of them can (`transitionend`). */
export const inkStyles = css`
  .ink {
    block-size: 0;
    color: var(--_text);
    transition: color 1ms;
  }
  .probe {
    --_band: light-dark(#e3eaef, #2b3941);
    --_grid: var(--_hairline);
    block-size: 0;
  }
  @media (forced-colors: active) {
    .probe {
      --_band: Canvas;
      --_grid: GrayText;
    }
  }
`;

/**
 * `probe`: an element of its own, without a transition, with the tokens in reach. Light, dark and forced colours come out
 * as the page has them now.
 */
export function readInk(probe: HTMLElement): Ink {
  const style = getComputedStyle(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--_${name})`;
    return [name, style.color] as const;
  });
  return Object.fromEntries(entries) as Ink;
}

/** A canvas of this size in the page's pixels, sharp on any screen. */
export function sized(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | undefined {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.inlineSize = `${widthPx}px`;
    canvas.style.blockSize = `${heightPx}px`;
  }
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
