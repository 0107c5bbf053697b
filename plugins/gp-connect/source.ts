import { asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import {
  SourceTrouble,
  type SourceAsk,
  type SourceConnection,
  type SourcePage,
  type SourceSettings,
  type SourceTools,
} from '../plugin.ts';
import { adaptBundle, type Adapted } from './adapt.ts';
import { isJson, judge, type Answer } from './answer.ts';
import { AREAS, areasFor, areasWithLetters, endOfType, type Area } from './areas.ts';
import { fetchDocument } from './document.ts';
import { question } from './question.ts';

const FHIR_JSON = 'application/fhir+json';

export type Talk = { readonly settings: SourceSettings; readonly tools: SourceTools };

/** GP Connect Access Record Structured 1.x (FHIR STU3): one operation that gives whole clinical areas. */
export function openSource(settings: SourceSettings, tools: SourceTools): SourceConnection {
  const talk: Talk = { settings, tools };
  // The operation takes the NHS number, not the Patient's id: whom an id belongs to is known once the person was found.
  const numbers = new Map<string, string>();
  return {
    findPatients: async (nhsNumber, signal) => {
      const patients = await findPatients(nhsNumber, talk, signal);
      for (const { id } of patients) numbers.set(asString(id) ?? '', nhsNumber);
      return patients;
    },
    fetch: (ask, signal) => fetchAreas(ask, numbers.get(ask.patientId), talk, signal),
    fetchDocument: (reference, signal) => fetchDocument(reference, talk, signal),
  };
}

/** The record without any clinical area: who the practice holds under this number. */
async function findPatients(nhsNumber: string, talk: Talk, signal: AbortSignal): Promise<readonly Resource[]> {
  const plain = await ask(question(nhsNumber, [], false), talk, signal);
  // Early versions want at least one area ("At least one of the include groups must be supplied").
  const [allergies] = AREAS;
  const answer =
    plain.kind === 'refused' && allergies ? await ask(question(nhsNumber, [allergies], false), talk, signal) : plain;
  if (answer.kind === 'unknown-person') return [];
  const { resources } = adaptBundle(bundleOf(answer), talk.settings.base);
  return resources.filter(isResource).filter(({ resourceType }) => resourceType === 'Patient');
}

async function* fetchAreas(
  asked: SourceAsk,
  nhsNumber: string | undefined,
  talk: Talk,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  if (nhsNumber === undefined) throw new SourceTrouble('source.invalid_answer', 'asked before the person was found');
  const letter = asked.ids !== undefined && asked.types.includes('DocumentReference');
  const areas = letter ? areasWithLetters() : areasFor(asked.types);
  if (areas.length === 0) {
    yield* asked.types.map((type) => ({ type, resources: [], end: { state: 'not-supported' as const } }));
    return;
  }
  const answer = await ask(questionOf(nhsNumber, areas, talk), talk, signal);
  if (answer.kind === 'unknown-person')
    throw new SourceTrouble('source.invalid_answer', 'the person found a moment ago is not found');
  yield* pagesOf(adaptBundle(bundleOf(answer), talk.settings.base), asked, talk.tools.limits.resources);
}

function questionOf(nhsNumber: string, areas: readonly Area[], { settings }: Talk): Json {
  return question(nhsNumber, areas, settings['prescriptionIssues'] === true);
}

async function ask(json: Json, { settings, tools }: Talk, signal: AbortSignal): Promise<Answer> {
  const url = `${settings.base}/Patient/$gpc.getstructuredrecord`;
  const response = await tools.fetch({ url, method: 'POST', json, accept: FHIR_JSON }, signal);
  const readable = isJson(response.header('content-type'));
  if (!readable) await response.discard?.();
  return judge(response.status, readable, readable ? await response.text() : '');
}

function bundleOf(answer: Answer): Resource {
  if (answer.kind === 'trouble') throw new SourceTrouble(answer.code, 'GP Connect refused or failed');
  if (answer.kind !== 'resource' || answer.resource.resourceType !== 'Bundle')
    throw new SourceTrouble('source.invalid_answer', 'no structured record Bundle');
  return answer.resource;
}

/** People, places and products that stand behind statements; they go ahead of what refers to them. */
const PARTS = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Medication',
  'Specimen',
];

/**
 * A page for each type asked. What came besides (a letter linked to a consultation) goes with the first of them: its own
 * type was not asked in full, and is not said to be.
 */
function* pagesOf(adapted: Adapted, asked: SourceAsk, limit: number): Generator<SourcePage> {
  const wanted = adapted.resources.filter((item) => isWanted(item, asked));
  const kept = wanted.slice(0, limit);
  const cut = wanted.length > kept.length;
  const byType = (type: string): readonly unknown[] => kept.filter((item) => typeOf(item) === type);
  const ends = new Map(asked.types.map((type) => [type, endOfType(type, byType(type).length, adapted.gaps)]));
  const offered = (type: string): boolean => ends.get(type)?.state !== 'not-supported';
  const besides = kept.filter((item) => !offered(typeOf(item)) || !asked.types.includes(typeOf(item)));
  const ahead = [...besides].sort((a, b) => Number(PARTS.includes(typeOf(b))) - Number(PARTS.includes(typeOf(a))));
  const types = [...asked.types].sort((a, b) => Number(offered(b)) - Number(offered(a)));
  const carrier = types.find(offered) ?? (asked.ids && types[0]);
  for (const type of types) {
    const end = ends.get(type) ?? { state: 'not-supported' as const };
    const own = offered(type) ? byType(type) : [];
    const resources = type === carrier ? [...ahead, ...own] : own;
    yield {
      type,
      resources,
      end:
        cut && end.state === 'complete' ? { state: 'truncated', code: 'source.too_large', received: own.length } : end,
    };
  }
}

/** The Patient has been found and read already; with `ids`, only those of the types asked. */
function isWanted(item: unknown, { types, ids }: SourceAsk): boolean {
  if (!isResource(item)) return true;
  if (item.resourceType === 'Patient') return false;
  if (ids === undefined || PARTS.includes(item.resourceType)) return true;
  return types.includes(item.resourceType) && ids.includes(asString(item.id) ?? '');
}

function typeOf(item: unknown): string {
  return isResource(item) ? item.resourceType : '';
}
