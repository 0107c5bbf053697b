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
  /* What has arrived is said beside what is being written, and never moves it. */
  .dock:not(.folded) ~ .news p {
    inline-size: auto;
    inset-inline: 12px calc(min(31em, 100% - 24px) + 24px);
  }
  .dock.folded ~ .news p {
    inset-block-end: 52px;
  }
  @container (max-width: 699px) {
    .dock .box {
      inline-size: 100%;
      inset-inline-end: 0;
      max-block-size: calc(100vh - 96px);
    }
    /* No room beside it: over its foot, where nothing stands that one presses. */
    .dock:not(.folded) .box {
      padding-block-end: 72px;
    }
    .dock ~ .news {
      z-index: 8;
    }
    .dock:not(.folded) ~ .news p {
      inset-inline: 12px;
    }
  }
  .which {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    margin-block-end: 8px;
  }
  .which .action {
    border: 1px solid var(--_edge);
    padding: 1px 9px;
  }
  .which .action[aria-pressed='true'] {
    background: var(--_action);
    border-color: transparent;
    color: var(--_on-action);
  }
  .team-list {
    display: grid;
    gap: 10px;
    grid-template-columns: minmax(0, 1fr);
  }
  .team-list .others {
    align-items: start;
    background: var(--_caution-page);
    border-radius: var(--_radius);
    color: var(--_caution-text);
    display: flex;
    gap: 6px;
    margin: 0;
    padding: 4px 8px;
  }
  .team-list .fact {
    margin-inline-end: 6px;
    white-space: nowrap;
  }
  @media print {
    .which,
    .team-list,
    .dock {
      display: none;
    }
  }
`;
