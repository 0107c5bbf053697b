import { css } from 'lit';

export const composeStyles = css`
  form,
  .check,
  .done {
    display: grid;
    gap: 10px;
    grid-template-columns: minmax(0, 1fr);
    padding-block: 4px 8px;
  }
  .person {
    background: var(--_raised);
    border-inline-start: 3px solid var(--_action);
    padding: 4px 8px;
  }
  .caption {
    color: var(--_secondary);
    display: block;
    font-size: var(--_small);
  }
  .item strong {
    overflow-wrap: anywhere;
  }
  .chosen {
    align-items: baseline;
    display: flex;
    gap: 8px;
    justify-content: space-between;
  }
  .row {
    display: grid;
    gap: 10px;
  }
  .choices {
    display: flex;
    gap: 4px 16px;
  }
  .choices label {
    align-items: center;
    color: inherit;
    display: flex;
    font-size: 1em;
    gap: 6px;
    min-block-size: var(--_row);
  }
  .choices input {
    accent-color: var(--_action);
    margin: 0;
  }
  .left {
    text-align: end;
  }
  dl {
    display: grid;
    gap: 6px 12px;
    grid-template-columns: minmax(4.5em, auto) minmax(0, 1fr);
    margin: 0;
  }
  dt {
    color: var(--_secondary);
    font-size: var(--_small);
    padding-block-start: 0.1em;
  }
  dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  dd.to {
    font-weight: 700;
  }
  .letter {
    border-block-start: 1px solid var(--_hairline);
    max-block-size: 14em;
    overflow-y: auto;
    padding-block-start: 6px;
  }
  .send {
    min-block-size: max(36px, var(--_row));
    padding-inline: 16px;
  }
  h2:focus {
    outline: none;
  }
  h3 {
    font-size: 1em;
    margin: 0.6em 0 0;
  }
  @container (min-width: 420px) {
    .row {
      grid-template-columns: auto minmax(0, 1fr);
    }
  }
`;
