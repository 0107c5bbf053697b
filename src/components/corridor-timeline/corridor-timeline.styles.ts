import { css } from 'lit';

export const timelineStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  .panel {
    background: var(--_surface);
    border-radius: var(--_radius);
    padding: 8px 12px 12px;
  }
  h2 {
    font-size: var(--_large);
    margin: 0;
  }
  h3 {
    font-size: 1em;
    margin: 0;
  }
  h4 {
    font-size: 1em;
    margin: 12px 0 2px;
  }
  p {
    margin: 0;
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
  .counts,
  .hint {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .gaps {
    list-style: none;
    margin: 6px 0 0;
    padding: 0;
  }
  .gaps li {
    align-items: baseline;
    display: flex;
    font-size: var(--_small);
    gap: 6px;
    padding: 3px 8px;
  }
  .gaps .caution {
    background: var(--_caution-page);
    color: var(--_caution-text);
  }
  .gaps .mark {
    align-self: center;
  }
  .stage {
    border: 1px solid var(--_hairline);
    cursor: crosshair;
    margin-block-start: 6px;
    overflow: hidden;
    position: relative;
    touch-action: pan-y;
    user-select: none;
  }
  .stage.pointing {
    cursor: pointer;
  }
  .stage.dragging {
    cursor: grabbing;
  }
  canvas {
    display: block;
  }
  .lane {
    align-items: baseline;
    display: flex;
    font-size: var(--_small);
    gap: 8px;
    inset-block-start: 0;
    inset-inline-start: 0;
    line-height: 20px;
    max-inline-size: 100%;
    padding-inline: 6px;
    pointer-events: none;
    position: absolute;
    white-space: nowrap;
  }
  .lane b {
    background: var(--_surface);
    padding-inline-end: 2px;
  }
  .lane span {
    background: var(--_surface);
    color: var(--_secondary);
  }
  .lane .caution {
    color: var(--_caution-text);
  }
  .now {
    background: var(--_action);
    color: var(--_on-action);
    font-size: var(--_small);
    inset-block-start: 0;
    line-height: 18px;
    padding-inline: 4px;
    pointer-events: none;
    position: absolute;
  }
  .ring {
    border: 2px solid var(--_focus-edge);
    border-radius: 4px;
    box-shadow: 0 0 0 3px var(--_focus);
    inset-block-start: 0;
    inset-inline-start: 0;
    pointer-events: none;
    position: absolute;
  }
  .tip {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.25);
    font-size: var(--_small);
    inline-size: max-content;
    inset-block-start: 0;
    inset-inline-start: 0;
    max-inline-size: min(340px, 92%);
    padding: 5px 8px;
    pointer-events: none;
    position: absolute;
    z-index: 2;
  }
  .tip p + p {
    margin-block-start: 3px;
  }
  .tip .who {
    color: var(--_secondary);
  }
  .brush {
    border: 1px solid var(--_hairline);
    border-block-start: 0;
    cursor: ew-resize;
    touch-action: pan-y;
  }
  .beside {
    border-block-start: 1px solid var(--_hairline);
    margin-block-start: 8px;
    padding-block-start: 6px;
  }
  details {
    margin-block-start: 6px;
  }
  summary {
    color: var(--_action);
    cursor: pointer;
    min-block-size: 24px;
    inline-size: fit-content;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    font-size: var(--_small);
    gap: 3px 14px;
    list-style: none;
    margin: 4px 0;
    padding: 0;
  }
  .keys svg {
    block-size: 12px;
    fill: var(--_secondary);
    inline-size: 12px;
    stroke: var(--_secondary);
    stroke-width: 0.2;
    overflow: visible;
    vertical-align: -0.1em;
  }
  .keys .letter svg,
  .keys .open svg {
    fill: var(--_surface);
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
  .list .kind,
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
    .list .kind {
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
    .ring {
      border-color: Highlight;
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
