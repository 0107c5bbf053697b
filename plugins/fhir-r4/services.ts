import type { Resource } from '../../src/record/resource.ts';
import { isResource } from '../../src/record/resource.ts';
import { SourceTrouble, type ServicesAsk, type SourceSettings, type SourceTools } from '../plugin.ts';
import { endByStatus, isJson, readPage } from './adapt.ts';

const FHIR_JSON = 'application/fhir+json';

/** By POST like every search here. One page: no more is asked for by name than a page holds. */
export async function findServices(
  { base }: SourceSettings,
  tools: SourceTools,
  { ids, identifiers }: ServicesAsk,
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  const questions = [
    ['_id', ids],
    ['identifier', identifiers],
  ] as const;
  for (const [parameter, values] of questions) {
    if (values.length === 0) continue;
    const form = new URLSearchParams({ [parameter]: values.join(','), _count: String(tools.limits.pageSize) });
    found.push(...(await search(base, form, tools, signal)));
  }
  return found;
}

async function search(
  base: string,
  form: URLSearchParams,
  tools: SourceTools,
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const request = { url: `${base}/HealthcareService/_search`, method: 'POST', form, accept: FHIR_JSON } as const;
  const response = await tools.fetch(request, signal);
  const byStatus = endByStatus(response.status);
  if (byStatus || !isJson(response.header('content-type'))) {
    await response.discard?.();
    throw trouble(byStatus);
  }
  const answer = readPage(await response.text(), 'HealthcareService', base);
  if (!('page' in answer)) throw trouble(answer);
  return answer.page.matches.filter(isResource);
}

function trouble(answer: ReturnType<typeof endByStatus>): SourceTrouble {
  const end = answer && 'end' in answer ? answer.end : undefined;
  const code =
    end?.state === 'failed' ? end.code : end?.state === 'withheld' ? 'source.withheld' : 'source.invalid_answer';
  return new SourceTrouble(code, 'HealthcareService was not answered with a Bundle');
}
