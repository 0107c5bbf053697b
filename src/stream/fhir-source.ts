import type { Reading } from '../record/entry.ts';
import type { Patient } from '../record/patient.ts';
import { ownReferences } from '../record/fhir/own-references.ts';
import { ResourceReader } from '../record/read-resources.ts';
import { asObject, asObjects, asString, isResource, type Resource } from '../record/resource.ts';
import type { SectionId } from '../record/section.ts';
import { SECTIONS } from '../record/sections/index.ts';
import type { FinalSourceStatus, SectionAnswer } from '../record/source-status.ts';
import type { Source } from '../record/source.ts';
import { WIRE_VERSION, type RecordEvent } from '../record/wire.ts';

/** As much of a `fhirclient` Client as is used here: a vendor that has one already hands it over. */
export type FhirClient = {
  readonly state: { readonly serverUrl: string };
  request(options: { readonly url: string; readonly signal: AbortSignal }): Promise<unknown>;
};

export type FhirSourceOptions = {
  readonly client: FhirClient;
  /** The Patient's id at that server. */
  readonly patientId: string;
  /** Who it is, for the banner. */
  readonly patient: Patient;
  readonly source: Source;
  readonly signal: AbortSignal;
  readonly clock?: () => Date;
};

const PAGE = 200;
/** A search longer than this is cut, and says so. */
const MAX_PAGES = 50;

/**
 * One organisation's record from a plain FHIR R4 server, with no launcher: the same events as the launcher's stream.
 * A type that fails is a gap in its sections and nothing more. If anything belongs to somebody else, nothing is shown.
 */
export async function* readFhirSource(options: FhirSourceOptions): AsyncGenerator<RecordEvent> {
  const clock = options.clock ?? (() => new Date());
  const started = clock().getTime();
  const { source, patient } = options;
  yield { type: 'opened', version: WIRE_VERSION, viewId: '', at: clock().toISOString(), patient, sources: [source] };
  const types = [...new Set(SECTIONS.flatMap((section) => section.reads))];
  const answers = new Map(await Promise.all(types.map(async (type) => [type, await askType(type, options)] as const)));
  const resources = [...answers.values()].flatMap((answer) => answer.resources);
  const settled = { at: clock().toISOString(), tookMs: clock().getTime() - started };
  if (resources.some((resource) => isSomebodyElses(resource, options.patientId))) {
    yield {
      type: 'settled',
      source: source.id,
      status: { state: 'failed', code: 'source.wrong_patient', ...settled, sections: {} },
    };
  } else {
    const reading = new ResourceReader(source.id).read(resources);
    yield { type: 'entries', source: source.id, ...reading };
    yield {
      type: 'settled',
      source: source.id,
      status: { ...statusOf(answers, reading), ...settled, sections: sectionsOf(answers, reading) },
    };
  }
  yield { type: 'closed', at: clock().toISOString() };
}

type TypeAnswer = { readonly resources: readonly Resource[]; readonly end: 'complete' | 'truncated' | 'unavailable' };

async function askType(type: string, { client, patientId, signal }: FhirSourceOptions): Promise<TypeAnswer> {
  const resources: Resource[] = [];
  const base = client.state.serverUrl.replace(/\/?$/, '/');
  const own = ownReferences(base);
  let url: string | undefined =
    type === 'Patient' ? `Patient/${patientId}` : `${type}?patient=${patientId}&_count=${PAGE}`;
  try {
    for (let page = 0; url !== undefined; page += 1) {
      if (page === MAX_PAGES) return { resources, end: 'truncated' };
      const answer = asObject(own.makeRelative(await client.request({ url, signal })));
      if (answer?.['resourceType'] !== 'Bundle')
        return { resources: isResource(answer) ? [answer] : [], end: 'complete' };
      resources.push(
        ...asObjects(answer['entry']).flatMap((entry) => (isResource(entry['resource']) ? [entry['resource']] : [])),
      );
      url = nextOf(answer, base);
    }
    return { resources, end: 'complete' };
  } catch {
    return { resources, end: 'unavailable' };
  }
}

/** The next page, only when it is at the same server: a token is never carried elsewhere. */
function nextOf(bundle: { readonly [element: string]: unknown }, base: string): string | undefined {
  const next = asString(asObjects(bundle['link']).find((link) => link['relation'] === 'next')?.['url']);
  if (next === undefined) return undefined;
  // Some servers page at the base itself: `base?_getpages=…`.
  const { origin, pathname } = new URL(next, base);
  return `${origin}${pathname.replace(/\/?$/, '/')}`.startsWith(base) ? next : undefined;
}

function isSomebodyElses(resource: Resource, patientId: string): boolean {
  if (resource.resourceType === 'Patient') return resource.id !== patientId;
  const subject = asString(asObject(resource['subject'] ?? resource['patient'])?.['reference']);
  // An address of another server is somebody else's, whatever the id at its end.
  const named = subject !== undefined && /(?:^|\/)Patient\//.test(subject);
  return named && subject !== `Patient/${patientId}` && !subject.startsWith(`Patient/${patientId}/_history/`);
}

function statusOf(
  answers: ReadonlyMap<string, TypeAnswer>,
  reading: Reading,
):
  | { readonly state: 'answered' | 'nothing-held' }
  | { readonly state: 'unavailable' | 'truncated'; readonly code: string } {
  const ends = [...answers.values()].map((answer) => answer.end);
  if (ends.includes('unavailable')) return { state: 'unavailable', code: 'source.unavailable' };
  if (ends.includes('truncated')) return { state: 'truncated', code: 'source.truncated' };
  return { state: reading.entries.length > 0 ? 'answered' : 'nothing-held' };
}

function sectionsOf(answers: ReadonlyMap<string, TypeAnswer>, reading: Reading): FinalSourceStatus['sections'] {
  return Object.fromEntries(
    SECTIONS.map((section) => [section.id, cellOf(section.id, section.reads, answers, reading)]),
  );
}

function cellOf(
  id: SectionId,
  reads: readonly string[],
  answers: ReadonlyMap<string, TypeAnswer>,
  reading: Reading,
): SectionAnswer {
  const count = reading.entries.filter((entry) => entry.section === id).length;
  const ends = reads.map((type) => answers.get(type)?.end);
  if (ends.includes('unavailable')) return { state: 'unavailable', count, code: 'source.unavailable' };
  if (ends.includes('truncated')) return { state: 'truncated', count, code: 'source.truncated' };
  return { state: count > 0 ? 'answered' : 'nothing-held', count };
}
