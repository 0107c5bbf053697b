import { css } from 'lit';

export const conflictsStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  .none {
    color: var(--_secondary);
    font-size: var(--_small);
    margin: 0;
    padding: 0 12px;
  }
  section {
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-inline-start: 4px solid var(--_caution);
    border-radius: var(--_radius);
    padding: 0 12px 2px;
  }
  h2 {
    font-size: var(--_large);
    margin: 0;
    padding-block: 7px 5px;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .list > li {
    border-block-start: 1px solid var(--_hairline);
  }
  .toggle {
    align-items: center;
    color: inherit;
    display: flex;
    gap: 8px;
    inline-size: 100%;
    min-block-size: var(--_row);
    padding: 3px 0;
  }
  .toggle:hover {
    text-decoration: none;
  }
  /* What opposes each other stands side by side, as wide and as loud as each other. */
  .summary {
    align-items: baseline;
    display: grid;
    flex: 1;
    gap: 2px 16px;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    min-inline-size: 0;
  }
  .summary strong {
    grid-column: 1 / -1;
  }
  .title {
    display: block;
  }
  /* A long sentence gives way to its end; who says so, and when, never does. */
  .gist {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    display: -webkit-box;
    overflow: hidden;
  }
  @container (max-width: 519px) {
    .summary {
      grid-template-columns: minmax(0, 1fr);
    }
    .gist {
      -webkit-line-clamp: 2;
    }
  }
  @container (min-width: 900px) {
    .summary {
      grid-template-columns: 17em repeat(2, minmax(0, 1fr));
    }
    .summary strong {
      grid-column: auto;
    }
  }
  @media print {
    .gist {
      display: block;
    }
  }
  .chevron {
    block-size: 1em;
    fill: none;
    flex: none;
    inline-size: 1em;
    stroke: var(--_action);
    stroke-width: 1.8;
  }
  [aria-expanded='true'] .chevron {
    transform: scaleY(-1);
  }
  .sides {
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18em), 1fr));
    padding-block: 2px 6px;
  }
  .sides li {
    background: var(--_raised);
    border-radius: var(--_radius);
    padding: 6px 10px;
  }
  .said,
  .who,
  .verdict {
    margin: 0;
  }
  .who,
  .verdict {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .verdict {
    padding-block-end: 6px;
  }
`;
