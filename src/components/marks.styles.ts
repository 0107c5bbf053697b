import { css } from 'lit';

/** One colour, one meaning (ui.md §3); every tone also has its own shape in `marks.ts`. */
export const markStyles = css`
  .mark {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    vertical-align: -0.125em;
    color: var(--_secondary);
  }
  .mark .fill {
    fill: currentColor;
  }
  .mark .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark .dashed {
    stroke-dasharray: 2.4 2.2;
  }
  .mark .cut {
    fill: none;
    stroke: var(--_surface);
    stroke-width: 1.8;
    stroke-linecap: round;
  }
  .mark.risk {
    color: var(--_risk);
  }
  .mark.caution {
    color: var(--_caution);
  }
  .mark.information,
  .mark.waiting {
    color: var(--_information);
  }
  .mark.ok {
    color: var(--_ok);
  }
  .mark.withheld,
  .mark.none {
    color: var(--_withheld);
  }
  .kind {
    align-self: flex-start;
    border: 1px solid var(--_hairline);
    border-radius: 2px;
    color: var(--_secondary);
    display: inline-block;
    flex: none;
    font-size: 0.786em;
    font-weight: 700;
    letter-spacing: 0.01em;
    line-height: 1.45;
    min-inline-size: 2.1em;
    padding-inline: 2px;
    text-align: center;
    text-decoration: none;
    vertical-align: 0.06em;
  }
  s {
    text-decoration-thickness: 1px;
  }
  .label,
  .aside {
    color: var(--_secondary);
    font-size: var(--_small);
  }
  .aside {
    display: inline-block;
  }
  .brief {
    white-space: nowrap;
  }
  .fresh {
    border: 1px solid;
    border-radius: var(--_radius);
    color: var(--_information);
    display: inline-block;
    font-size: var(--_small);
    font-weight: 700;
    line-height: 1.25;
    padding: 0 4px;
    white-space: nowrap;
  }
  .fresh.unseen {
    border-style: dashed;
  }
  .flag {
    align-items: center;
    border-radius: 2px;
    display: inline-flex;
    font-size: var(--_small);
    font-weight: 700;
    gap: 4px;
    line-height: 1.5;
    padding-inline: 5px 6px;
    white-space: nowrap;
  }
  .flag.risk {
    background: var(--_risk-page);
    color: var(--_risk);
  }
  .flag.caution {
    background: var(--_caution-page);
    color: var(--_caution-text);
  }
  .flag.information,
  .flag.quiet,
  .flag.ok,
  .flag.withheld {
    background: var(--_raised);
    color: var(--_secondary);
  }
  .flag.quiet {
    font-weight: 400;
  }
  @media (forced-colors: active) {
    .mark {
      forced-color-adjust: auto;
    }
    .flag {
      border: 1px solid;
    }
  }
`;
