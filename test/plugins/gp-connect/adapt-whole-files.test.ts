import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { adaptBundle, type Adapted } from '../../../plugins/gp-connect/adapt.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { resourceKey } from '../../../src/record/fhir/statement.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import { asObjects, isResource, type Resource } from '../../../src/record/resource.ts';
import { PARTS, silenceOf } from '../../../src/record/silence.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { aPatient, aSource } from '../../support/record.ts';

/** Records and examples written for GP Connect by others; read where they lie, never copied here. */
const DATA = resolve(import.meta.dirname, '../../../../shared/data/gpconnect-stu3');
const BASE = 'https://practice.example/fhir';
const NOW_MS = Date.UTC(2026, 10, 22);

type Read = { readonly file: string; readonly input: readonly Resource[]; readonly out: Adapted };

function readAll(): readonly Read[] {
  if (!existsSync(DATA)) return [];
  return readdirSync(DATA, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      const value = parseFhirJson((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Resource;
      const bundle = value.resourceType === 'Bundle' ? value : { resourceType: 'Bundle', entry: [{ resource: value }] };
      const input = asObjects(bundle['entry'])
        .map(({ resource }) => resource)
        .filter(isResource);
      return { file: relative(DATA, file), input, out: adaptBundle(bundle, BASE) };
    });
}

describe.skipIf(!existsSync(DATA))(
  `every GP Connect file others wrote (${existsSync(DATA) ? 'in shared/data' : 'skipped: ../shared/data is not here'})`,
  () => {
    const all = readAll();
    const contained = (resource: Resource): readonly Resource[] =>
      resource.resourceType === 'List' && Array.isArray(resource['contained'])
        ? resource['contained'].filter(isResource)
        : [];

    it('loses no resource: each is mapped or left out by a named rule', () => {
      expect(all.length).toBeGreaterThan(10);
      for (const { file, input, out } of all) {
        const expected = input.length + input.flatMap(contained).length;
        expect(out.resources.length + out.ignored.length, file).toBe(expected);
      }
    });

    it('is read: no reader fails, and each resource ends as an entry, a part or unread', () => {
      for (const { file, out } of all) {
        const reading = readResources(out.resources, 'gp' as SourceId);
        expect(
          reading.unread.filter(({ reason }) => reason === 'reader-fault'),
          file,
        ).toEqual([]);
        const known = new Set([...reading.entries, ...reading.unread].map(({ origin }) => origin.resource));
        const lost = out.resources
          .filter(isResource)
          .filter((resource) => !known.has(resourceKey(resource)) && silenceOf(resource) === undefined)
          .map(resourceKey);
        expect(lost, file).toEqual([]);
      }
    });

    it('invents nothing: every date and every title stands in the file', () => {
      for (const { file, input, out } of all) {
        const text = JSON.stringify(input);
        const stands = (words: string): boolean => text.includes(JSON.stringify(words).slice(1, -1));
        for (const entry of readResources(out.resources, 'gp' as SourceId).entries) {
          for (const date of [entry.date, entry.period?.start, entry.period?.end])
            if (date !== undefined) expect(stands(date), `${file} ${entry.id} ${date}`).toBe(true);
          if (entry.code) expect(stands(entry.title), `${file} ${entry.id} ${entry.title}`).toBe(true);
        }
      }
    });

    it('gives the R4 types that a careful reader of the two whole records gets', () => {
      const types = (file: string): Record<string, number> => {
        const out = all.find((one) => one.file.includes(file))?.out;
        const counts: Record<string, number> = { ignored: out?.ignored.length ?? 0 };
        for (const { resourceType } of out?.resources.filter(isResource) ?? [])
          if (!PARTS.has(resourceType)) counts[resourceType] = (counts[resourceType] ?? 0) + 1;
        return counts;
      };
      expect(types('PWTP5')).toEqual({
        ignored: 48,
        Patient: 1,
        Condition: 2,
        AllergyIntolerance: 2,
        Immunization: 1,
        Encounter: 9,
        Observation: 37,
        ServiceRequest: 1,
        QuestionnaireResponse: 2,
      });
      expect(types('PWTP7')).toEqual({
        ignored: 49,
        Patient: 1,
        Condition: 3,
        MedicationRequest: 1,
        MedicationStatement: 1,
        Encounter: 11,
        Observation: 7,
        ServiceRequest: 6,
        DocumentReference: 7,
      });
    });

    it('shows a medicine of the list and its authorisation as one line, not as two prescriptions', () => {
      const out = all.find(({ file }) => file.includes('PWTP7'))?.out;
      const { entries, unread } = readResources(out?.resources ?? [], 'gp' as SourceId);
      const source = aSource('gp');
      const statuses = new Map();
      const record = buildRecord({ patient: aPatient(), sources: [source], statuses, entries, unread, nowMs: NOW_MS });
      const medicines = record.sections.find(({ id }) => id === 'medications')?.facts ?? [];
      expect(medicines.map((fact) => fact.entries.map(({ title }) => title))).toEqual([
        ['Allopurinol 300mg tablets', 'Allopurinol 300mg tablets'],
      ]);
    });

    it('finds the ended allergy that stands only inside its List', () => {
      const out = all.find(({ file }) => file.endsWith('allergies_response1.json'))?.out;
      const { entries } = readResources(out?.resources ?? [], 'gp' as SourceId);
      const states = entries.filter(({ section }) => section === 'allergies').map(({ title, state }) => [title, state]);
      expect(states).toContainEqual(['Aspirin 75mg dispersible tablet', 'past']);
      expect(states.filter(([, state]) => state === 'current')).toHaveLength(3);
    });

    it('takes "no known allergy" as said by the practice, and as no allergy', () => {
      const out = all.find(({ file }) => file.endsWith('allergies_response2.json'))?.out;
      const [entry] = readResources(out?.resources ?? [], 'gp' as SourceId).entries.filter(
        ({ section }) => section === 'allergies',
      );
      expect(entry).toMatchObject({ statement: 'none-known', noneOf: 'anything', state: 'current' });
    });
  },
);
