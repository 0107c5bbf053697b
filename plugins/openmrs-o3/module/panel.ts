const SHEET = `
  .panel { background: #fff; block-size: calc(100vh - 14rem); display: flex; flex-direction: column; font: 400 0.875rem/1.4 'IBM Plex Sans', system-ui, sans-serif; min-block-size: 30rem; }
  .line { align-items: center; display: flex; flex-wrap: wrap; gap: 1rem; margin: 0; padding: 0.75rem 1rem; }
  .line[hidden] { display: none; }
  button { background: #fff; border: 1px solid #0f62fe; color: #0f62fe; cursor: pointer; font: inherit; padding: 0.5rem 1rem; }
  button:hover { background: #edf5ff; }
  button:focus-visible { outline: 2px solid #0f62fe; outline-offset: 2px; }
  iframe { border: 0; flex: 1; inline-size: 100%; }
`;

export type Panel = {
  /** One line for the reader, and what to press; it stands above the frame where there is one. */
  say(line: string, again?: { readonly label: string; press(): void }): void;
  hush(): void;
  show(frame: HTMLElement): void;
  clear(): void;
  /** Whether anybody can see it. */
  isThere(): boolean;
};

/** The place of the record in the chart. What is drawn in it is its own: neither side's style sheets reach the other. */
export function panel(place: HTMLElement): Panel {
  const host = document.createElement('section');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  const line = document.createElement('p');
  line.className = 'line';
  line.setAttribute('role', 'status');
  line.hidden = true;
  // The chart sets the height of whatever stands in it; what is inside sets its own.
  const inside = document.createElement('div');
  inside.className = 'panel';
  inside.append(line);
  root.append(inside);
  place.replaceChildren(host);
  return {
    say: (text, again) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = again?.label ?? '';
      button.addEventListener('click', () => again?.press());
      line.replaceChildren(text, ...(again ? [button] : []));
      line.hidden = false;
    },
    hush: () => {
      line.hidden = true;
      line.replaceChildren();
    },
    show: (frame) => inside.append(frame),
    clear: () => {
      line.hidden = true;
      inside.replaceChildren(line);
      line.replaceChildren();
    },
    isThere: () => host.isConnected,
  };
}
