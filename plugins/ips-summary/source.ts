import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { ownReferences } from '../../src/record/fhir/own-references.ts';
import { NHS_NUMBER_SYSTEM } from '../../src/record/nhs-number.ts';
import { asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import { readSummary } from '../../src/record/summary.ts';
import {
  SourceTrouble,
  type SourceAsk,
  type SourceConnection,
  type SourcePage,
  type SourceRequest,
  type SourceSettings,
  type SourceTools,
} from '../plugin.ts';
import { adaptSummary, endOfType, isAboutPerson, typeOf } from './adapt.ts';

const FHIR_JSON = 'application/fhir+json';

type Talk = { readonly settings: SourceSettings; readonly tools: SourceTools };

/** IPS `$summary` (HL7 IPS, OperationDefinition summary): one document for one person. */
export function openSource(settings: SourceSettings, tools: SourceTools): SourceConnection {
  const talk: Talk = { settings, tools };
  // A document names its person by the number: whom an id belongs to is known once the person was found.
  const numbers = new Map<string, string>();
  return {
    findPatients: async (nhsNumber, signal) => {
      const patients = await findPatients(nhsNumber, talk, signal);
      for (const { id } of patients) numbers.set(asString(id) ?? '', nhsNumber);
      return patients;
    },
    fetch: (ask, signal) => fetchSummary(ask, numbers.get(ask.patientId), talk, signal),
    // A summary names no documents; what it says is all in it.
    fetchDocument: () => Promise.resolve(null),
  };
}

async function findPatients(nhsNumber: string, talk: Talk, signal: AbortSignal): Promise<readonly Resource[]> {
  const form = new URLSearchParams({ identifier: `${NHS_NUMBER_SYSTEM}|${nhsNumber}`, _count: '10' });
  const url = `${talk.settings.base}/Patient/_search`;
  const bundle = await send({ url, method: 'POST', form, accept: FHIR_JSON }, talk, signal);
  if (bundle.resourceType !== 'Bundle') throw new SourceTrouble('source.invalid_answer', 'no searchset');
  const found = asObjects(bundle['entry']).map(({ resource }) => resource);
  return found.filter(isResource).filter(({ resourceType }) => resourceType === 'Patient');
}

async function* fetchSummary(
  ask: SourceAsk,
  nhsNumber: string | undefined,
  talk: Talk,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  if (nhsNumber === undefined) throw new SourceTrouble('source.invalid_answer', 'asked before the person was found');
  const summary = readSummary(await send(summaryRequest(ask.patientId, nhsNumber, talk), talk, signal));
  if (!summary) throw new SourceTrouble('source.invalid_answer', 'no document Bundle');
  if (!isAboutPerson(summary, { nhsNumber, id: ask.patientId }))
    throw new SourceTrouble('source.wrong_patient', 'the document is about somebody else');
  const all = adaptSummary(summary, ask.patientId).filter((one) => isWanted(one, ask));
  const kept = all.slice(0, talk.tools.limits.resources);
  const ends = ask.types.map((type) => {
    const received = kept.filter((one) => typeOf(one) === type).length;
    return { type, end: endOfType(type, received, summary.sections) };
  });
  // What is offered goes first, and takes the people and products with it.
  const offered = ends.filter(({ end }) => end.state !== 'not-supported');
  const types = new Set(offered.map(({ type }) => type));
  const parts = kept.filter((one) => !types.has(typeOf(one)));
  yield* offered.map(({ type, end }, index) => {
    const own = kept.filter((one) => typeOf(one) === type);
    const cut = kept.length < all.length && end.state === 'complete';
    return {
      type,
      resources: index === 0 ? [...parts, ...own] : own,
      end: cut ? { state: 'truncated' as const, code: 'source.truncated', received: own.length } : end,
    };
  });
  yield* ends.filter(({ type }) => !types.has(type)).map(({ type, end }) => ({ type, resources: [], end }));
}

function summaryRequest(patientId: string, nhsNumber: string, { settings }: Talk): SourceRequest {
  if (settings['ask'] !== 'by-identifier') {
    // It becomes a part of the address: only what FHIR allows as an id does.
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(patientId) || /^\.+$/.test(patientId))
      throw new SourceTrouble('source.invalid_answer', 'the Patient has no usable id');
    return { url: `${settings.base}/Patient/${patientId}/$summary`, method: 'GET', accept: FHIR_JSON };
  }
  const identifier = { name: 'identifier', valueString: `${NHS_NUMBER_SYSTEM}|${nhsNumber}` };
  const json: Json = { resourceType: 'Parameters', parameter: [identifier] };
  return { url: `${settings.base}/Patient/$summary`, method: 'POST', json, accept: FHIR_JSON };
}

/** With `ids`, only those of the types asked; the people and products they name always. */
function isWanted({ resourceType, id }: Resource, { types, ids }: SourceAsk): boolean {
  return ids === undefined || !types.includes(resourceType) || ids.includes(asString(id) ?? '');
}

async function send(request: SourceRequest, { settings, tools }: Talk, signal: AbortSignal): Promise<Resource> {
  const response = await tools.fetch(request, signal);
  const json = /^application\/(?:fhir\+json|json|json\+fhir)\s*(?:;|$)/i.test(response.header('content-type') ?? '');
  if (response.status === 200 && json) return parse(await response.text(), settings.base);
  await response.discard?.();
  throw new SourceTrouble(codeOf(response.status), `answered with ${String(response.status)}`);
}

function codeOf(status: number): string {
  if (status === 403) return 'source.withheld';
  if (status === 401) return 'source.auth';
  return status >= 500 || status === 429 || status === 408 ? 'source.unavailable' : 'source.invalid_answer';
}

function parse(text: string, base: string): Resource {
  let value: unknown;
  try {
    value = parseFhirJson(text);
  } catch (cause) {
    throw new SourceTrouble('source.invalid_answer', 'not JSON', { cause });
  }
  // In a document, absolute references are its entries' own names: it is only a search whose references are shortened.
  const own = isResource(value) && value['type'] !== 'document' ? ownReferences(base).makeRelative(value) : value;
  if (!isResource(own)) throw new SourceTrouble('source.invalid_answer', 'no resource');
  return own;
}
