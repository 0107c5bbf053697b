import '../../../src/define.ts';
import type { CorridorDocument, CorridorRecord, DocumentOpenEvent, Patient, Source } from '../../../src/index.ts';
import { readResources, recordOfEntries } from '../../../src/index.ts';
import type { Place } from '../../../src/app/rail.ts';
import { fillFrame } from '../../../src/components/corridor-document/viewer/html-frame.ts';
import { buildProse } from '../../../src/components/corridor-document/viewer/prose-elements.ts';
import { proseOfHtml, safeHtml } from '../../../src/components/corridor-document/viewer/safe-html.ts';
import { sourceName, type Surroundings } from '../../../src/components/surroundings.ts';
import { enGB } from '../../../src/words/en-GB.ts';
import { cy } from '../../../src/words/cy.ts';

/**
 * The page of the corpus (test/journeys/xss.test.ts): shows hostile records and documents as the launcher's own page
 * would, and counts what ran. It is built and served by the test under the launcher's policy.
 */
type Shown = { readonly facts: number; readonly opened: number };
type Hostile = Window & {
  broken: number;
  reports: string[];
  xss: () => void;
  /** `laid`: as a reader sees it. Otherwise it is built whole and only not laid out, which takes most of the time. */
  showRecord(turn: number, laid: boolean): Promise<Shown>;
  showDocuments(turn: number): Promise<number>;
  /** Through everything a letter in HTML goes through, into one frame after the other's words; the rest is the viewer's. */
  showLetters(letters: readonly string[]): Promise<number>;
};
const page = window as unknown as Hostile;

page.broken = 0;
page.reports = [];
page.xss = () => {
  page.broken += 1;
};
document.addEventListener('securitypolicyviolation', (event) => {
  page.reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});

const sourceNamed = (name: string): Source => ({
  id: 'own' as Source['id'],
  organisation: { ods: 'XT001' as Source['organisation']['ods'], name, kind: 'gp' },
  home: true,
});

page.showRecord = async (turn, laid) => {
  const answer = await fetch(`/turns/${String(turn)}.json`);
  const { resources, patient } = (await answer.json()) as { resources: readonly unknown[]; patient: Patient };
  const { entries, unread } = readResources(resources as never, 'own' as Source['id']);
  const record = document.createElement('corridor-record') as CorridorRecord;
  record.hidden = !laid;
  record.words = turn % 2 === 0 ? enGB : cy;
  record.today = '2026-11-22';
  record.record = {
    ...recordOfEntries(patient, entries, [sourceNamed(patient.family)], Date.parse('2026-11-22')),
    unread,
  };
  document.body.replaceChildren(record);
  let opened = 0;
  const places: readonly Place[] = turn === 0 ? ['snapshot', 'everything'] : ['everything'];
  for (const place of places) {
    record.place = place;
    await drawn(record);
    // The snapshot leads on to sections; all of them are opened where everything stands.
    if (place === 'everything') opened += openAll(record);
    await drawn(record);
  }
  const facts = all(record, 'corridor-fact').length;
  record.remove();
  return { facts, opened };
};

/** Sections, and the lines of long ones, come a few at a time: all have come when none comes any more. */
async function drawn(record: CorridorRecord): Promise<void> {
  let before = -1;
  for (let still = 0; still < 5;) {
    await painted();
    const now = all(record, 'li').length + all(record, 'corridor-section').length;
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** Opens whatever a reader can: lines, details, older ones. */
function openAll(record: CorridorRecord): number {
  for (const details of all(record, 'details')) (details as HTMLDetailsElement).open = true;
  const lines = all(record, 'corridor-fact');
  for (const line of lines) (line as unknown as { open: boolean }).open = true;
  for (const section of all(record, 'corridor-section')) {
    const buttons = section.shadowRoot?.querySelectorAll<HTMLButtonElement>('button.action') ?? [];
    for (const button of buttons) button.click();
  }
  return lines.length;
}

function all(root: Element, tag: string): readonly Element[] {
  const inside = root.shadowRoot ?? root;
  return [...inside.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === tag ? [element] : []),
    ...(element.shadowRoot ? all(element, tag) : []),
  ]);
}

page.showDocuments = async (turn) => {
  const answer = await fetch(`/documents/${String(turn)}.json`);
  const documents = (await answer.json()) as readonly { title: string; type: string; base64: string }[];
  let shown = 0;
  for (const { title, type, base64 } of documents) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    if (await showDocument(title, new Blob([bytes], { type }))) shown += 1;
  }
  return shown;
};

page.showLetters = async (letters) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  document.body.replaceChildren(frame);
  let shown = 0;
  for (const html of letters) {
    const letter = safeHtml(html);
    if (!letter) continue;
    fillFrame(frame, letter, 1);
    disturb(frame);
    const paper = document.createElement('article');
    paper.append(buildProse(proseOfHtml(html, letter), { addressOf: () => '', alt: '' }));
    frame.after(paper);
    await new Promise((resolve) => setTimeout(resolve));
    paper.remove();
    shown += 1;
  }
  return shown;
};

/** What an attack does when it is seen, hovered or pressed, it may do now. */
function disturb(frame: HTMLIFrameElement | null | undefined): void {
  for (const target of frame?.contentDocument?.querySelectorAll('*') ?? []) {
    target.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    (target as HTMLElement).click?.();
  }
}

async function showDocument(title: string, blob: Blob): Promise<boolean> {
  const letter = {
    resourceType: 'DocumentReference',
    id: 'd',
    status: 'current',
    description: title,
    content: [0, 1].map((number) => ({ attachment: { contentType: title, title: `${title} ${String(number)}` } })),
  };
  const [entry] = readResources([letter], 'own' as Source['id']).entries;
  if (!entry) return false;
  const sources = new Map([[entry.origin.source, sourceNamed(title)]]);
  const around: Surroundings = { words: enGB, sources, today: '2026-11-22' };
  const element = document.createElement('corridor-document') as CorridorDocument;
  element.around = around;
  element.fact = { key: 'documents:1' as never, section: 'documents', entries: [entry] };
  element.addEventListener('corridor-document-open', (event: DocumentOpenEvent) =>
    event.respond(Promise.resolve(blob)),
  );
  document.body.replaceChildren(element);
  await element.updateComplete;
  element.shadowRoot?.querySelector<HTMLButtonElement>('button.read')?.click();
  const stop = performance.now() + 5_000;
  while (!isShown(element) && performance.now() < stop) await new Promise((resolve) => setTimeout(resolve, 1));
  const good =
    isShown(element) &&
    element.shadowRoot?.textContent?.includes(sourceName(entry.origin.source, around)) !== undefined;
  disturb(element.shadowRoot?.querySelector('iframe'));
  element.remove();
  return good;
}

function isShown(element: CorridorDocument): boolean {
  const root = element.shadowRoot;
  const letter = root?.querySelector('iframe')?.contentDocument?.body.firstChild;
  return Boolean(letter ?? root?.querySelector('article, .sheet canvas, .viewer [role=alert]'));
}

async function painted(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
