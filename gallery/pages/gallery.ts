import { define, defineMessages, definePictures, enGB } from '../../src/index.ts';
import type { ElementOf } from '../../sdk/manifest.ts';
import { addressesIn, conversingIn } from './conversations.ts';
import { reference } from './reference.ts';
import { recordIn, STATES, type GalleryData, type State } from './states.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';

/** The page itself: a list of elements, and for the one that is chosen its reference and how it looks in every state. */
define();
await Promise.all([definePictures(), defineMessages()]);
const [data, elements] = (await Promise.all(
  [fetch('/data.json'), fetch('/elements.json')].map(async (one): Promise<unknown> => (await one).json()),
)) as [GalleryData, readonly ElementOf[]];
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
  if (only === null) main.append(...reference(element));
  document.documentElement.dataset['shown'] = element.tagName;
}

function recordOf(state: State): PatientRecord {
  const record = records.get(state) ?? recordIn(state, data);
  records.set(state, record);
  return record;
}

/** The element with all of its properties that a record can fill. */
function drawn({ tagName, members = [] }: ElementOf, state: State): HTMLElement {
  const record = recordOf(state);
  const view =
    record.sections.find(({ id }) => tagName === `corridor-${id === 'investigation-results' ? 'results' : id}`) ??
    record.sections.find(({ id }) => tagName === 'corridor-document' && id === 'documents') ??
    record.sections.find(({ facts }) => facts.length > 0) ??
    record.sections[0];
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
    ...(members.some(({ name }) => CONVERSING.has(name)) && conversingIn(state, record)),
    ...(tagName === 'corridor-address-book' && { entries: addressesIn(state) }),
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
