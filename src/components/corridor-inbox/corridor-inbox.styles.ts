import { css } from 'lit';

export const inboxStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding-block-end: 6px;
  }
  .filters .action {
    border: 1px solid var(--_hairline);
  }
  .filters [aria-pressed='true'] {
    background: var(--_action);
    border-color: transparent;
    color: var(--_on-action);
  }
  .lines {
    border-block-start: 1px solid var(--_hairline);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .lines > li {
    border-block-end: 1px solid var(--_hairline);
    contain-intrinsic-block-size: auto 76px;
    content-visibility: auto;
    display: grid;
    gap: 0 12px;
    grid-template-columns: minmax(0, 1fr) auto;
    min-block-size: var(--_row);
    overflow-clip-margin: 4px;
    padding-block: 6px;
  }
  .lines > li:last-child {
    border-block-end: 0;
  }
  .unread {
    box-shadow: inset 3px 0 0 var(--_action);
    padding-inline-start: 9px;
  }
  .subject,
  .person,
  .line {
    grid-column: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .subject {
    font-weight: 400;
  }
  .unread .subject {
    font-weight: 700;
  }
  .state {
    align-items: center;
    display: inline-flex;
    gap: 5px;
    grid-column: 2;
    grid-row: 1;
    justify-content: end;
    white-space: nowrap;
  }
  .open {
    align-self: center;
    grid-column: 2;
    grid-row: 2 / span 2;
    justify-self: end;
  }
  .open .action {
    border: 1px solid var(--_edge);
    padding-inline: 12px;
  }
  .answer {
    grid-column: 1 / -1;
  }
  @container (max-width: 479px) {
    .lines > li {
      grid-template-columns: minmax(0, 1fr);
    }
    .state,
    .open {
      grid-column: 1;
      grid-row: auto;
      justify-self: start;
    }
  }
`;
