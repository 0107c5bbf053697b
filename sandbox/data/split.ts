import { patientsOf, referencesIn } from '../eprs/references.ts';
import { asObject, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Holding } from './folder.ts';

/**
 * Divides whole-patient records by who cared: each resource goes to the service provider of its encounter. Without an
 * encounter it goes to the Patient's managing organisation, else to the provider of most encounters. The Patient, and
 * whatever shared resources are pointed at, are copied to each.
 */
export function splitByProvider(resources: readonly Resource[]): readonly Holding[] {
  const byKey = new Map(resources.map((resource) => [keyOf(resource), resource]));
  const owned = resources.filter((resource) => patientsOf(resource).length > 0 && resource.resourceType !== 'Patient');
  const main = mainProviders(resources, byKey);
  const parts = new Map<string, Map<string, Resource>>();
  const place = (provider: string, resource: Resource): void => {
    const part = parts.get(provider) ?? new Map<string, Resource>();
    parts.set(provider, part);
    part.set(keyOf(resource), resource);
  };
  for (const resource of owned) {
    const [patient = ''] = patientsOf(resource);
    const provider = providerOf(resource, byKey) ?? main.get(patient) ?? UNKNOWN;
    place(provider, resource);
    for (const id of patientsOf(resource)) {
      const whose = byKey.get(`Patient/${id}`);
      if (whose) place(provider, whose);
    }
  }
  const placed = new Set([...parts.values()].flatMap((part) => [...part.keys()]));
  for (const patient of resources.filter((resource) => resource.resourceType === 'Patient')) {
    if (!placed.has(keyOf(patient))) place(main.get(String(patient.id)) ?? UNKNOWN, patient);
  }
  return [...parts].map(([provider, part]) => {
    const organisation = byKey.get(provider);
    if (organisation) part.set(provider, organisation);
    bringShared(part, byKey);
    return {
      name: asString(organisation?.['name']) ?? provider,
      resources: [...(organisation ? [organisation] : []), ...[...part.values()].filter((one) => one !== organisation)],
    };
  });
}

const UNKNOWN = 'Unknown provider';

/** For each patient: the managing organisation, else the provider of most encounters, the first of equals. */
function mainProviders(
  resources: readonly Resource[],
  byKey: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const encounter of resources.filter((resource) => resource.resourceType === 'Encounter')) {
    const provider = providerOf(encounter, byKey);
    if (provider === undefined) continue;
    for (const patient of patientsOf(encounter)) {
      const count = counts.get(patient) ?? new Map<string, number>();
      counts.set(patient, count.set(provider, (count.get(provider) ?? 0) + 1));
    }
  }
  const main = new Map(
    [...counts].map(([patient, count]) => [patient, [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? UNKNOWN]),
  );
  for (const patient of resources.filter((resource) => resource.resourceType === 'Patient')) {
    const [managing] = referencesIn(patient['managingOrganization']);
    if (managing) main.set(String(patient.id), `Organization/${managing.id}`);
  }
  return main;
}

/** R4 says it in several places: `encounter`, `context`, `context.encounter`, and items of a claim. */
function providerOf(resource: Resource, byKey: ReadonlyMap<string, Resource>): string | undefined {
  const places = [resource['encounter'], resource['context'], resource['item']];
  const [named] = places.flatMap((place) => referencesIn(place)).filter((target) => target.type === 'Encounter');
  const encounter = resource.resourceType === 'Encounter' ? resource : named && byKey.get(`Encounter/${named.id}`);
  const provider = asObject(encounter?.['serviceProvider']);
  const [organisation] = referencesIn(provider);
  return organisation ? `Organization/${organisation.id}` : asString(provider?.['display']);
}

/** Adds what belongs to nobody (practitioners, places, medicines, files), and what those point at in turn. */
function bringShared(part: Map<string, Resource>, byKey: ReadonlyMap<string, Resource>): void {
  let from: readonly Resource[] = [...part.values()];
  while (from.length > 0) {
    const pointed = from
      .flatMap((resource) => [...referencesIn(resource), ...attachmentsOf(resource)])
      .map((target) => `${target.type}/${target.id}`);
    const next = [...new Set(pointed)]
      .filter((key) => !part.has(key))
      .flatMap((key) => byKey.get(key) ?? [])
      .filter((resource) => patientsOf(resource).length === 0);
    for (const resource of next) part.set(keyOf(resource), resource);
    from = next;
  }
}

function attachmentsOf(resource: Resource) {
  if (resource.resourceType !== 'DocumentReference' && resource.resourceType !== 'DiagnosticReport') return [];
  const urls = JSON.stringify([resource['content'], resource['presentedForm']]).match(/Binary\/[A-Za-z0-9\-.]+/g) ?? [];
  return referencesIn(urls.map((reference) => ({ reference })));
}

function keyOf(resource: Resource): string {
  return `${resource.resourceType}/${String(resource.id)}`;
}
