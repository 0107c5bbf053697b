import { css } from 'lit';
import { faceStyles } from '../face.styles.ts';

const partsStyles = css`
  .panel {
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    padding: 0 12px 8px;
  }
  .head {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-block-size: 36px;
    padding-block: 7px 5px;
  }
  .count {
    font-weight: 700;
  }
  .gap {
    flex: 1;
  }
  .quiet,
  .small {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  /* The room is behind each: a line that begins with one begins where the others do. */
  b:has(+ .fact),
  .fact {
    margin-inline-end: 6px;
  }
  .fact {
    white-space: nowrap;
  }
  .notice {
    align-items: start;
    border-radius: var(--_radius);
    display: flex;
    gap: 6px;
    margin-block: 4px;
    padding: 4px 8px;
  }
  .notice .mark {
    margin-block-start: 0.2em;
  }
  .notice > .action {
    flex: none;
  }
  .notice.caution {
    background: var(--_caution-page);
    color: var(--_caution-text);
  }
  .notice.risk {
    background: var(--_risk-page);
  }
  .field {
    display: grid;
    gap: 2px;
  }
  label,
  legend,
  .label {
    color: var(--_secondary);
    font-size: var(--_small);
    padding: 0;
  }
  fieldset {
    border: 0;
    margin: 0;
    min-inline-size: 0;
    padding: 0;
  }
  input:not([type='radio']),
  select,
  textarea {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    color: var(--_text);
    font: inherit;
    inline-size: 100%;
    min-block-size: var(--_row);
    padding: 4px 8px;
  }
  textarea {
    field-sizing: content;
    max-block-size: 16em;
    min-block-size: 6em;
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--_risk);
    box-shadow: inset 0 0 0 1px var(--_risk);
  }
  .buttons {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
  }
  .buttons .action:not(.filled) {
    border: 1px solid var(--_edge);
    padding: 1px 9px;
  }
  .written {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  @media print {
    .buttons {
      display: none;
    }
  }
  .told li {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-block-size: var(--_row);
    padding-block: 3px;
  }
`;

/** What every part of a conversation stands on: fields, lists of people, notices. */
export const conversationStyles = [faceStyles, partsStyles];
