import { css } from 'lit';

export const sourcesStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  section {
    background: var(--_surface);
    border-block-end: 1px solid var(--_hairline);
  }
  .strip {
    align-items: center;
    display: flex;
    gap: 2px 12px;
    block-size: 34px;
    padding: 2px 6px 2px 12px;
  }
  .marks {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 2px;
    list-style: none;
    margin: 0;
    max-inline-size: 22em;
    padding: 0;
  }
  .marks.rows {
    display: grid;
    grid-auto-flow: column;
    grid-template-rows: auto auto;
    justify-content: start;
  }
  .marks.counted {
    column-gap: 8px;
    inline-size: 9em;
    row-gap: 0;
  }
  .marks li {
    align-items: center;
    display: inline-flex;
    font-size: var(--_small);
    gap: 2px;
    line-height: 1.25;
  }
  .marks .mark {
    block-size: 12px;
    inline-size: 12px;
  }
  .said {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
  }
  .counts,
  .parts {
    align-items: baseline;
    display: flex;
    gap: 0 14px;
    min-inline-size: 0;
    white-space: nowrap;
  }
  .parts {
    flex: 1 1 auto;
    overflow: hidden;
  }
  .all {
    display: none;
  }
  /* As wide for "3 of 27" as for "27 of 27": what stands beside it must not move as they answer. */
  .counts strong {
    flex: none;
    min-inline-size: 8.6em;
  }
  .part {
    color: var(--_secondary);
    flex: none;
  }
  .part.open {
    flex: 0 4 auto;
    min-inline-size: 9em;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .counts .action {
    flex: none;
    margin-inline-start: -8px;
  }
  /* The names give way, never the counts. */
  .gaps {
    display: flex;
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .kinds {
    flex: none;
  }
  .names {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .ledger {
    flex: none;
  }
  .danger {
    align-items: start;
    background: var(--_risk-page);
    border-inline-start: 4px solid var(--_risk);
    display: flex;
    font-weight: 700;
    gap: 8px;
    margin: 0;
    padding: 8px 12px;
  }
  .danger .mark {
    margin-block-start: 0.2em;
  }
  /*
   * Two rows of words beside two rows of marks. What is said keeps its room, however much of it there is, from the start:
   * a row more would push down everything.
   */
  @container (max-width: 1199px) {
    .strip {
      block-size: auto;
      display: grid;
      gap: 0 14px;
      grid-template-areas: 'marks said beside' 'marks said ledger';
      grid-template-columns: auto minmax(0, 1fr) auto;
      grid-template-rows: repeat(2, minmax(24px, auto));
      padding-block: 3px;
    }
    .marks {
      grid-area: marks;
    }
    .said {
      grid-area: said;
      min-block-size: calc(2.8em + 4px);
      overflow: visible;
    }
    .counts {
      align-content: start;
      align-items: center;
      flex-wrap: wrap;
    }
    .parts {
      display: contents;
    }
    .part.open {
      flex: 1 1 9em;
    }
    .gaps {
      max-inline-size: 24em;
    }
    .ledger {
      grid-area: ledger;
      justify-self: end;
    }
    ::slotted(*) {
      grid-area: beside;
      justify-self: end;
      position: relative;
    }
  }
  /* Who it is stands in the ledger: a name would take the room of the counts. */
  @container (max-width: 899px) {
    .names {
      display: none;
    }
  }
  @container (max-width: 699px) {
    .strip {
      align-items: start;
      grid-template-areas: 'said beside' 'marks ledger';
      grid-template-columns: minmax(0, 1fr) auto;
      grid-template-rows: auto auto;
      padding-block: 5px 2px;
    }
    .said {
      grid-area: 1 / 1 / 2 / 3;
    }
    .counts strong {
      flex-basis: 100%;
    }
    .marks {
      align-self: center;
      max-inline-size: 100%;
    }
  }
  @container (max-width: 519px) {
    .said {
      min-block-size: calc(4.2em + 4px);
    }
    .gaps,
    .kinds {
      display: block;
      white-space: normal;
    }
    .part.open {
      flex-basis: 100%;
    }
    .all {
      display: inline;
    }
    /* The row that nobody's silence needs is shared out above and below. */
    .said:has(.all) {
      align-content: center;
    }
  }
  @container (max-width: 359px) {
    .marks {
      gap: 1px;
    }
    .marks .mark {
      block-size: 10px;
      inline-size: 10px;
    }
  }
  /* A finger reaches "Ask again" from the words around it: a row as high as a finger would stand empty without it. */
  @media (pointer: coarse) {
    .counts .action {
      min-block-size: 24px;
      position: relative;
    }
    .counts .action::after {
      content: '';
      inset: -10px 0;
      position: absolute;
    }
  }
`;
