import { css } from 'lit';

export const viewerStyles = css`
  .viewer {
    background: var(--_raised);
    border: 1px solid var(--_hairline);
    border-inline-start: 3px solid var(--_action);
    border-radius: var(--_radius);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin-block-end: 10px;
  }
  .tools {
    align-items: center;
    border-block-end: 1px solid var(--_hairline);
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    padding: 4px 8px;
  }
  .tools > * {
    align-items: center;
    display: flex;
    gap: 2px;
  }
  .tools .take {
    margin-inline-start: auto;
  }
  .what {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .tools [aria-pressed='true'],
  .about [aria-pressed='true'] {
    box-shadow: inset 0 -2px 0 var(--_action);
    color: var(--_text);
    font-weight: 700;
  }
  .tools input {
    background: var(--_surface);
    block-size: 28px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    color: var(--_text);
    font: inherit;
    padding: 0 6px;
  }
  .tools input[type='search'] {
    inline-size: min(22ch, 40vw);
  }
  .tools input[type='number'] {
    inline-size: 6ch;
  }
  .square {
    block-size: 28px;
    inline-size: 28px;
    padding: 0;
    text-align: center;
  }
  .square svg {
    block-size: 14px;
    fill: none;
    inline-size: 14px;
    stroke: currentcolor;
    stroke-width: 2;
    vertical-align: -2px;
  }
  .count {
    color: var(--_secondary);
    font-size: var(--_small);
    min-inline-size: 6ch;
  }
  .said,
  .alerts {
    margin: 0;
    padding: 6px 12px;
  }
  .alerts {
    background: var(--_caution-page);
    border-block-end: 1px solid var(--_hairline);
    color: var(--_caution-text);
    display: flex;
    gap: 8px;
  }
  .alerts .mark {
    flex: none;
    margin-block-start: 0.2em;
  }
  .about {
    align-items: baseline;
    border-block-end: 1px solid var(--_hairline);
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    padding: 2px 12px;
  }
  .scroller {
    background: var(--_page);
    max-block-size: min(78vh, 1000px);
    overflow: auto;
    overscroll-behavior: contain;
  }
  article {
    background: var(--_surface);
    margin: 0 auto;
    max-inline-size: 80ch;
    padding: 12px 20px 20px;
  }
  article dl {
    border-block-end: 1px solid var(--_hairline);
    display: grid;
    gap: 2px 12px;
    grid-template-columns: max-content minmax(0, 1fr);
    margin: 0 0 12px;
    padding-block-end: 10px;
  }
  dt {
    color: var(--_secondary);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  article h3 {
    border-block-end: 1px solid var(--_hairline);
    font-size: 1.143em;
    margin: 18px 0 6px;
    padding-block-end: 2px;
  }
  article h4 {
    font-size: 1em;
    margin: 12px 0 4px;
  }
  article p,
  article pre,
  article ul,
  article ol {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
  }
  article pre {
    font: inherit;
    white-space: pre-wrap;
  }
  .note {
    color: var(--_secondary);
    font-style: italic;
  }
  .wide {
    margin: 0 0 10px;
    overflow-x: auto;
  }
  article table {
    border-collapse: collapse;
  }
  article caption {
    font-weight: 700;
    padding-block-end: 4px;
    text-align: start;
  }
  article th,
  article td {
    border: 1px solid var(--_hairline);
    padding: 3px 8px;
    text-align: start;
    vertical-align: top;
  }
  article th {
    background: var(--_raised);
  }
  iframe {
    background: #ffffff;
    border: 0;
    display: block;
    inline-size: 100%;
  }
  .letter {
    background: #ffffff;
    margin: 0 auto;
    max-inline-size: 52rem;
    padding: 16px 20px;
  }
  .picture img,
  article img {
    block-size: auto;
    display: block;
    max-inline-size: 100%;
  }
  .picture img {
    inline-size: var(--_zoom, 100%);
    margin: 0 auto;
    max-inline-size: none;
  }
  .picture.small img {
    inline-size: auto;
    max-inline-size: 100%;
  }
  ::highlight(corridor-found) {
    background: #ffe066;
    color: #212b32;
  }
  ::highlight(corridor-here) {
    background: #d9480f;
    color: #ffffff;
  }
  small {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  @media (pointer: coarse) {
    .tools input,
    .square {
      block-size: 44px;
    }
    .square {
      inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    ::highlight(corridor-found) {
      background: Mark;
      color: MarkText;
    }
    ::highlight(corridor-here) {
      background: Highlight;
      color: HighlightText;
    }
  }
  @media print {
    .tools {
      display: none;
    }
    .scroller {
      max-block-size: none;
      overflow: visible;
    }
  }
`;
