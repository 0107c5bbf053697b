import { css } from 'lit';

export const reachStyles = css`
  :host {
    display: block;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  /* A list item is counted whether or not its number shows, which takes ten times as long as all else of a row. */
  li {
    display: block;
  }
  /* A row that waits takes no room at all. */
  li:not([hidden]) {
    border-block-start: 1px solid var(--_hairline);
    overflow-wrap: anywhere;
    padding-block: 4px;
  }
  .who {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  /* A browser that can't reveal what it finds shows it all: what is there must be findable. */
  @media print {
    :host([printed]) li {
      border-block-start: 1px solid;
      break-inside: avoid;
      content-visibility: visible;
      display: block;
      padding-block: 4px;
    }
  }
`;
