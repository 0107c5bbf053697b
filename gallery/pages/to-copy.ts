import type { ElementOf } from '../../sdk/manifest.ts';
import type { PatientRecord, SectionView } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { ResidentData } from '../resident.ts';

/** As much of `sri.json` as a page that is copied names. */
export type Release = { readonly version: string; readonly files: { readonly [file: string]: string } };

/** What an element is shown with: who it is about, what else stands around, and what brings its tag. */
export type Copied = {
  readonly element: ElementOf;
  readonly release: Release;
  readonly bringer: 'definePictures' | 'defineMessages' | undefined;
  readonly resident: ResidentData;
  readonly record: PatientRecord;
  readonly view: SectionView | undefined;
  readonly today: string;
  /** Properties that no record fills, such as conversations. */
  readonly own: { readonly [property: string]: unknown };
};

/** Where a launcher would have it; whoever serves the bundle themselves writes their own. */
const HOST = 'https://record.example';

/** How each property is had from the lines above it. */
const FROM: { readonly [property: string]: string } = {
  record: 'record',
  view: 'view',
  around: 'around',
  patient: 'patient',
  fact: 'view.facts[0]',
  entry: 'view.facts[0].entries[0]',
  facts: 'view.facts',
  unread: 'record.unread',
  withdrawn: 'record.withdrawn',
  words: 'enGB',
  today: 'today',
};

/** The page's lines, and those of the script that they name: a strict policy runs none that stands in a page. */
export type Lines = { readonly page: string; readonly script?: string };

/** A file of whoever copies. */
export const SCRIPT = '/record.js';

/** The lines for one element: pasted as they stand they draw it, with one person's invented lines. */
export function toCopy(copied: Copied): Lines {
  const { element, release, bringer } = copied;
  const { tagName } = element;
  const folder = `${HOST}/sdk/${release.version}`;
  const elements = `<script type="module" src="${folder}/define.js" integrity="${release.files['define.js'] ?? ''}" crossorigin></script>`;
  if (tagName === 'corridor-frame')
    return { page: `${elements}\n<corridor-frame src="${HOST}/launch" label="Shared record"></corridor-frame>` };
  const lines = filling(copied);
  const names = ['enGB', 'readResources', 'recordOfEntries'].filter((name) =>
    lines.some((line) => line.includes(name)),
  );
  const imported = [...(bringer ? [bringer] : []), ...names].join(', ');
  return {
    page: [elements, `<script type="module" src="${SCRIPT}"></script>`, `<${tagName}></${tagName}>`].join('\n'),
    script: [
      ...(imported === '' ? [] : [`import { ${imported} } from '${folder}/corridor.js';`, '']),
      ...(bringer ? [`await ${bringer}();`] : []),
      ...lines,
    ].join('\n'),
  };
}

function filling({ element, resident, record, view, today, own }: Copied): readonly string[] {
  const { tagName, members = [] } = element;
  const whole = tagName === 'corridor-record';
  const given = whole
    ? ['patient', 'sources', 'entries', 'unread', 'today']
    : Object.keys(FROM).filter((name) => holds(members, name) && !(name in own));
  const from = given.map((name) => (whole ? name : (FROM[name] ?? name)));
  const ofView = from.some((one) => one.startsWith('view'));
  const ofRecord = ofView || from.some((one) => one.startsWith('record'));
  const around = given.includes('around');
  const literals = Object.entries(own).filter(([name, value]) => value !== undefined && holds(members, name));
  const set = [
    ...given.map((name, at) => (from[at] === name ? name : `${name}: ${from[at] ?? ''}`)),
    ...literals.map(([name, value]) => `${name}: ${inline(value)}`),
  ];
  const home = record.sources.filter(({ source }) => source.home).map(({ source }) => source);
  const lines: readonly (readonly [needed: boolean, line: string])[] = [
    [ofRecord || around || given.includes('patient'), `const patient = ${inline(record.patient)};`],
    [ofRecord || around || whole, `const sources = ${inline(home)};`],
    [ofRecord || around || given.includes('today'), `const today = ${inline(today)};`],
    [ofRecord || whole, `const resources = ${inline(examples(resident, view))};`],
    [ofRecord || whole, `const { entries, unread } = readResources(resources, sources[0].id);`],
    [ofRecord, `const record = recordOfEntries(patient, entries, sources, Date.parse(today), unread);`],
    [ofView, `const view = record.sections.find(({ id }) => id === ${inline(view?.id)});`],
    [around, `const around = { words: enGB, today, patient, sources: new Map(sources.map((one) => [one.id, one])) };`],
    [true, `Object.assign(document.querySelector('${tagName}'), { ${set.join(', ')} });`],
  ];
  return lines.flatMap(([needed, line]) => (needed ? [line] : []));
}

/** One resource of what the element shows, as the resident's own organisation or another holds it. */
function examples({ organisations }: ResidentData, view: SectionView | undefined): readonly Resource[] {
  const origin = view?.facts[0]?.entries[0].origin;
  if (!origin) return [];
  const held = organisations.find(({ ods }) => ods === String(origin.source))?.resources ?? [];
  return held.filter(({ resourceType, id }) => typeof id === 'string' && origin.resource === `${resourceType}/${id}`);
}

function holds(members: NonNullable<ElementOf['members']>, property: string): boolean {
  return members.some(({ name, kind, readonly: fixed }) => name === property && kind === 'field' && fixed !== true);
}

/** As a script would write it. */
function inline(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"([a-zA-Z_]\w*)":/g, '$1: ');
}
