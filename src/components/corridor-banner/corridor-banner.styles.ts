import { css } from 'lit';

export const bannerStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  section {
    background: var(--_surface);
    border-block-end: 1px solid var(--_hairline);
    border-block-start: 4px solid var(--_action);
  }
  .identity {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    padding: 7px 12px 5px;
  }
  .name {
    font-size: 1.286em;
    font-weight: 700;
    line-height: 1.25;
    margin-inline-end: auto;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    /* However long a name is, the NHS number stays in view. */
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    overflow: hidden;
  }
  .item {
    white-space: nowrap;
  }
  .label {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  b {
    font-weight: 700;
  }
  .standing {
    align-items: center;
    border-block-start: 1px solid var(--_hairline);
    display: flex;
    block-size: 30px;
    gap: 0 12px;
    overflow: hidden;
    padding: 1px 6px;
  }
  .standing .action {
    align-items: center;
    block-size: 26px;
    color: var(--_text);
    min-block-size: 0;
    display: inline-flex;
    flex: none;
    gap: 5px;
    white-space: nowrap;
  }
  /* What everybody must know: it gives way only after the names of the allergies, and in words, never in count. */
  .pins {
    align-items: center;
    display: flex;
    flex: none;
    gap: 0 12px;
    max-inline-size: 100%;
    min-inline-size: 0;
  }
  .pins .action:last-child {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .text,
  .quiet {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quiet {
    color: var(--_secondary);
    flex: 0 8 auto;
    padding-inline: 6px;
  }
  /* What stands beside it keeps its place, however much longer this grows as they answer. */
  .standing .allergies {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .standing .allergies.recorded strong {
    color: var(--_risk);
  }
  /* What is not named is counted, and the count is never cut off. */
  .more {
    flex: none;
  }
  .standing .allergies.recorded .more {
    color: var(--_risk);
  }
  .gap {
    color: var(--_secondary);
    flex: none;
    font-size: var(--_small);
    font-weight: 700;
    /* At the end of its line, where names that come don't move it. */
    margin-inline-start: auto;
  }
  .deceased {
    background: #3b4a54;
    border-block-start-color: #000000;
    color: #ffffff;
    --_text: #ffffff;
    --_secondary: #d3dce1;
    --_surface: #3b4a54;
    --_risk: #ffb0a8;
    --_caution: #ffcf85;
    --_hairline: #61717c;
  }
  .died {
    background: #ffffff;
    border-radius: 2px;
    color: #212b32;
    font-weight: 700;
    padding-inline: 6px;
  }
  .restricted {
    background: repeating-linear-gradient(-45deg, transparent 0 5px, var(--_hairline) 5px 7px);
    border: 1px solid var(--_withheld);
    font-weight: 700;
    padding-inline: 6px;
    white-space: normal;
  }
  @container (max-width: 699px) {
    .identity {
      gap: 0 14px;
    }
    .name {
      flex-basis: 100%;
      font-size: 1.143em;
    }
  }
  /* The allergies have a line to themselves wherever one line would cut them off. */
  @container (max-width: 1099px) {
    .standing {
      align-content: start;
      block-size: 56px;
      display: grid;
      gap: 0;
      grid-template-columns: minmax(0, 1fr);
      justify-items: start;
    }
    .standing .allergies {
      grid-column: 1 / -1;
      justify-self: stretch;
    }
    .standing > * {
      max-inline-size: 100%;
    }
    .standing .pins {
      grid-column: 1 / -1;
    }
  }
  @container (max-width: 419px) {
    .identity {
      font-size: var(--_small);
      gap: 0 10px;
      padding-inline: 10px;
    }
    .name {
      font-size: 1.286em;
    }
    .standing {
      block-size: auto;
      padding-block: 3px;
    }
    .standing .action.allergies {
      align-content: start;
      align-items: start;
      block-size: auto;
      flex-wrap: wrap;
      line-height: 1.3;
      /* Two lines of allergies and one of who is still to answer, whatever of it there is: what stands below stays. */
      min-block-size: calc(2.6em + 1.3 * var(--_small) + 4px);
      row-gap: 0;
    }
    .standing .allergies .text {
      -webkit-box-orient: vertical;
      display: -webkit-box;
      flex: 1 1 calc(100% - 30px);
      -webkit-line-clamp: 2;
      min-block-size: 2.6em;
      white-space: normal;
    }
    .standing .pins {
      column-gap: 6px;
      flex-wrap: wrap;
      min-block-size: 26px;
    }
    /* One line with one warning beside it, so that nothing below moves when either comes. */
    .standing .quiet {
      font-size: var(--_small);
    }
    .standing .pins:has(.quiet):not(:has(.action ~ .action)) {
      flex-wrap: nowrap;
    }
    .standing .allergies .more {
      margin-inline-start: calc(1em + 6px);
    }
    .gap {
      margin-inline-start: 0;
    }
  }
  @media (pointer: coarse) {
    .standing,
    .standing .action {
      block-size: 40px;
    }
    @container (max-width: 1099px) {
      .standing {
        block-size: 76px;
      }
      .standing .action {
        block-size: 36px;
      }
    }
    @container (max-width: 419px) {
      .standing {
        block-size: auto;
      }
    }
  }
  /* A phone on its side, or everything four times as large: who this is stays, the rest gives way to what is read. */
  @media (max-height: 399px) {
    :host,
    section {
      display: contents;
    }
    .identity {
      background: var(--_surface);
      inset-block-start: 0;
      position: sticky;
      z-index: 5;
    }
    .standing {
      background: var(--_surface);
    }
  }
  @media print {
    .standing,
    .standing .action {
      block-size: auto;
    }
    .standing {
      flex-wrap: wrap;
    }
    .standing .action {
      align-items: start;
    }
    .text,
    .quiet,
    .standing .action {
      white-space: normal;
    }
  }
  :host([slim]) .identity {
    padding-block: 3px;
  }
  :host([slim]) .name {
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .deceased,
    .died {
      border: 2px solid;
    }
  }
`;
