import { css } from 'lit';

export const reconciliationStyles = css`
  header {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  h4 {
    font-size: 1em;
    margin: 0;
  }
  .count {
    font-weight: 700;
  }
  .gap {
    flex: 1;
  }
  .quiet,
  .small {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .only {
    margin-block: 2px 6px;
    max-inline-size: 70em;
  }
  .scroll {
    border: 1px solid var(--_hairline);
    /* Its own head must stay in view: a cell whose organisation has scrolled away could be anybody's. */
    max-block-size: max(20em, calc(100vh - 17em));
    max-inline-size: 100%;
    overflow: auto;
    position: relative;
  }
  table {
    border-collapse: separate;
    border-spacing: 0;
    inline-size: 100%;
  }
  th,
  td {
    border-block-end: 1px solid var(--_hairline);
    font-weight: 400;
    min-inline-size: 11.5em;
    padding: 5px 10px;
    text-align: start;
    vertical-align: top;
  }
  th + td,
  td + td,
  th + th {
    border-inline-start: 1px solid var(--_hairline);
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  thead th {
    background: var(--_raised);
    inset-block-start: 0;
    position: sticky;
    vertical-align: bottom;
    z-index: 2;
  }
  .first {
    background: var(--_surface);
    border-inline-end: 1px solid var(--_edge);
    inline-size: 13em;
    inset-inline-start: 0;
    max-inline-size: 13em;
    min-inline-size: 13em;
    overflow-wrap: break-word;
    position: sticky;
    z-index: 1;
  }
  thead .first {
    background: var(--_raised);
    z-index: 3;
  }
  .name,
  .who {
    display: block;
    font-weight: 700;
  }
  .name .action {
    color: inherit;
    font-weight: 700;
    margin-inline-start: -6px;
    text-align: start;
  }
  .said + .said {
    border-block-start: 1px solid var(--_hairline);
    margin-block-start: 5px;
    padding-block-start: 5px;
  }
  .opposed {
    box-shadow: inset 3px 0 0 var(--_caution);
    padding-inline-start: 8px;
  }
  .none {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  /* Silence is not an empty cell: it is hatched wherever it stands. */
  .silent {
    background: var(--_surface)
      repeating-linear-gradient(
        135deg,
        transparent 0 6px,
        color-mix(in srgb, var(--_withheld) 14%, transparent) 6px 8px
      );
  }
  .marked {
    list-style: none;
    margin: 3px 0 0;
    padding: 0;
  }
  .marked .flag {
    display: inline-flex;
    white-space: normal;
  }
  .sides {
    list-style: none;
    margin: 2px 0 0;
    padding: 0;
  }
  .sides li {
    font-size: var(--_small);
  }
  .stack {
    display: none;
  }
  .stack > section {
    border-block-start: 1px solid var(--_hairline);
    break-inside: avoid;
    display: grid;
    gap: 6px 16px;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14em), 1fr));
    padding-block: 8px;
  }
  .stack > section > :not(div.cell) {
    grid-column: 1 / -1;
  }
  .stack h4 {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  @container (max-width: 619px) {
    .panel {
      padding-inline: 8px;
    }
    .scroll {
      display: none;
    }
    .stack {
      display: block;
    }
  }
  @media (forced-colors: active) {
    .opposed {
      border-inline-start: 3px solid;
    }
    .silent {
      border-style: dashed;
    }
  }
  /* Columns that do not fit on paper would be cut off: there one organisation follows the other. */
  @media print {
    .scroll,
    header .action {
      display: none;
    }
    .stack {
      display: block;
    }
  }
`;
