import { css } from 'lit';

/** Sheets of a PDF, and its words laid over them: there to be found, marked and heard, and not seen. */
export const pdfStyles = css`
  .pages {
    display: grid;
    gap: 10px;
    justify-content: center;
    min-block-size: 200px;
    padding: 10px;
  }
  .pages[hidden] {
    display: none;
  }
  .sheet {
    background: #ffffff;
    box-shadow: 0 0 0 1px var(--_hairline);
    color: #212b32;
    overflow: hidden;
    position: relative;
  }
  .sheet canvas {
    block-size: 100%;
    display: block;
    inline-size: 100%;
  }
  .sheet .broken {
    padding: 16px;
  }
  .textLayer {
    --min-font-size: 1;
    --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
    --min-font-size-inv: calc(1 / var(--min-font-size));
    forced-color-adjust: none;
    inset: 0;
    letter-spacing: normal;
    line-height: 1;
    overflow: clip;
    position: absolute;
    text-align: initial;
    transform-origin: 0 0;
  }
  .textLayer :is(span, br) {
    color: transparent;
    cursor: text;
    position: absolute;
    transform-origin: 0% 0%;
    white-space: pre;
  }
  .textLayer > :not(.markedContent),
  .textLayer .markedContent span:not(.markedContent) {
    --font-height: 0;
    --scale-x: 1;
    --rotate: 0deg;
    font-size: calc(var(--text-scale-factor) * var(--font-height));
    transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv));
  }
  .textLayer .markedContent {
    display: contents;
  }
  .textLayer ::selection {
    background: rgb(0 94 184 / 0.3);
  }
  .textLayer ::highlight(corridor-found) {
    background: rgb(255 214 0 / 0.45);
    color: transparent;
  }
  .textLayer ::highlight(corridor-here) {
    background: rgb(217 72 15 / 0.5);
    color: transparent;
  }
`;
