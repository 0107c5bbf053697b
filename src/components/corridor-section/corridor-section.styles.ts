import { css } from 'lit';

export const sectionStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  section {
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    padding: 0 12px 4px;
  }
  /* Nothing is recorded: one line, so that what is recorded stands out. */
  section.quiet {
    background: none;
    border-color: transparent;
    padding-block: 0;
  }
  .quiet header {
    min-block-size: 22px;
    padding-block: 1px;
  }
  .quiet h2 {
    color: var(--_secondary);
    font-size: 1em;
  }
  :host([closed]) section {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  :host([closed]) header {
    border: 0;
    flex: 1;
  }
  :host([closed]) corridor-reach {
    flex-basis: 100%;
  }
  li > corridor-document {
    border-block-start: 0;
  }
  header {
    align-items: baseline;
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-block-size: 36px;
    padding-block: 7px 5px;
  }
  h2 {
    font-size: var(--_large);
    font-weight: 700;
    line-height: 1.4;
    margin: 0;
  }
  h2:focus {
    outline: none;
  }
  .count {
    font-weight: 700;
  }
  .window,
  .held,
  .brief {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .gap {
    flex: 1 1 0;
  }
  .inline + .gap {
    display: none;
  }
  .held {
    color: var(--_information);
    font-weight: 700;
  }
  ul {
    border-block-start: 1px solid var(--_hairline);
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    border-block-end: 1px solid var(--_hairline);
    display: block;
  }
  .long li {
    contain-intrinsic-block-size: auto var(--_row);
    content-visibility: auto;
  }
  li:last-child {
    border-block-end: 0;
  }
  li.sought {
    box-shadow: inset 3px 0 0 var(--_action);
  }
  li.sought:focus {
    outline: 2px solid var(--_focus-edge);
    outline-offset: -2px;
  }
  footer {
    align-items: center;
    color: var(--_secondary);
    display: flex;
    flex-wrap: wrap;
    font-size: var(--_small);
    gap: 2px 12px;
  }
  footer .action {
    padding-inline: 0;
  }
  .missing {
    margin: 0;
    min-block-size: 2em;
    padding-block: 4px;
  }
  header .brief {
    white-space: normal;
  }
  .missing.risk,
  .brief.risk {
    color: var(--_risk);
    font-weight: 700;
  }
  .inline {
    color: var(--_secondary);
    flex: 1 1 12em;
    min-inline-size: 0;
  }
  .absence {
    border-block-start: 1px solid var(--_hairline);
    color: var(--_secondary);
    padding-block: 6px;
  }
  .absence p {
    margin: 0;
  }
  .waiting {
    font-size: var(--_small);
  }
  .skeleton {
    background:
      linear-gradient(var(--_raised) 0 0) 0 8px / 70% 10px no-repeat,
      linear-gradient(var(--_raised) 0 0) 0 28px / 45% 10px no-repeat;
    block-size: 44px;
  }
  @media print {
    section {
      border: 0;
      border-block-start: 1px solid;
      break-inside: auto;
    }
    li,
    .long li {
      break-inside: avoid;
      content-visibility: visible;
    }
  }
`;
