import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Reading } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { resourceKey } from '../../src/record/fhir/statement.ts';
import { PARTS, readResources } from '../../src/record/read-resources.ts';
import { asObjects, isResource, type Resource } from '../../src/record/resource.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { aPatient, aSource } from '../support/record.ts';

/**
 * Records that other people wrote (see the folder's README for sources and licences). They are read where they lie and
 * are never copied here; without the folder there is nothing to prove.
 */
const DATA = resolve(import.meta.dirname, '../../../shared/data');
const SOURCE = aSource('somewhere');

type Read = { readonly file: string; readonly resources: readonly Resource[]; readonly reading: Reading };

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(json|ndjson)(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Everything in a file that is JSON at all: a resource, the resources of a bundle (also nested), or one a line. */
function resourcesIn(file: string): readonly Resource[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const parts = file.includes('.ndjson') ? text.split('\n').filter((line) => line.trim() !== '') : [text];
  return parts.flatMap((part) => {
    try {
      return flatten(parseFhirJson(part));
    } catch {
      // Broken on purpose by their authors (missing comma, comments, no quotes): the plugin reports these as garbage.
      return [];
    }
  });
}

function flatten(value: unknown): readonly Resource[] {
  if (!isResource(value)) return [];
  if (value.resourceType !== 'Bundle') return [value];
  return asObjects(value['entry']).flatMap((entry) => flatten(entry['resource']));
}

/** A Device without a patient is the instrument of a measurement; a Consent to sharing is the launcher's, no statement of care. */
function isPart(resource: Resource): boolean {
  const instrument = resource.resourceType === 'Device' && resource['patient'] === undefined;
  const sharing =
    resource.resourceType === 'Consent' && JSON.stringify(resource['scope'] ?? '').includes('patient-privacy');
  return instrument || sharing || PARTS.has(resource.resourceType);
}

describe.skipIf(!existsSync(DATA))(
  `records that others wrote (${existsSync(DATA) ? 'in shared/data' : 'skipped: ../shared/data is not here'})`,
  () => {
    const read: readonly Read[] = existsSync(DATA)
      ? filesUnder(DATA).map((file) => {
          const resources = resourcesIn(file);
          return { file: relative(DATA, file), resources, reading: readResources(resources, SOURCE.id) };
        })
      : [];

    it('are many enough to prove something', () => {
      expect(read.length).toBeGreaterThan(300);
      expect(read.flatMap(({ resources }) => resources).length).toBeGreaterThan(5000);
    });

    it('never make a reader fail', () => {
      const faults = read.flatMap(({ file, reading }) =>
        reading.unread
          .filter((item) => item.reason === 'reader-fault')
          .map((item) => `${file} ${item.origin.resource}`),
      );
      expect(faults).toEqual([]);
    });

    it('end as an entry, a part or an unread item, every resource of them', () => {
      const lost = read.flatMap(({ file, resources, reading }) => {
        const known = new Set([...reading.entries, ...reading.unread].map((item) => item.origin.resource));
        return resources
          .filter((resource) => !known.has(resourceKey(resource)) && !isPart(resource))
          .map((resource) => `${file} ${resourceKey(resource)}`);
      });
      expect(lost).toEqual([]);
    });

    it('give no entry a date that its resource does not hold', () => {
      const invented = read.flatMap(({ file, resources, reading }) => {
        const texts = new Map(resources.map((resource) => [resourceKey(resource), JSON.stringify(resource)]));
        return reading.entries.flatMap((entry) =>
          [entry.date, entry.period?.start, entry.period?.end]
            .filter((date) => date !== undefined && !texts.get(entry.origin.resource)?.includes(`"${date}"`))
            .map((date) => `${file} ${entry.id} ${date}`),
        );
      });
      expect(invented).toEqual([]);
    });

    it('give every entry a title without control characters, a section that exists and an id of its own', () => {
      const ids = new Set<string>();
      for (const { file, reading } of read) {
        for (const entry of reading.entries) {
          expect(entry.title.trim(), `${file} ${entry.id}`).not.toBe('');
          expect(entry.title, `${file} ${entry.id}`).not.toMatch(
            /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e]/,
          );
          expect(SECTIONS.map((section) => section.id)).toContain(entry.section);
        }
        ids.clear();
      }
    });

    it('never show as current what the source has withdrawn or refuted', () => {
      for (const { file, resources, reading } of read) {
        const byKey = new Map(resources.map((resource) => [resourceKey(resource), resource]));
        for (const entry of reading.entries) {
          const resource = byKey.get(entry.origin.resource);
          const status = JSON.stringify([resource?.['status'], resource?.['verificationStatus']]);
          if (status.includes('entered-in-error')) expect(entry.state, `${file} ${entry.id}`).toBe('in-error');
          if (status.includes('refuted')) expect(entry.state, `${file} ${entry.id}`).not.toBe('current');
        }
      }
    });

    it('build into a record that holds every entry once, whatever their order', () => {
      for (const { file, reading } of read.filter((item) => item.reading.entries.length > 0)) {
        const parts = {
          patient: aPatient(),
          sources: [SOURCE],
          statuses: new Map(),
          unread: reading.unread,
          nowMs: Date.UTC(2026, 10, 22),
        };
        const record = buildRecord({ ...parts, entries: reading.entries });
        const again = buildRecord({ ...parts, entries: [...reading.entries].reverse() });
        const shown =
          record.sections.flatMap((s) => s.facts).flatMap((fact) => fact.entries).length + record.withdrawn.length;
        expect(shown, file).toBeGreaterThanOrEqual(new Set(reading.entries.map((entry) => entry.id)).size);
        expect(again, file).toEqual(record);
      }
    });
  },
);
