import type { HostPort } from '../../../plugins/host-port.ts';
import { hostActWords, type HostActWords } from '../../words/host-acts.ts';
import type { CorridorRecord } from '../corridor-record.ts';
import { sayGaps } from './host-gaps.ts';
import { sayHeight } from './host-height.ts';

export type HostActs = {
  readonly port: HostPort;
  readonly record: CorridorRecord;
  /** The host has closed the view, or says so: nobody may stay on the screen. */
  readonly closed: () => void;
};

/** The record's own place for it is in the way to every part; what stands there is the page's. */
const SLOT = 'host';
const STYLE = `
[slot='${SLOT}'] { display: grid; gap: 4px; padding: 4px 8px; }
[slot='${SLOT}'] button { appearance: none; background: none; border: 0; border-radius: var(--_radius); color: var(--_action); cursor: pointer; font: inherit; min-block-size: 30px; padding: 2px 6px; text-align: start; }
[slot='${SLOT}'] button:hover { color: var(--_action-hover); text-decoration: underline; }
[slot='${SLOT}'] button:focus-visible { outline: 3px solid var(--_focus); box-shadow: 0 0 0 5px var(--_focus-edge); }
[slot='${SLOT}'] p { color: var(--_secondary); font: inherit; font-size: var(--_small); margin: 0; padding: 0 6px; }
[slot='${SLOT}'] [hidden] { display: none; }
@media print { [slot='${SLOT}'] { display: none; } }
`;

/** What the system around the record can do for its reader, as far as it says that it can. */
export function offerHostActs(acts: HostActs): () => void {
  const { port, record } = acts;
  const has = (capability: Parameters<typeof port.capabilities.has>[0]): boolean => port.capabilities.has(capability);
  const ends = [
    ...(has('close') || has('open-chart') ? [offerButtons(acts)] : []),
    ...(has('banner') ? [sayGaps(port, record)] : []),
    ...(has('resize') ? [sayHeight(port, record)] : []),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function offerButtons({ port, record, closed }: HostActs): () => void {
  const words = hostActWords(record.words.language);
  const page = record.ownerDocument;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  const group = page.createElement('div');
  group.slot = SLOT;
  const said = page.createElement('p');
  said.setAttribute('role', 'status');
  const say = (text: string): void => {
    said.textContent = text;
  };
  const stop = port.capabilities.has('open-chart') ? offerChart(group, { port, record, words, say }) : undefined;
  if (port.capabilities.has('close'))
    addButton(group, words.close, async () => {
      say('');
      if (await port.ui.close('done')) closed();
      else say(words.notClosed);
    });
  group.append(said);
  record.append(group);
  return () => {
    stop?.();
    group.remove();
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

type Chart = Pick<HostActs, 'port' | 'record'> & {
  readonly words: HostActWords;
  readonly say: (text: string) => void;
};

/** Leads to the part of the own chart that stands beside the part that is read; where none does, there is no button. */
function offerChart(group: HTMLElement, { port, record, words, say }: Chart): () => void {
  const part = (): { readonly section: string; readonly name: string } | undefined => {
    const { place } = record;
    const sections: { readonly [section: string]: { readonly short: string } } = record.words.sections;
    return Object.hasOwn(sections, place) ? { section: place, name: sections[place]?.short ?? '' } : undefined;
  };
  const button = addButton(group, '', async () => {
    const { section } = part() ?? {};
    if (section === undefined) return;
    say('');
    say(words[await port.ui.openChart({ section })]);
  });
  let before: string | undefined;
  const draw = (): void => {
    const at = part();
    if (at?.section === before && before !== undefined) return;
    before = at?.section;
    button.hidden = at === undefined;
    button.textContent = at === undefined ? '' : words.inChart(at.name);
    say('');
  };
  const later = (): void => void record.updateComplete.then(draw);
  for (const kind of MOVES) record.addEventListener(kind, later);
  draw();
  return () => {
    for (const kind of MOVES) record.removeEventListener(kind, later);
  };
}

/** Whatever leads from one part of the record to another. */
const MOVES = ['click', 'keyup', 'corridor-section-open', 'corridor-record-seek'] as const;

function addButton(group: HTMLElement, text: string, act: () => Promise<void>): HTMLButtonElement {
  const button = group.ownerDocument.createElement('button');
  button.type = 'button';
  button.textContent = text;
  // What the host does not answer is an answer of no; a port never throws.
  button.addEventListener('click', () => void act().catch(() => undefined));
  group.append(button);
  return button;
}
