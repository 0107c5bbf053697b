import { css } from 'lit';

export const ledgerStyles = css`
  :host {
    background: var(--_surface);
    border-block-end: 1px solid var(--_hairline);
    container-type: inline-size;
    display: block;
  }
  .scroll {
    border-block: 2px solid var(--_edge);
    max-block-size: min(60vh, 46rem);
    overflow: auto;
    position: relative;
    scroll-timeline: --ledger block;
  }
  /* A shade over the last rows in view for as long as there are more below. */
  .scroll::after {
    background: linear-gradient(transparent, rgb(0 0 0 / 0.28));
    block-size: 18px;
    content: '';
    display: block;
    inset-block-end: 0;
    inset-inline: 0;
    margin-block-start: -18px;
    pointer-events: none;
    position: sticky;
    z-index: 3;
  }
  @supports (animation-timeline: --ledger) {
    .scroll::after {
      animation: fade linear both;
      animation-timeline: --ledger;
      opacity: 0;
    }
    @keyframes fade {
      from {
        opacity: 1;
      }
      95% {
        opacity: 1;
      }
      to {
        opacity: 0;
      }
    }
  }
  table {
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--_small);
    inline-size: 100%;
  }
  th,
  td {
    border-block-end: 1px solid var(--_hairline);
    padding: 4px 6px;
    text-align: start;
    vertical-align: middle;
  }
  tr > :last-child {
    padding-inline-end: 14px;
  }
  thead th {
    background: var(--_surface);
    color: var(--_secondary);
    inset-block-start: 0;
    position: sticky;
    vertical-align: bottom;
    z-index: 2;
  }
  tbody th,
  thead th:first-child {
    background: var(--_surface);
    font-weight: 400;
    inset-inline-start: 0;
    min-inline-size: 15em;
    padding-inline-start: 12px;
    position: sticky;
    z-index: 1;
  }
  thead th:first-child {
    z-index: 3;
  }
  .org,
  .line {
    display: flex;
    gap: 6px;
  }
  .org > span {
    font-weight: 700;
  }
  .line .mark {
    margin-block-start: 0.2em;
  }
  em {
    color: var(--_secondary);
    font-style: normal;
    font-weight: 400;
  }
  .state {
    min-inline-size: 15em;
  }
  .small {
    color: var(--_secondary);
    padding-inline-start: calc(1em + 6px);
  }
  .upright {
    font-weight: 400;
    padding-inline: 2px;
  }
  .upright span {
    display: inline-block;
    max-block-size: 9em;
    transform: rotate(180deg);
    writing-mode: vertical-rl;
  }
  .cell {
    min-inline-size: 2.4em;
    padding-inline: 2px;
    text-align: center;
    white-space: nowrap;
  }
  .cell .mark {
    margin-inline-end: 2px;
  }
  tbody tr:hover > * {
    background: var(--_raised);
  }
  tr.wrong-patient > * {
    background: var(--_risk-page);
  }
  .key {
    color: var(--_secondary);
    display: flex;
    flex-wrap: wrap;
    font-size: var(--_small);
    gap: 2px 14px;
    margin: 0;
    padding: 6px 12px;
  }
  @container (max-width: 699px) {
    table,
    tbody,
    tr,
    tbody th,
    td {
      display: block;
      position: static;
    }
    thead {
      display: none;
    }
    tr {
      border-block-end: 1px solid var(--_hairline);
      padding: 6px 12px;
    }
    th,
    td {
      border: 0;
      padding: 0;
    }
    tbody th {
      padding: 0;
    }
    .cell {
      display: inline-block;
      margin-inline-end: 12px;
    }
    .cell::before {
      color: var(--_secondary);
      content: attr(data-section) ' ';
    }
    .small {
      padding: 0;
    }
  }
`;
