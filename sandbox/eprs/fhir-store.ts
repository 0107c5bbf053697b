import { asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import { patientsOf, referencesIn } from './references.ts';

/** What one EPR holds, indexed for the few questions it is asked. */
export type FhirStore = {
  readonly types: readonly string[];
  read(type: string, id: string): Resource | undefined;
  all(type: string): readonly Resource[];
  /** Everything of a type in one patient's compartment, in the order it was loaded. */
  ofPatient(type: string, patientId: string): readonly Resource[];
  patientsByIdentifier(system: string | undefined, value: string): readonly Resource[];
  /** Patients that may see a Binary: those whose documents point at it. */
  patientsOfBinary(id: string): ReadonlySet<string>;
  /** Files something new, or in place of what had its type and id. */
  put(resource: Resource): void;
  /** Told of everything that is filed from now on. */
  onPut(listener: (resource: Resource) => void): void;
};

export function openFhirStore(resources: readonly Resource[]): FhirStore {
  const byType = new Map<string, Map<string, Resource>>();
  const byPatient = new Map<string, Resource[]>();
  const byIdentifier = new Map<string, Resource[]>();
  const binaries = new Map<string, Set<string>>();
  const file = (resource: Resource): void => {
    const id = asString(resource.id);
    if (id === undefined) return;
    const ofType = entry(byType, resource.resourceType, () => new Map<string, Resource>());
    const before = ofType.get(id);
    if (before) for (const held of [...byPatient.values(), ...byIdentifier.values()]) remove(held, before);
    ofType.set(id, resource);
    const patients = patientsOf(resource);
    for (const patient of patients) entry(byPatient, `${resource.resourceType}|${patient}`, () => []).push(resource);
    if (resource.resourceType === 'Patient') indexIdentifiers(resource, byIdentifier);
    for (const binary of binariesOf(resource)) {
      const seers = entry(binaries, binary, () => new Set<string>());
      for (const patient of patients) seers.add(patient);
    }
  };
  for (const resource of resources) file(resource);
  const listeners: ((resource: Resource) => void)[] = [];
  return {
    get types() {
      return [...byType.keys()];
    },
    read: (type, id) => byType.get(type)?.get(id),
    all: (type) => [...(byType.get(type)?.values() ?? [])],
    ofPatient: (type, patientId) => byPatient.get(`${type}|${patientId}`) ?? [],
    patientsByIdentifier: (system, value) =>
      byIdentifier.get(system === undefined ? value : `${system}|${value}`) ?? [],
    patientsOfBinary: (id) => binaries.get(id) ?? new Set(),
    put: (resource) => {
      file(resource);
      for (const tell of listeners) tell(resource);
    },
    onPut: (listener) => void listeners.push(listener),
  };
}

function remove(list: Resource[], resource: Resource): void {
  const at = list.indexOf(resource);
  if (at >= 0) list.splice(at, 1);
}

function indexIdentifiers(patient: Resource, index: Map<string, Resource[]>): void {
  for (const identifier of asObjects(patient['identifier'])) {
    const value = asString(identifier['value']);
    const system = asString(identifier['system']);
    if (value === undefined) continue;
    for (const key of new Set([value, `${system ?? ''}|${value}`])) {
      const held = entry(index, key, () => []);
      if (!held.includes(patient)) held.push(patient);
    }
  }
}

/** Binaries named by a document's attachments, or by a reference to them. */
function binariesOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'DocumentReference' && resource.resourceType !== 'DiagnosticReport') return [];
  const attachments = [
    ...asObjects(resource['content']).map((content) => content['attachment']),
    ...asObjects(resource['presentedForm']),
  ];
  const named = referencesIn(attachments.flatMap(asObjects).map((attachment) => ({ reference: attachment['url'] })));
  return named.filter((target) => target.type === 'Binary').map((target) => target.id);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
