import { css } from 'lit';

export const findStyles = css`
  :host {
    display: block;
    position: relative;
  }
  search {
    align-items: center;
    display: flex;
    gap: 2px 4px;
    min-block-size: 32px;
  }
  .field {
    align-items: center;
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    display: flex;
    flex: 1 1 15em;
    min-inline-size: 6em;
  }
  .glass {
    block-size: 16px;
    fill: none;
    flex: none;
    inline-size: 16px;
    margin-inline-start: 7px;
    stroke: var(--_secondary);
    stroke-width: 1.6;
  }
  input {
    accent-color: var(--_action);
    color: inherit;
    font: inherit;
  }
  input[type='search'] {
    appearance: none;
    background: none;
    block-size: 26px;
    border: 0;
    flex: 1;
    inline-size: 100%;
    min-inline-size: 0;
    padding: 0 7px;
  }
  /* The ring is the whole field's. */
  .field:focus-within {
    box-shadow: 0 0 0 5px var(--_focus-edge);
    outline: 3px solid var(--_focus);
  }
  input[type='search']:focus-visible {
    box-shadow: none;
    outline: none;
  }
  input[type='search']::-webkit-search-cancel-button {
    display: none;
  }
  ::placeholder {
    color: var(--_secondary);
    opacity: 1;
  }
  .action {
    flex: none;
    white-space: nowrap;
  }
  .on {
    background: var(--_action);
    color: var(--_on-action);
  }
  .said {
    flex: none;
    font-weight: 700;
    padding-inline: 6px;
    white-space: nowrap;
  }
  .said:empty {
    display: none;
  }
  .panel {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.25);
    display: grid;
    gap: 4px 16px;
    grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
    inline-size: min(46rem, 94cqi);
    inset-block-start: 100%;
    inset-inline-end: 0;
    max-block-size: min(28rem, 70vh);
    overflow-y: auto;
    padding: 8px 12px;
    position: absolute;
    z-index: 7;
  }
  fieldset {
    border: 0;
    margin: 0;
    min-inline-size: 0;
    padding: 0;
  }
  legend {
    color: var(--_secondary);
    font-size: var(--_small);
    padding: 4px 0;
  }
  .panel label {
    align-items: baseline;
    display: flex;
    gap: 8px;
    min-block-size: 26px;
    padding-block: 2px;
  }
  .panel .name {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .panel .count {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  input[type='date'] {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    margin-inline-start: auto;
    min-block-size: 26px;
  }
  /* Too narrow for one row: the field keeps its own, and what it says stands under it. */
  @container (max-width: 559px) {
    search {
      flex-wrap: wrap;
    }
    .field {
      order: -2;
    }
    .filters {
      order: -1;
    }
    .said {
      flex: 1;
      padding-inline: 2px;
      white-space: normal;
    }
    .panel {
      inline-size: 100%;
    }
  }
  @media (pointer: coarse) {
    search,
    .panel label {
      min-block-size: 44px;
    }
    input[type='search'] {
      block-size: 42px;
    }
  }
  @media print {
    search {
      display: none;
    }
  }
`;
