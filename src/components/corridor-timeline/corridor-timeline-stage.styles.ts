import { css } from 'lit';

export const timelineStageStyles = css`
  :host {
    container-type: inline-size;
    display: block;
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
  .tools {
    margin-block: 6px 2px;
  }
  .counts,
  .hint {
    color: var(--_secondary);
    font-size: var(--_small);
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
  .axis {
    background: var(--_surface);
    inset-block-start: var(--_header, 0px);
    position: sticky;
    z-index: 3;
  }
  .marks {
    inset: 0;
    position: absolute;
  }
  .marks:focus-visible {
    box-shadow: none;
    outline: 3px solid var(--_focus-edge);
    outline-offset: -3px;
  }
  @container (max-width: 419px) {
    .lane .caution + .waiting,
    .hint {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .ring {
      border-color: Highlight;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
