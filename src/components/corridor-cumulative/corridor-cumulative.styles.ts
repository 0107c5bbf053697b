import { css } from 'lit';

export const cumulativeStyles = css`
  h3 {
    font-size: 1em;
    margin: 14px 0 4px;
  }
  .charts {
    display: grid;
    gap: 10px 24px;
    grid-template-columns: minmax(0, 1fr);
  }
  .tools,
  .keys {
    align-items: center;
    color: var(--_secondary);
    display: flex;
    flex-wrap: wrap;
    font-size: var(--_small);
    gap: 3px 14px;
    list-style: none;
    margin: 4px 0 6px;
    padding: 0;
  }
  .keys svg {
    block-size: 12px;
    fill: var(--_text);
    inline-size: 12px;
    overflow: visible;
    stroke: var(--_text);
    stroke-width: 0.3;
    vertical-align: -0.1em;
  }
  .keys .open svg {
    fill: var(--_surface);
  }
  .keys .band::before {
    background: var(--_shade);
    border-block: 1px solid var(--_edge);
    block-size: 9px;
    content: '';
    display: inline-block;
    inline-size: 16px;
    margin-inline-end: 5px;
  }
  .panel {
    --_shade: light-dark(#e3eaef, #2b3941);
  }
  /* It stands in a line of small words. */
  .set .action {
    font-size: calc(1em / 0.857);
  }
  .apart {
    align-items: center;
    color: var(--_secondary);
    display: flex;
    font-size: var(--_small);
    gap: 6px;
  }
  .scroll {
    border: 1px solid var(--_hairline);
    margin-block-start: 4px;
    max-inline-size: 100%;
    overflow-x: auto;
    position: relative;
  }
  table {
    border-collapse: separate;
    border-spacing: 0;
  }
  th,
  td {
    border-block-end: 1px solid var(--_hairline);
    font-weight: 400;
    padding: 4px 10px;
    text-align: start;
    vertical-align: top;
  }
  tbody:last-child tr:last-child > * {
    border-block-end: 0;
  }
  thead th,
  thead td {
    background: var(--_raised);
    font-size: var(--_small);
    vertical-align: bottom;
    white-space: nowrap;
  }
  thead th.day {
    font-weight: 700;
  }
  .first {
    background: var(--_surface);
    border-inline-end: 1px solid var(--_edge);
    inline-size: 18em;
    inset-inline-start: 0;
    max-inline-size: 18em;
    min-inline-size: 18em;
    overflow-wrap: break-word;
    position: sticky;
    z-index: 1;
  }
  thead .first {
    background: var(--_raised);
  }
  .test {
    align-items: start;
    cursor: pointer;
    display: flex;
    gap: 7px;
  }
  .test input {
    block-size: 16px;
    flex: none;
    inline-size: 16px;
    margin: 2px 0 0;
  }
  .name {
    font-weight: 700;
  }
  .unit,
  .range {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .range {
    display: block;
  }
  td .value {
    font-weight: 700;
    white-space: nowrap;
  }
  td .long {
    display: block;
    min-inline-size: 9em;
    white-space: normal;
  }
  td .value.plain {
    font-weight: 400;
  }
  td p + p {
    margin-block-start: 3px;
  }
  td .flag {
    display: flex;
    inline-size: fit-content;
    padding-inline: 3px 4px;
  }
  td svg.open {
    block-size: 9px;
    fill: none;
    inline-size: 9px;
    overflow: visible;
    stroke: currentColor;
    stroke-width: 0.35;
  }
  .orgs {
    display: inline-flex;
    gap: 3px;
  }
  @container (min-width: 680px) {
    .charts.many {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (min-width: 1100px) {
    .charts.many {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  @container (max-width: 519px) {
    .panel {
      padding-inline: 8px;
    }
    .first {
      inline-size: 8.5em;
      max-inline-size: 8.5em;
      min-inline-size: 8.5em;
      padding-inline: 6px;
    }
    th,
    td {
      padding-inline: 7px;
    }
  }
  @media (pointer: coarse) {
    .test {
      min-block-size: 44px;
    }
    .test input {
      block-size: 22px;
      inline-size: 22px;
    }
    .set .action {
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .set .action[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
  @media print {
    .scroll {
      overflow: visible;
    }
    .first {
      position: static;
    }
    .tools .set,
    .test input {
      display: none;
    }
  }
`;
