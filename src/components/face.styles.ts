import { css } from 'lit';

/** What every face that fills a page of its own stands on: it measures itself, and its headings are the page's. */
export const faceStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  h2 {
    font-size: var(--_large);
    margin: 0;
  }
  h3 {
    font-size: 1em;
    margin: 0;
  }
  p {
    margin: 0;
  }
`;
