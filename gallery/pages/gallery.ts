import { define, defineMessages, definePictures, enGB } from '../../src/index.ts';
import type { ElementOf } from '../../sdk/manifest.ts';
import { addressesIn, conversingIn } from './conversations.ts';
import { reference } from './reference.ts';
import { recordIn, STATES, type GalleryData, type State } from './states.ts';
import { toCopy, type Lines, type Release } from './to-copy.ts';
import type { PatientRecord, SectionView } from '../../src/record/patient-record.ts';

/** The page itself: a list of elements, and for the one that is chosen its reference and how it looks in every state. */
const [data, elements, release] = (await Promise.all(
  ['/data.json', '/elements.json', '/dist/sri.json'].map(async (one): Promise<unknown> => (await fetch(one)).json()),
)) as [GalleryData, readonly ElementOf[], Release];
define();
const ofPictures = await broughtBy(definePictures);
const ofMessages = await broughtBy(defineMessages);
/** Elements that have one of these speak of conversations. */
const CONVERSING: ReadonlySet<string> = new Set(['threads', 'lines', 'counts', 'draft', 'handovers']);
const records = new Map<State, PatientRecord>();
const nav = make('nav');
const main = make('main');
for (const { tagName } of elements) {
  const link = make('a', `<${tagName}>`);
  link.setAttribute('href', `?element=${tagName}`);
  // The records are made once: from one element to the next the page stays.
  link.addEventListener('click', (event) => {
    event.preventDefault();
    history.pushState(null, '', `?element=${tagName}`);
    show();
  });
  nav.append(link);
}
for (const path of ['on-entries', 'on-fhir']) {
  const link = make('a', path);
  link.setAttribute('href', `/${path}`);
  nav.append(link);
}
document.body.append(nav, main);
addEventListener('popstate', show);
show();

function show(): void {
  const asked = new URLSearchParams(location.search);
  const element =
    elements.find(({ tagName }) => tagName === (asked.get('element') ?? 'corridor-record')) ?? elements[0];
  if (!element) return;
  for (const link of nav.children) {
    if (link.textContent === `<${element.tagName}>`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  main.replaceChildren(make('h1', `<${element.tagName}>`), make('p', element.summary ?? ''));
  const only = asked.get('state');
  for (const state of STATES.filter((one) => only === null || one === only)) {
    const example = make('section');
    const stage = make('div');
    stage.className = 'stage';
    stage.dataset['state'] = state;
    stage.tabIndex = 0;
    stage.setAttribute('role', 'group');
    stage.setAttribute('aria-label', state);
    stage.append(drawn(element, state));
    example.append(make('h2', state[0]?.toUpperCase() + state.slice(1)), stage);
    main.append(example);
  }
  if (only === null) main.append(...reference(element, linesOf(element)));
  document.documentElement.dataset['shown'] = element.tagName;
}

function recordOf(state: State): PatientRecord {
  const record = records.get(state) ?? recordIn(state, data);
  records.set(state, record);
  return record;
}

/** The tags that are there once this has been done, and were not before. */
async function broughtBy(brings: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const before = elements.filter(({ tagName }) => customElements.get(tagName) === undefined);
  await brings();
  return new Set(before.flatMap(({ tagName }) => (customElements.get(tagName) ? [tagName] : [])));
}

/** The section that an element is shown with: its own, or the first that holds something. */
function viewIn(tagName: string, { sections }: PatientRecord): SectionView | undefined {
  return (
    sections.find(({ id }) => tagName === `corridor-${id === 'investigation-results' ? 'results' : id}`) ??
    sections.find(({ id }) => tagName === 'corridor-document' && id === 'documents') ??
    sections.find(({ facts }) => facts.length > 0) ??
    sections[0]
  );
}

/** Properties that no record fills. */
function ownOf({ tagName, members = [] }: ElementOf, state: State): { readonly [property: string]: unknown } {
  return {
    ...(members.some(({ name }) => CONVERSING.has(name)) && conversingIn(state, recordOf(state))),
    ...(tagName === 'corridor-address-book' && { entries: addressesIn(state) }),
  };
}

function linesOf(element: ElementOf): Lines {
  const { tagName } = element;
  const record = recordOf('complete');
  const [resident] = data.residents;
  if (!resident) return { page: '' };
  const bringer = ofPictures.has(tagName) ? 'definePictures' : ofMessages.has(tagName) ? 'defineMessages' : undefined;
  const { today } = data;
  const view = viewIn(tagName, record);
  return toCopy({ element, release, bringer, resident, record, view, today, own: ownOf(element, 'complete') });
}

/** The element with all of its properties that a record can fill. */
function drawn({ tagName, members = [], ...more }: ElementOf, state: State): HTMLElement {
  const record = recordOf(state);
  const view = viewIn(tagName, record);
  const fact =
    view?.facts[0] ?? (tagName === 'corridor-document' ? undefined : record.sections.flatMap(({ facts }) => facts)[0]);
  const around = {
    words: enGB,
    today: data.today,
    patient: record.patient,
    sources: new Map(record.sources.map(({ source }) => [source.id, source])),
  };
  const given: { readonly [property: string]: unknown } = {
    record,
    view,
    fact,
    around,
    patient: record.patient,
    entry: fact?.entries[0],
    facts: view?.facts ?? [],
    unread: record.unread,
    withdrawn: record.withdrawn,
    words: enGB,
    today: data.today,
    ...ownOf({ tagName, members, ...more }, state),
  };
  const element = document.createElement(tagName);
  for (const { name, kind } of members)
    if (kind === 'field' && given[name] !== undefined && !(tagName === 'corridor-record' && name === 'patient'))
      Object.assign(element, { [name]: given[name] });
  return element;
}

function make(name: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
