import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import { resourceKey } from '../../src/record/fhir/statement.ts';
import type { Resource } from '../../src/record/resource.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { silenceOf } from '../../src/record/silence.ts';
import { aPatient, aSource } from '../support/record.ts';
import { HAS_SHARED_DATA, readSharedData, type SharedFile } from '../support/shared-data.ts';

const SOURCE = aSource('somewhere');

describe.skipIf(!HAS_SHARED_DATA)(
  `records that others wrote (${HAS_SHARED_DATA ? 'in shared/data' : 'skipped: ../shared/data is not here'})`,
  () => {
    const files = readSharedData();

    it('are many enough to prove something', () => {
      expect(files.length).toBeGreaterThan(650);
      expect(files.flatMap(({ resources }) => resources).length).toBeGreaterThan(9000);
    });

    it('are each read, or refused by a name where they are no FHIR in JSON', () => {
      const silent = files.filter(({ resources, refusals }) => resources.length === 0 && refusals.length === 0);
      // Searches that found nothing: an answer, not a refusal.
      expect(silent.map(({ file }) => file)).toEqual([
        'bars-r4/service_request-GET-success.json',
        'ukcore-r4/json/UKCore-Bundle-Sn-NoAllergyData-Example.json',
      ]);
    });

    it('never make a reader fail', () => {
      const faults = files.flatMap(({ file, reading }) =>
        reading.unread
          .filter((item) => item.reason === 'reader-fault')
          .map((item) => `${file} ${item.origin.resource}`),
      );
      expect(faults).toEqual([]);
    });

    it('end as an entry, a part of one, ignored by a named rule, or unread: every resource of them, and in one way only', () => {
      const fates = files.flatMap(({ file, resources, reading }) => {
        const { entered, missed } = outcomes(reading);
        return resources.map((resource) => {
          const key = resourceKey(resource);
          const read = entered.has(key) || missed.has(key);
          return { name: `${file} ${key}`, ways: Number(read) + Number(silenceOf(resource) !== undefined) };
        });
      });
      expect(fates.filter(({ ways }) => ways !== 1)).toEqual([]);
    });

    it('are counted by what became of them', async () => {
      await expect(table(files)).toMatchFileSnapshot('../golden/shared-data.txt');
    });

    it('give every entry a title without control characters, a section that exists and an id of its own', () => {
      for (const { file, reading } of files) {
        for (const entry of reading.entries) {
          expect(entry.title.trim(), `${file} ${entry.id}`).not.toBe('');
          expect(entry.title, `${file} ${entry.id}`).not.toMatch(
            /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e]/,
          );
          expect(SECTIONS.map((section) => section.id)).toContain(entry.section);
        }
      }
    });

    it('never show as current what the source has withdrawn or refuted', () => {
      for (const { file, resources, reading } of files) {
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
      for (const { file, reading } of files.filter((item) => item.reading.entries.length > 0)) {
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

function outcomes({ entries, unread }: SharedFile['reading']): {
  readonly entered: ReadonlySet<string>;
  readonly missed: ReadonlySet<string>;
} {
  const key = ({ origin }: { readonly origin: { readonly resource: string } }): string => origin.resource;
  return { entered: new Set(entries.map(key)), missed: new Set(unread.map(key)) };
}

function fateOf(resource: Resource, { entered, missed }: ReturnType<typeof outcomes>): string {
  const key = resourceKey(resource);
  const silence = silenceOf(resource);
  if (entered.has(key)) return missed.has(key) ? 'entry, and something of it unread' : 'entry';
  if (missed.has(key)) return `unread: ${resource.resourceType}`;
  return silence === 'part' ? 'part of an entry' : `ignored: ${String(silence)}`;
}

/** One block a data set: its files, and what became of each resource, with the number of entries they make. */
function table(files: readonly SharedFile[]): string {
  const sets = [...new Set(files.map(({ set }) => set))];
  return `${[...sets.map((set) => [set, files.filter((file) => file.set === set)] as const), ['all', files] as const]
    .flatMap(([set, own]) => [set, ...block(own)])
    .join('\n')}\n`;
}

function block(files: readonly SharedFile[]): readonly string[] {
  const resources = files.flatMap((file) => {
    const known = outcomes(file.reading);
    return file.resources.map((resource) => fateOf(resource, known));
  });
  const refusals = files.flatMap((file) => file.refusals.map((refusal) => `refused: ${refusal}`));
  const entries = files.reduce((sum, { reading }) => sum + reading.entries.length, 0);
  return [
    ...count('files', files.length),
    ...counts(refusals),
    ...count('resources', resources.length),
    ...counts(resources),
    ...count('entries they make', entries),
    '',
  ];
}

function counts(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort().flatMap((name) => count(`  ${name}`, names.filter((one) => one === name).length));
}

function count(name: string, number: number): readonly string[] {
  return [`  ${name.padEnd(44)}${String(number).padStart(6)}`];
}
