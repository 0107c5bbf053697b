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
    min-block-size: 34px;
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
    flex-wrap: wrap;
    gap: 0 14px;
  }
  .part {
    color: var(--_secondary);
  }
  .gaps {
    color: var(--_text);
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
      flex-wrap: wrap;
    }
    .marks {
      flex: 1;
    }
    .said {
      flex-basis: 100%;
      order: 3;
      padding-block-end: 4px;
    }
  }
  @media print {
    .ledger {
      display: none;
    }
  }
`;
