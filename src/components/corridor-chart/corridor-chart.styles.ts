import { css } from 'lit';

export const chartStyles = css`
  :host {
    display: block;
  }
  h3 {
    font-size: 1em;
    margin: 0;
  }
  p {
    margin: 0;
  }
  .head {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
  }
  .head span,
  .note {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .plot {
    min-block-size: 150px;
    position: relative;
  }
  .pointed {
    font-size: var(--_small);
    font-weight: 400;
    margin-inline-start: auto;
  }
  table {
    border-collapse: collapse;
    font-size: var(--_small);
    inline-size: 100%;
  }
  th,
  td {
    border-block-start: 1px solid var(--_hairline);
    font-weight: 400;
    overflow-wrap: anywhere;
    padding: 2px 10px 2px 0;
    text-align: start;
    vertical-align: top;
  }
  thead th {
    color: var(--_secondary);
  }
  .value {
    font-weight: 700;
  }
  summary {
    color: var(--_action);
    cursor: pointer;
    font-size: var(--_small);
    inline-size: fit-content;
    min-block-size: 24px;
  }
  @media print {
    .pointed {
      display: none;
    }
  }
`;
