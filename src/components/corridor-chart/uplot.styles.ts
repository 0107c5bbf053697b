import { css } from 'lit';

/** What of uPlot's own sheet these charts use (uPlot 1.6, MIT), as an adopted sheet: the page's policy allows no other. */
export const uplotStyles = css`
  .uplot,
  .uplot *,
  .uplot *::before,
  .uplot *::after {
    box-sizing: border-box;
  }
  .uplot {
    inline-size: min-content;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    block-size: 100%;
    display: block;
    inline-size: 100%;
    position: relative;
  }
  .u-axis {
    position: absolute;
  }
  .u-select {
    display: none;
  }
  .u-cursor-x,
  .u-cursor-y {
    left: 0;
    pointer-events: none;
    position: absolute;
    top: 0;
  }
  .u-hz .u-cursor-x {
    border-right: 1px dashed var(--_edge);
    height: 100%;
  }
  .u-cursor-y,
  .u-cursor-pt,
  .u-off {
    display: none;
  }
`;
