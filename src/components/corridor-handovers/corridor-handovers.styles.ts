import { css } from 'lit';

export const handoversStyles = css`
  .list,
  .recipients,
  .told {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .list > li {
    border-block-start: 1px solid var(--_hairline);
    contain-intrinsic-block-size: auto 180px;
    content-visibility: auto;
    display: grid;
    gap: 4px;
    overflow-clip-margin: 4px;
    padding-block: 8px;
  }
  .within .list > li:first-child {
    border-block-start: 0;
    padding-block-start: 0;
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .what b {
    font-weight: 700;
  }
  .recipients {
    border-inline-start: 3px solid var(--_hairline);
    padding-inline-start: 9px;
  }
  .late > .recipients {
    border-color: var(--_caution);
  }
  .recipients > li {
    align-items: center;
    display: grid;
    gap: 0 10px;
    grid-template-columns: 1.2em minmax(0, 1fr) auto;
    min-block-size: var(--_row);
    padding-block: 2px;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    justify-content: end;
  }
  .acts .action {
    padding-inline: 12px;
  }
  .acts .action:not(.filled),
  .giving .action:not(.filled) {
    border: 1px solid var(--_edge);
    padding: 1px 9px;
  }
  .who {
    overflow-wrap: anywhere;
  }
  .giving {
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    display: grid;
    gap: 6px;
    grid-column: 1 / -1;
    margin-block: 4px;
    padding: 8px 10px;
  }
  .recipients [role='alert'] {
    grid-column: 2 / -1;
  }
  .escalations {
    margin: 0;
    padding-inline-start: 1.2em;
  }
  .besides {
    border-block-start: 1px solid var(--_hairline);
    margin-block-start: 6px;
    padding-block-start: 6px;
  }
  @container (max-width: 479px) {
    .recipients > li {
      grid-template-columns: 1.2em minmax(0, 1fr);
    }
    .acts {
      grid-column: 2;
      justify-content: start;
    }
  }
  @media print {
    .acts,
    .giving {
      display: none;
    }
  }
`;
