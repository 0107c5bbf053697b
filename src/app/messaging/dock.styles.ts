import { css } from 'lit';

/** Over the page at its foot, so that its coming and going moves no line; the record beside it stays in reach. */
export const dockStyles = css`
  .dock {
    block-size: 0;
    inset-block-end: 0;
    position: sticky;
    z-index: 7;
  }
  .dock .box {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-block-end: 0;
    border-radius: var(--_radius) var(--_radius) 0 0;
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.3);
    inline-size: min(31em, calc(100% - 24px));
    inset-block-end: 0;
    inset-inline-end: 12px;
    max-block-size: calc(100vh - var(--_header, 108px) - 12px);
    overflow-y: auto;
    padding: 6px 12px 0;
    position: absolute;
    scrollbar-width: thin;
  }
  .dock .fold {
    inset-block-start: 6px;
    inset-inline-end: 8px;
    position: absolute;
    z-index: 1;
  }
  .dock.folded .fold {
    position: static;
  }
  .dock.folded .box {
    inline-size: auto;
    max-inline-size: calc(100% - 24px);
    padding: 2px 6px;
  }
  .dock.folded p {
    margin: 4px 6px;
    max-inline-size: 32em;
  }
  @container (max-width: 699px) {
    .dock .box {
      inline-size: 100%;
      inset-inline-end: 0;
      max-block-size: calc(100vh - 96px);
    }
  }
  @media print {
    .dock {
      display: none;
    }
  }
`;
