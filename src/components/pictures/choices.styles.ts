import { css } from 'lit';

/** Buttons in one row of which one is pressed: how far back, picture or list. */
export const choiceStyles = css`
  .set {
    display: inline-flex;
    flex-wrap: wrap;
  }
  .set .action {
    border: 1px solid var(--_hairline);
    border-radius: 0;
    margin-inline-start: -1px;
    padding-inline: 9px;
    text-align: center;
  }
  .set .action:first-of-type {
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
    margin-inline-start: 0;
  }
  .set .action:last-of-type {
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }
  .set .action[aria-pressed='true'] {
    background: var(--_action);
    border-color: var(--_action);
    color: var(--_on-action);
  }
  .set .action:focus-visible {
    z-index: 1;
  }
  @media (pointer: coarse) {
    .set .action {
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .set .action[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
