import { css } from 'lit';

export const messagesStyles = css`
  .threads {
    border-block-start: 1px solid var(--_hairline);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .threads > li {
    border-block-end: 1px solid var(--_hairline);
  }
  /* Of two hundred those in sight are laid out; keys and find-in-page reach them all. Room for the ring of the focus. */
  .threads > li:not(:has(> [aria-expanded='true'])) {
    contain-intrinsic-block-size: auto 54px;
    content-visibility: auto;
    overflow-clip-margin: 4px;
  }
  .threads > li:last-child {
    border-block-end: 0;
  }
  .thread {
    appearance: none;
    background: none;
    border: 0;
    color: inherit;
    cursor: pointer;
    display: grid;
    gap: 0 12px;
    grid-template-columns: minmax(0, 1fr) auto;
    inline-size: 100%;
    min-block-size: var(--_row);
    padding: 5px 0;
    text-align: start;
  }
  .thread:hover .subject {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .state {
    align-items: center;
    display: inline-flex;
    font-weight: 700;
    gap: 5px;
    grid-column: 2;
    grid-row: 1;
    justify-content: end;
    white-space: nowrap;
  }
  .state .word {
    font-size: var(--_small);
  }
  .state.undeliverable .word {
    color: var(--_risk);
  }
  .subject {
    font-weight: 700;
    grid-column: 1;
    grid-row: 1;
    overflow-wrap: anywhere;
  }
  .settled .subject {
    font-weight: 400;
  }
  .line {
    color: var(--_secondary);
    font-size: var(--_small);
    grid-column: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .when {
    color: var(--_secondary);
    font-size: var(--_small);
    grid-column: 2;
    justify-self: end;
    white-space: nowrap;
  }
  .opened {
    background: var(--_raised);
    border-inline-start: 3px solid var(--_action);
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr);
    margin-block-end: 8px;
    padding: 8px 12px;
  }
  .about .action {
    padding-inline-start: 0;
  }
  .proof {
    align-items: start;
    display: flex;
    gap: 6px;
  }
  .proof .mark {
    margin-block-start: 0.2em;
  }
  .messages {
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .messages > li {
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    padding: 6px 10px;
  }
  .messages > li.ours {
    margin-inline-start: min(8%, 3em);
  }
  .messages > li.theirs {
    margin-inline-end: min(8%, 3em);
  }
  .by {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    justify-content: space-between;
  }
  .by b {
    font-weight: 700;
  }
  .said {
    margin-block: 4px;
    max-inline-size: 75ch;
  }
  .receipts {
    color: var(--_secondary);
    display: flex;
    flex-wrap: wrap;
    font-size: var(--_small);
    gap: 0 12px;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .escalations {
    margin: 0;
    padding-inline-start: 1.2em;
  }
  .reply,
  .giving {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    display: grid;
    gap: 6px;
    grid-template-columns: minmax(0, 1fr);
    padding: 8px 10px;
  }
  .goes {
    font-size: var(--_small);
  }
  @container (max-width: 419px) {
    /* When it was written stands beside how it stands: under the day that an answer is asked for it would read as another. */
    .subject,
    .line {
      grid-column: 1 / -1;
    }
    .state {
      grid-column: 1;
      grid-row: 2;
      justify-content: start;
      white-space: normal;
    }
    .when {
      grid-row: 2;
    }
    .opened {
      padding-inline: 8px;
    }
  }
  @media (forced-colors: active) {
    .opened {
      border: 1px solid;
    }
  }
`;
