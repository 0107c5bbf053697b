import { css } from 'lit';

/**
 * The visual system (ui.md §3). A host may set type, radius, row height and the action colour through `--corridor-*`;
 * what severity and absence look like is locked, because those colours carry clinical meaning.
 * Light and dark follow `color-scheme`; forced colours fall back to the system's own.
 */
export const tokens = css`
  :host {
    --_text: light-dark(#212b32, #e6ebee);
    --_secondary: light-dark(#4c6272, #a9b8c3);
    --_page: light-dark(#f0f4f5, #12181c);
    --_surface: light-dark(#ffffff, #1b2329);
    --_raised: light-dark(#f6f8f9, #232d34);
    --_hairline: light-dark(#d8dde0, #37444d);
    --_edge: light-dark(#768692, #8296a3);
    --_action: var(--corridor-action-colour, light-dark(#005eb8, #7db8f0));
    --_action-hover: var(--corridor-action-hover-colour, light-dark(#003087, #b5d8fa));
    --_on-action: light-dark(#ffffff, #0b1a28);
    --_risk: light-dark(#d5281b, #ff8478);
    --_risk-page: light-dark(#fdf0ef, #3a1d1b);
    --_caution: light-dark(#ed8b00, #ffb340);
    --_caution-text: light-dark(#212b32, #ffe2b0);
    --_caution-page: light-dark(#fff6e6, #38290e);
    --_ok: light-dark(#007f3b, #5cc98a);
    --_information: light-dark(#0a729b, #6cc7f0);
    --_withheld: light-dark(#5d6f7b, #9fb0bb);
    --_focus: #ffeb3b;
    --_focus-edge: light-dark(#000000, #ffffff);
    --_radius: var(--corridor-radius, 3px);
    --_row: var(--corridor-row-height, 32px);
    --_font: var(--corridor-font, Arial, 'Liberation Sans', 'Open Sans', system-ui, sans-serif);
    --_size: var(--corridor-font-size, 0.875rem);
    --_small: 0.857em;
    --_large: 1.143em;
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_size);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  @media (pointer: coarse) {
    :host {
      --_row: var(--corridor-row-height, 44px);
      --_size: var(--corridor-font-size, 1rem);
    }
  }
  @media (forced-colors: active) {
    :host {
      --_text: CanvasText;
      --_secondary: CanvasText;
      --_page: Canvas;
      --_surface: Canvas;
      --_raised: Canvas;
      --_hairline: CanvasText;
      --_edge: CanvasText;
      --_action: LinkText;
      --_action-hover: LinkText;
      --_on-action: Canvas;
      --_risk: CanvasText;
      --_risk-page: Canvas;
      --_caution: CanvasText;
      --_caution-text: CanvasText;
      --_caution-page: Canvas;
      --_ok: CanvasText;
      --_information: CanvasText;
      --_withheld: GrayText;
      --_focus: Highlight;
      --_focus-edge: Highlight;
    }
  }
`;

/** Buttons, focus and the words for a screen reader only: the same in every element. */
export const controls = css`
  button {
    font: inherit;
    color: inherit;
  }
  .action {
    appearance: none;
    background: none;
    border: 0;
    border-radius: var(--_radius);
    color: var(--_action);
    cursor: pointer;
    min-block-size: 24px;
    padding: 2px 6px;
    margin: 0;
    text-align: start;
  }
  .action:hover {
    color: var(--_action-hover);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .action[disabled] {
    color: var(--_secondary);
    cursor: default;
    text-decoration: none;
  }
  .filled {
    background: var(--_action);
    color: var(--_on-action);
    padding: 2px 10px;
  }
  .filled:hover {
    background: var(--_action-hover);
    color: var(--_on-action);
  }
  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 0;
    box-shadow: 0 0 0 5px var(--_focus-edge);
  }
  @media (pointer: coarse) {
    .action {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  .heard {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media print {
    .action {
      display: none;
    }
  }
`;
