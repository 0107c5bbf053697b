import { css } from 'lit';

/** The wide row answers to the width of the section around it, which is the size container. */
export const factStyles = css`
  :host {
    display: block;
  }
  .row {
    align-items: start;
    display: grid;
    gap: 0 12px;
    grid-template-columns: minmax(0, 1fr) auto;
    min-block-size: var(--_row);
    padding-block: calc((var(--_row) - 1.4em) / 2);
  }
  .words {
    grid-column: 1;
    grid-row: 1;
    overflow-wrap: anywhere;
  }
  .past .words,
  .planned .words {
    color: var(--_secondary);
  }
  .past .words strong {
    font-weight: 400;
  }
  .who,
  .when {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .who {
    display: flex;
    gap: 6px;
    min-inline-size: 0;
  }
  .meta {
    display: flex;
    gap: 12px;
    grid-column: 1 / -1;
    grid-row: 2;
    justify-content: space-between;
  }
  .when {
    padding-inline-end: 6px;
    text-align: end;
  }
  .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .how {
    grid-column: 2;
    grid-row: 1;
    justify-self: end;
    display: flex;
  }
  .how .action {
    align-items: center;
    display: inline-flex;
    font-size: var(--_small);
    block-size: 24px;
    gap: 2px;
    justify-content: end;
    margin-block: -2px;
    white-space: nowrap;
  }
  .chevron {
    block-size: 1em;
    fill: none;
    inline-size: 1em;
    stroke: currentColor;
    stroke-width: 1.8;
  }
  [aria-expanded='true'] .chevron {
    transform: scaleY(-1);
  }
  .body {
    grid-column: 1 / -1;
    margin: 2px 0 0;
    max-inline-size: 75ch;
    white-space: pre-line;
  }
  .cut {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    display: -webkit-box;
    overflow: hidden;
  }
  .body.cut {
    -webkit-line-clamp: 8;
  }
  .all {
    font-size: var(--_small);
    grid-column: 1 / -1;
    justify-self: start;
    padding-inline: 0;
  }
  .dispute {
    align-items: start;
    background: var(--_caution-page);
    border-radius: var(--_radius);
    color: var(--_caution-text);
    display: flex;
    font-size: var(--_small);
    gap: 6px;
    margin: 0 0 6px;
    padding: 3px 8px;
  }
  .dispute .mark {
    margin-block-start: 0.2em;
  }
  .details {
    background: var(--_raised);
    border-inline-start: 3px solid var(--_hairline);
    margin-block-end: 8px;
    padding: 4px 12px;
  }
  .merged {
    color: var(--_secondary);
    font-size: var(--_small);
    margin: 0;
  }
  .by {
    align-items: center;
    color: var(--_secondary);
    display: flex;
    font-size: var(--_small);
    font-weight: 700;
    gap: 6px;
    margin: 0;
  }
  .by .name {
    color: var(--_text);
  }
  .original {
    border-block-start: 1px solid var(--_hairline);
    padding-block: 6px;
  }
  .original:first-child {
    border-block-start: 0;
  }
  .said,
  .detail,
  .note {
    margin: 0 0 4px;
  }
  .detail,
  .note {
    white-space: pre-line;
  }
  .apart {
    border-inline-start: 3px solid var(--_hairline);
    margin-block: 4px;
    padding-inline-start: 9px;
  }
  .apart > .action {
    font-size: var(--_small);
  }
  @container (min-width: 740px) {
    .row {
      grid-template-columns: minmax(0, 1fr) 13em 8.9em 4.9em;
    }
    .meta {
      display: contents;
    }
    /* A name of two rows leaves none empty between a short fact and its longer words. */
    .who {
      grid-column: 2;
      grid-row: 1 / span 2;
      padding-block-start: 0.14em;
    }
    .when {
      grid-column: 3;
      grid-row: 1;
      justify-self: end;
      padding-block-start: 0.14em;
    }
    .how {
      grid-column: 4;
      grid-row: 1;
    }
    .body {
      grid-column: 1;
    }
  }
  @media print {
    .cut {
      display: block;
    }
    .how {
      display: none;
    }
  }
`;
