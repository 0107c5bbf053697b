import { css } from 'lit';

/** What every picture stands on, and the list of those who did not answer above it. */
export const panelStyles = css`
  .panel {
    background: var(--_surface);
    border-radius: var(--_radius);
    padding: 8px 12px 12px;
  }
  .gaps {
    list-style: none;
    margin: 6px 0;
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
`;
