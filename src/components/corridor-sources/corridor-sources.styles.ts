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
    gap: 3px;
    list-style: none;
    margin: 0;
    max-inline-size: 22em;
    padding: 0;
  }
  .marks li {
    display: inline-flex;
  }
  .marks .mark {
    block-size: 13px;
    inline-size: 13px;
  }
  .said {
    flex: 1;
    min-inline-size: 0;
  }
  .counts {
    align-items: baseline;
    display: flex;
    gap: 0 14px;
    min-inline-size: 0;
    white-space: nowrap;
  }
  .counts strong {
    flex: none;
  }
  .part {
    color: var(--_secondary);
    flex: 0 1 auto;
    min-inline-size: 4em;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .counts .action {
    flex: none;
    margin-inline-start: -8px;
  }
  .gaps {
    color: var(--_text);
    flex-shrink: 0.5;
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
  @container (max-width: 899px) {
    .strip {
      block-size: auto;
      flex-wrap: wrap;
    }
    .marks {
      flex: 1;
      max-inline-size: none;
    }
    .said {
      block-size: 1.9em;
      flex-basis: 100%;
      order: 3;
      overflow: hidden;
    }
  }
  @container (max-width: 519px) {
    .said {
      block-size: 3.1em;
    }
    .counts {
      flex-wrap: wrap;
      gap: 0 12px;
    }
  }
  @media print {
    .ledger {
      display: none;
    }
  }
`;
