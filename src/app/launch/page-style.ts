import { css } from 'lit';

/** What stands around the record, and the pages that stand in its place. The record brings its own style. */
const STYLE = css`
  html {
    background: light-dark(#f0f4f5, #12181c);
    color-scheme: light dark;
  }
  body {
    font:
      16px/1.5 Arial,
      Helvetica,
      sans-serif;
    margin: 0;
  }
  #root {
    display: flow-root;
  }
  [role='status'] {
    margin: 2rem;
  }
  .bound {
    background: light-dark(#fff9c4, #38290e);
    border-bottom: 1px solid #768692;
    font-size: 0.875rem;
    margin: 0;
    padding: 0.25rem 1rem;
  }
  .problem {
    background: Canvas;
    max-width: 40rem;
    margin: 2rem auto;
    padding: 1.5rem;
    border-left: 6px solid #005eb8;
    box-sizing: border-box;
  }
  .problem h1 {
    margin: 0 0 1rem;
    font-size: 1.25rem;
    line-height: 1.3;
  }
  .problem h1:focus {
    outline: none;
  }
  .problem dl {
    margin: 1.5rem 0 0;
    font-size: 0.875rem;
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.25rem 1rem;
  }
  .problem dt {
    font-weight: 700;
  }
  .problem dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  @media screen {
    #root:has(corridor-record) {
      display: flex;
      flex-direction: column;
      min-height: 100vh;
    }
    #root > :has(> corridor-record) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      flex: 1;
    }
    #root > * > corridor-record {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media print {
    .bound {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .problem {
      border: 1px solid;
    }
  }
`.cssText;

/** A constructed sheet: `style-src` allows no inline style. */
export function stylePage(page: Document, style = STYLE): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
