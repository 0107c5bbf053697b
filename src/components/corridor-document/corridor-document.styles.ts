import { css } from 'lit';

/** The line and its button; what is opened under it brings its own sheet (viewer/viewer.styles.ts). */
export const documentStyles = css`
  :host {
    border-block-start: 1px solid var(--_hairline);
    display: block;
  }
  .line {
    align-items: start;
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr) 3.6em;
  }
  .read {
    margin-block-start: calc((var(--_row) - 28px) / 2);
  }
  .state {
    margin: 4px 0;
    padding: 4px 12px;
  }
`;
