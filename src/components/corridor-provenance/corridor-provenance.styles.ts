import { css } from 'lit';

export const provenanceStyles = css`
  :host {
    display: block;
    font-size: var(--_small);
  }
  dl {
    display: grid;
    gap: 2px 16px;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 25em), 1fr));
    margin: 0;
  }
  dl > div {
    display: flex;
    gap: 8px;
    min-inline-size: 0;
  }
  dt {
    color: var(--_secondary);
    flex: none;
    inline-size: 9em;
  }
  dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    margin-block-start: 4px;
  }
  .ways .action {
    padding-inline-start: 0;
  }
  .id {
    color: var(--_secondary);
  }
`;
