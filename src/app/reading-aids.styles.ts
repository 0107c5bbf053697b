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
  .since .said {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .since .action {
    flex: none;
  }
  .empties {
    color: var(--_secondary);
    font-size: var(--_small);
    padding: 4px 12px;
  }
  .empties h2 {
    font-size: 1em;
    margin: 0 0 4px;
  }
  .empties p {
    margin: 4px 0 0;
  }
  .empties ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    list-style: none;
    margin: 0 -6px 4px;
    padding: 0;
  }
  .news p {
    align-items: center;
    background: var(--_surface);
    border: 1px solid var(--_information);
    border-radius: var(--_radius);
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.25);
    display: flex;
    gap: 12px;
    inline-size: 40em;
    inset-block-end: 12px;
    inset-inline: 12px;
    margin: 0 auto;
    max-inline-size: calc(100% - 24px);
    padding: 4px 6px 4px 12px;
    position: absolute;
  }
  /* What it says grows and shrinks; what one presses stays where it is. */
  .news span {
    flex: 1;
  }
  .news .action {
    flex: none;
  }
`;
