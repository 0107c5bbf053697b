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
  .marks li {
    display: inline-flex;
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
  @container (max-width: 1199px) {
    .strip {
      block-size: auto;
      flex-wrap: wrap;
    }
    .marks {
      flex: 1;
      max-inline-size: none;
    }
    /* One row, whatever it says: what it pushed down would be everything. The names give way, never the counts. */
    .said {
      block-size: 1.9em;
      flex-basis: 100%;
      order: 3;
    }
  }
  @container (max-width: 759px) {
    .said {
      block-size: 3.4em;
      overflow: visible;
    }
    .counts {
      flex-wrap: wrap;
      overflow: visible;
    }
    /* A row of its own from the start: it would jump there with the first that is late, and back. */
    .parts {
      flex-basis: 100%;
    }
  }
  @container (max-width: 519px) {
    .strip {
      align-items: start;
      display: grid;
      grid-template-areas: 'said beside' 'marks ledger';
      grid-template-columns: minmax(0, 1fr) auto;
      padding-block: 5px 2px;
    }
    .said {
      block-size: auto;
      grid-area: 1 / 1 / 2 / 3;
      min-block-size: 4.4em;
    }
    .parts {
      flex-wrap: wrap;
      overflow: visible;
    }
    .names {
      display: none;
    }
    .counts,
    .gaps,
    .kinds {
      display: block;
      white-space: normal;
    }
    .all {
      display: inline;
    }
    .marks {
      align-self: center;
      grid-area: marks;
    }
    .ledger {
      grid-area: ledger;
    }
    ::slotted(*) {
      position: relative;
      grid-area: beside;
    }
  }
  @container (max-width: 359px) {
    .marks,
    .marks.rows {
      gap: 1px;
    }
    .marks .mark {
      block-size: 10px;
      inline-size: 10px;
    }
  }
  @media print {
    .ledger {
      display: none;
    }
  }
`;
