import { css } from 'lit';

export const timelineStyles = css`
  .list h3 {
    font-size: 1em;
    margin: 12px 0 2px;
  }
  .top,
  .tools,
  .beside {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
  }
  .top {
    justify-content: space-between;
  }
  .tools {
    margin-block: 6px 2px;
  }
  .counts {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .beside {
    border-block-start: 1px solid var(--_hairline);
    margin-block-start: 8px;
    padding-block-start: 6px;
  }
  .opened {
    border: 1px solid var(--_hairline);
    border-inline-start: 3px solid var(--_action);
    margin-block-start: 8px;
    padding: 4px 12px 8px;
  }
  .opened header {
    align-items: center;
    display: flex;
    gap: 12px;
    justify-content: space-between;
  }
  .opened .one {
    border-block-start: 1px solid var(--_hairline);
    padding-block: 2px;
  }
  .opened .lead {
    color: var(--_secondary);
    font-size: var(--_small);
    padding-block-start: 2px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .list section {
    contain-intrinsic-block-size: auto 300px;
    content-visibility: auto;
  }
  .list li {
    border-block-start: 1px solid var(--_hairline);
    display: grid;
    gap: 0 12px;
    grid-template-columns: 12.5em 11em minmax(0, 1fr) auto;
    padding-block: 4px;
  }
  .list .when,
  .list .sort,
  .list .who {
    color: var(--_secondary);
    font-size: var(--_small);
    padding-block-start: 0.15em;
  }
  .list .what {
    overflow-wrap: anywhere;
  }
  .list .who {
    display: block;
  }
  .list .flag {
    margin-inline-end: 4px;
  }
  .list .how {
    margin: -3px 0;
  }
  @container (max-width: 779px) {
    .list li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .list .when {
      grid-column: 1;
      grid-row: 1;
    }
    .list .sort {
      display: block;
      grid-column: 1;
      grid-row: 2;
    }
    .list .what {
      grid-column: 1;
    }
    .list .how {
      grid-column: 2;
      grid-row: 1 / span 2;
    }
  }
  @container (max-width: 419px) {
    .panel {
      padding-inline: 8px;
    }
    .hint {
      display: none;
    }
  }
  @media print {
    .stage,
    .brush,
    .tools,
    .keyed,
    .hint {
      display: none;
    }
    .heard.list {
      block-size: auto;
      clip-path: none;
      inline-size: auto;
      overflow: visible;
      position: static;
      white-space: normal;
    }
    .list section {
      content-visibility: visible;
    }
  }
`;
