import { css } from 'lit';

/** For what comes after the first sight inside the record; the room for it is kept by the record's own style. */
export const aidStyles = css`
  .finding {
    padding: 2px 0 4px;
  }
  .finding p {
    margin: 2px 0;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    border: 1px solid var(--_action);
    border-radius: 99px;
    padding-inline: 10px;
  }
  .ordering ol {
    margin: 0;
    padding-inline-start: 2em;
  }
  h2.kept {
    color: var(--_secondary);
    font-size: 1em;
    margin: 8px 0 0;
  }
`;
