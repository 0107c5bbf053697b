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
  /* Where there is little room the words have all of it, and the button its own row. */
  @container (max-width: 479px) {
    .line {
      gap: 0;
      grid-template-columns: minmax(0, 1fr);
    }
    .read {
      justify-self: start;
      margin: -6px 0 4px;
      padding-inline-start: 0;
    }
  }
  .state {
    margin: 4px 0;
    padding: 4px 12px;
  }
`;
