import { css } from 'lit';

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
  .viewer {
    background: var(--_raised);
    border-inline-start: 3px solid var(--_hairline);
    margin-block-end: 8px;
    padding: 8px 12px;
  }
  article {
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    max-block-size: 70vh;
    max-inline-size: 80ch;
    overflow: auto;
    padding: 12px 20px;
  }
  h3 {
    font-size: 1em;
    margin: 12px 0 4px;
  }
  article p {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  article .item {
    margin-block-end: 2px;
  }
  .item {
    padding-inline-start: 16px;
    position: relative;
  }
  .item::before {
    content: '•';
    inset-inline-start: 4px;
    position: absolute;
  }
  .row {
    border-block-end: 1px solid var(--_hairline);
  }
  iframe {
    background: #ffffff;
    block-size: min(75vh, 900px);
    border: 1px solid var(--_hairline);
    inline-size: 100%;
  }
  img {
    max-inline-size: 100%;
  }
  .state {
    margin: 4px 0;
  }
  a {
    color: var(--_action);
  }
`;
