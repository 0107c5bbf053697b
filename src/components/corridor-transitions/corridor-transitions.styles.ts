import { css } from 'lit';

export const transitionsStyles = css`
  .only {
    margin-block-end: 4px;
    max-inline-size: 75ch;
  }
  .stays {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .stays > li {
    border-block-start: 1px solid var(--_hairline);
    padding-block: 10px;
  }
  .what {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    justify-content: space-between;
  }
  .what h3 {
    font-weight: 700;
  }
  .when {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .parts {
    display: grid;
    gap: 10px 24px;
    grid-template-columns: minmax(0, 1fr);
    margin-block-start: 6px;
  }
  .beside {
    display: grid;
    gap: 10px;
  }
  summary {
    border-block-start: 1px solid var(--_hairline);
    color: var(--_action);
    cursor: pointer;
    padding-block: 8px;
  }
  h4 {
    color: var(--_secondary);
    font-size: var(--_small);
    margin: 0 0 2px;
  }
  .changes,
  .letters {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .changes li {
    border-block-end: 1px solid var(--_hairline);
    display: grid;
    gap: 0 10px;
    /* Room for the longest word in either language: “Dechreuwyd”. */
    grid-template-columns: 6.4em minmax(0, 1fr);
    padding-block: 4px;
  }
  .changes li:last-child {
    border-block-end: 0;
  }
  .how {
    font-weight: 700;
  }
  .line {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .line .flag {
    white-space: normal;
  }
  .before {
    color: var(--_secondary);
    display: block;
    font-size: var(--_small);
  }
  .outside {
    border-block: 1px solid var(--_hairline);
    display: grid;
    gap: 6px;
    margin-block: 6px;
    padding-block: 8px;
  }
  .told {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .besides {
    border-block-start: 1px solid var(--_hairline);
    margin-block-start: 8px;
    padding-block-start: 8px;
  }
  .action.quietly {
    padding-inline-start: 0;
  }
  @container (min-width: 900px) {
    .parts {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }
`;
