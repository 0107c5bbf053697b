import { css } from 'lit';

export const recordStyles = css`
  :host {
    background: var(--_page);
    color-scheme: light dark;
    container-type: inline-size;
    display: block;
    min-block-size: 100%;
  }
  /* As high as the page makes the element (launch/page-style.ts): the bar at its foot does not wander while it fills. */
  .frame {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  :host([scheme='light']) {
    color-scheme: light;
  }
  :host([scheme='dark']) {
    color-scheme: dark;
  }
  header {
    inset-block-start: 0;
    position: sticky;
    z-index: 5;
  }
  /* What stands in it comes after the first sight, and must find its room kept. */
  .tools {
    align-items: center;
    background: var(--_surface);
    border-block-end: 1px solid var(--_hairline);
    container-type: inline-size;
    display: flex;
    gap: 4px 12px;
    min-block-size: 37px;
    padding: 2px 12px;
  }
  .tool.since {
    align-items: center;
    display: flex;
    flex: 1 1 0;
    gap: 2px 4px;
    min-inline-size: 0;
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
  .tool.find {
    flex: 0 1 auto;
    margin-inline-start: auto;
    max-inline-size: 100%;
  }
  .action[slot] {
    color: var(--_text);
    flex: none;
  }
  .quiet {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .quiet[slot] {
    padding-inline: 6px;
  }
  .news {
    block-size: 0;
    inset-block-end: 0;
    position: sticky;
    z-index: 6;
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
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    flex: 1;
    overflow: hidden;
  }
  .news .action {
    flex: none;
  }
  .body {
    align-content: start;
    display: grid;
    flex: 1;
    gap: 0 12px;
    grid-template-columns: minmax(0, 1fr);
    padding: 0 12px 24px;
  }
  nav ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .tab {
    appearance: none;
    background: none;
    border: 0;
    border-radius: var(--_radius);
    cursor: pointer;
    display: flex;
    gap: 8px;
    inline-size: 100%;
    justify-content: space-between;
    min-block-size: 30px;
    padding: 4px 8px;
    text-align: start;
  }
  .tab:hover {
    background: var(--_hairline);
  }
  .tab .count {
    color: var(--_secondary);
  }
  .tab[aria-current='page'] {
    background: var(--_surface);
    box-shadow: inset 3px 0 0 var(--_action);
    font-weight: 700;
  }
  nav details {
    margin-block-start: 4px;
  }
  summary.tab {
    color: var(--_secondary);
    font-size: var(--_small);
    list-style: none;
  }
  summary.tab > :first-child::before {
    content: '▸ ';
  }
  [open] > summary.tab > :first-child::before {
    content: '▾ ';
  }
  details .tab {
    color: var(--_secondary);
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
  main {
    display: block;
    min-inline-size: 0;
    scroll-margin-block-start: calc(var(--_header, 108px) + 8px);
  }
  .drawn {
    animation: appear 120ms ease-out;
    display: grid;
    gap: 8px;
    margin-block-end: 8px;
  }
  @keyframes appear {
    from {
      opacity: 0.4;
    }
  }
  .columns,
  .column {
    align-content: start;
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* The first ones have their own height from the start: the four that always stand may be one line each. */
  .column > :nth-child(n + 6) {
    contain-intrinsic-block-size: auto 200px;
    content-visibility: auto;
  }
  .ended {
    background: var(--_risk-page);
    border-inline-start: 4px solid var(--_risk);
    display: flex;
    gap: 8px;
    padding: 8px 12px;
  }
  .ended p {
    margin: 0;
  }
  .ended .mark {
    margin-block-start: 0.2em;
  }
  small {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .blank,
  .end {
    color: var(--_secondary);
    margin: 0;
    padding: 16px 12px;
  }
  .end {
    font-size: var(--_small);
    padding: 8px 0;
  }
  @container (max-width: 699px) {
    .body {
      padding: 0 8px 24px;
    }
    nav,
    nav ul,
    nav details[open] {
      display: flex;
    }
    nav {
      border-block-end: 1px solid var(--_hairline);
      margin: 0 -8px 8px;
      overflow-x: auto;
      padding-inline: 4px;
      /* What only a screen reader hears of a tab would make the page itself as wide as all of them. */
      position: relative;
      scrollbar-width: thin;
    }
    nav > * {
      flex: none;
    }
    nav > corridor-summary-export {
      inline-size: max-content;
    }
    nav details {
      border-inline-start: 1px solid var(--_hairline);
      margin: 0;
    }
    .news span {
      min-block-size: 2.8em;
    }
    /* What is new keeps a row of its own: it must not be cut to a number without its words. */
    .tools {
      flex-wrap: wrap;
      min-block-size: 65px;
      padding-inline: 8px;
    }
    .tool.since {
      flex: 1 1 100%;
      min-block-size: 24px;
    }
    .tool.find {
      flex: 1;
    }
    .tab {
      border-radius: 0;
      gap: 5px;
      min-block-size: 38px;
      white-space: nowrap;
    }
    .tab[aria-current='page'] {
      background: none;
      box-shadow: inset 0 -3px 0 var(--_action);
    }
  }
  @container (min-width: 700px) {
    .body {
      grid-template-columns: 160px minmax(0, 1fr);
      padding-block-start: 8px;
    }
    nav {
      align-self: start;
      inset-block-start: calc(var(--_header, 108px) + 4px);
      max-block-size: calc(100vh - var(--_header, 108px) - 8px);
      overflow-y: auto;
      position: sticky;
      scrollbar-width: thin;
    }
  }
  @container (min-width: 1180px) {
    .body {
      grid-template-columns: 190px minmax(0, 1fr);
    }
    .columns {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  /* Without a box of its own, for what sticks in it would leave the screen with it: who this is never does. */
  @media (max-height: 599px) {
    header {
      display: contents;
    }
    corridor-banner {
      inset-block-start: 0;
      position: sticky;
      z-index: 5;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-current='page'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .drawn {
      animation: none;
    }
  }
  .printed {
    display: none;
  }
  @media print {
    .printed {
      display: block;
      font-size: var(--_small);
      margin: 2px 12px 6px;
    }
    :host {
      background: none;
    }
    .frame {
      display: table;
      inline-size: 100%;
    }
    /* Chromium repeats the head of a table on every page only where it may not break (safety H39). */
    header {
      break-inside: avoid;
      display: table-header-group;
      position: static;
    }
    nav,
    .tools,
    .news {
      display: none;
    }
    .body {
      display: block;
      padding: 0;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .column > :nth-child(n + 6) {
      content-visibility: visible;
    }
  }
`;
