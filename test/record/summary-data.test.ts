import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import { buildSummary, readSummary } from '../../src/record/summary.ts';

import { CARRIED } from '../support/carried.ts';
import { checkIps } from '../support/ips.ts';
import { aPatient, aSource } from '../support/record.ts';

/** Resources that others wrote, read where they lie: what one of them says must survive the way through a document. */
const DATA = resolve(import.meta.dirname, '../../../shared/data');
const FOLDERS = [
  'ukcore-r4',
  'hl7-r4-spec-examples',
  'us-core-examples',
  'mcode',
  'au-core-testdata',
  'hl7-ips',
  'fhir-test-cases',
  'inferno-uscore',
];
const SOURCE = aSource('somewhere');

function flatten(value: unknown): readonly Resource[] {
  if (!isResource(value)) return [];
  return value.resourceType === 'Bundle'
    ? asObjects(value['entry']).flatMap((entry) => flatten(entry['resource']))
    : [value];
}

function resourcesIn(file: string): readonly Resource[] {
  const bytes = readFileSync(file);
  try {
    return flatten(parseFhirJson((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')));
  } catch {
    return []; // broken on purpose
  }
}

function recordOf(entries: readonly Entry[]): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: [SOURCE],
    statuses: new Map(),
    entries,
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

/** What is carried, without ids; a result whose source names no discipline comes back as one of the laboratory. */
function saidIn(record: PatientRecord): readonly string[] {
  return record.sections
    .filter(({ id }) => CARRIED.has(id))
    .flatMap(({ facts }) => facts.flatMap((fact): readonly Entry[] => fact.entries))
    .filter(
      (entry) =>
        !['study', 'request', 'questionnaire', 'impression', 'prognosis', 'goal'].includes(
          String((entry as { kind?: unknown }).kind),
        ) &&
        !(entry.section === 'risks' && !entry.origin.resource.startsWith('Flag/')) &&
        !(/-plans$/.test(entry.section) && !entry.origin.resource.startsWith('CarePlan/')),
    )
    .map((entry) => {
      const { id: _id, origin: _origin, links: _links, ...all } = entry;
      const device = entry.section === 'medical-devices' && { record: undefined, device: undefined };
      const said = { ...all, ...(device && { ...device, statusAsRecorded: undefined }) };
      return JSON.stringify(sorted({ ...said, discipline: undefined, cautions: [...said.cautions].sort() }));
    })
    .sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}

describe.skipIf(!existsSync(DATA))('a summary of records that others wrote', () => {
  const files = existsSync(DATA)
    ? FOLDERS.flatMap((folder) =>
        readdirSync(join(DATA, folder), { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name)),
      )
    : [];

  it('keeps the rules of the IPS and says the same when it is read back', () => {
    let carried = 0;
    for (const file of files) {
      const { entries } = readResources(resourcesIn(file), SOURCE.id);
      const record = recordOf(entries);
      const facts = { at: '2026-11-22T09:00:00Z', documentId: 'd', author: SOURCE.organisation, title: 'Summary' };
      const bundle = parseFhirJson(writeFhirJson(buildSummary(record, facts).bundle)) as Resource;
      expect(checkIps(bundle), relative(DATA, file)).toEqual([]);
      const back = readSummary(bundle)?.resources.filter(({ resourceType }) => resourceType !== 'Patient') ?? [];
      const said = saidIn(record);
      carried += said.length;
      expect(saidIn(recordOf(readResources(back, SOURCE.id).entries)), relative(DATA, file)).toEqual(said);
    }
    expect(carried).toBeGreaterThan(250);
  }, 120_000);
});
