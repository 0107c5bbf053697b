import { css } from 'lit';

export const measuresStyles = css`
  :host {
    display: block;
  }
  table {
    border-collapse: collapse;
    border-block-start: 1px solid var(--_hairline);
    inline-size: 100%;
  }
  th,
  td {
    font-weight: 400;
    padding: 3px 12px 3px 0;
    text-align: start;
    vertical-align: middle;
  }
  thead th {
    color: var(--_secondary);
    font-size: var(--_small);
    padding-block: 4px 2px;
  }
  tbody tr {
    border-block-start: 1px solid var(--_hairline);
  }
  tr.latest {
    block-size: var(--_row);
  }
  /* A trend may come a moment after its row: nothing moves for it. */
  corridor-trend {
    display: block;
    min-block-size: 24px;
    min-inline-size: 80px;
  }
  tbody th {
    min-inline-size: 9em;
    overflow-wrap: break-word;
  }
  .value strong {
    white-space: nowrap;
  }
  .range,
  .when,
  .org {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .when,
  .range {
    white-space: nowrap;
  }
  .org {
    display: inline-flex;
    gap: 6px;
    min-inline-size: 0;
  }
  .name {
    max-inline-size: 16em;
  }
  .how {
    padding-inline-end: 0;
    text-align: end;
  }
  .how .action {
    align-items: center;
    display: inline-flex;
    font-size: var(--_small);
    gap: 2px;
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
  .opened td {
    background: var(--_raised);
    border-inline-start: 3px solid var(--_hairline);
    padding: 4px 12px;
  }
  details {
    border-block-end: 1px solid var(--_hairline);
    padding-block: 3px;
  }
  details:last-child {
    border-block-end: 0;
  }
  summary {
    cursor: pointer;
    display: grid;
    gap: 0 12px;
    grid-template-columns: 7em minmax(8em, 1fr) minmax(6em, 1fr) minmax(8em, 1.2fr);
  }
  summary:hover strong {
    text-decoration: underline;
  }
  details p {
    margin: 4px 0;
  }
  @container (max-width: 779px) {
    table,
    tbody {
      display: block;
    }
    thead {
      display: none;
    }
    tr.latest {
      block-size: auto;
      display: grid;
      gap: 0 10px;
      grid-template-areas: 'test value trend when how' 'who range trend when how';
      grid-template-columns: minmax(0, 2fr) minmax(8.6em, 1fr) auto auto minmax(6.5em, auto);
      padding-block: 4px;
    }
    .name {
      max-inline-size: none;
    }
    .latest > * {
      inline-size: auto;
      padding: 0;
    }
    tbody th {
      grid-area: test;
    }
    .latest .value {
      grid-area: value;
    }
    .latest .trend {
      grid-area: trend;
      justify-self: end;
      min-inline-size: 80px;
    }
    .latest .range {
      align-self: center;
      grid-area: range;
      white-space: normal;
    }
    .latest .when {
      align-self: center;
      grid-area: when;
    }
    .latest .who {
      grid-area: who;
      min-inline-size: 0;
    }
    .latest .how {
      align-self: center;
      grid-area: how;
    }
    .latest .how .action {
      margin-block: -6px;
    }
    tr.opened,
    tr.opened td {
      display: block;
    }
    summary {
      grid-template-columns: 7em minmax(0, 1fr);
    }
  }
  @container (max-width: 639px) {
    tr.latest {
      grid-template-areas: 'test test how' 'value range trend' 'who who when';
      grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr) auto;
    }
    .latest .when,
    .latest .how {
      align-self: start;
    }
  }
`;
