import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { importFolder } from '../../../sandbox/data/import-folder.ts';
import { nhsNumberOf } from '../../../sandbox/data/nhs-numbers.ts';

const SHARED = join(import.meta.dirname, '../../../../shared/data');
const TRUMAN = join(SHARED, 'split-synthea/truman');
const SYNTHEA = join(SHARED, 'synthea-r4');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-import-'));
  const ann = {
    resourceType: 'Patient',
    name: [{ family: 'Lee', given: ['Ann'] }],
    birthDate: '1950-01-02',
    gender: 'female',
  };
  const patient = { fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111', resource: ann };
  const condition = { resource: { resourceType: 'Condition', id: 'c', subject: { reference: patient.fullUrl } } };
  await writeFile(
    join(folder, 'a-surgery.json'),
    JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [patient, condition] }),
  );
  await mkdir(join(folder, 'b-hospital'));
  await writeFile(
    join(folder, 'b-hospital', 'Patient.ndjson.gz'),
    gzipSync(`${JSON.stringify({ ...ann, id: 'x', name: [{ family: 'LEE', given: ['Ann'] }] })}\n`),
  );
  await writeFile(
    join(folder, 'b-hospital', 'Observation.ndjson'),
    '{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/x"}}\n',
  );
  await writeFile(join(folder, 'c-hospice.json'), JSON.stringify({ ...ann, id: 'z', birthDate: '1950-01-01' }));
  await writeFile(
    join(folder, 'd-places.json'),
    JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Organization', id: 'o' } }] }),
  );
  await writeFile(join(folder, 'notes.csv'), 'a,b');
  await writeFile(join(folder, 'broken.json'), '{"resourceType":');
});
afterAll(() => rm(folder, { recursive: true }));

describe('a folder of records', () => {
  it('without a single patient is refused, with every reason', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'corridor-import-'));
    await writeFile(join(empty, 'notes.csv'), 'a,b');
    await expect(importFolder(empty)).rejects.toThrow(/no organisation with a patient[\s\S]*notes\.csv/);
    await rm(empty, { recursive: true });
  });

  it('says what it left out, and why', async () => {
    const { notes } = await importFolder(folder);
    expect(notes.join('\n')).toMatch(/broken\.json: could not be read \(not JSON\)/);
    expect(notes.join('\n')).toMatch(/notes\.csv: not \.json/);
    expect(notes.join('\n')).toMatch(/d-places: no patient, so no organisation/);
  });

  it('makes each file or sub-folder one organisation, of the kind its name tells', async () => {
    const { community } = await importFolder(folder);
    expect(community.organisations.map((one) => [one.ods, one.name, one.kind])).toEqual([
      ['XD001', 'a surgery', 'gp'],
      ['XD002', 'b hospital', 'acute'],
      ['XD003', 'c hospice', 'hospice'],
    ]);
  });

  it('gives one person one valid number of the test range, the same every time, and another person another', async () => {
    const [first, second] = [await importFolder(folder), await importFolder(folder)];
    const numbers = numbersIn(first.community.resources);
    expect(numbers).toEqual(numbersIn(second.community.resources));
    expect(numbers.map((number) => parseNhsNumber(number))).toEqual(numbers);
    expect(numbers.every((number) => number.startsWith('999'))).toBe(true);
    expect(numbers[0]).toBe(numbers[1]);
    expect(numbers[2]).not.toBe(numbers[0]);
  });

  it('joins what a truth file joins, even with another birth date', async () => {
    await writeFile(
      join(folder, 'truth.json'),
      JSON.stringify({ duplicates: [['b-hospital Patient/x', 'c-hospice Patient/z']] }),
    );
    const { community, notes } = await importFolder(folder);
    expect(new Set(numbersIn(community.resources)).size).toBe(1);
    expect(community.residents).toMatchObject([{ story: 'ann-lee', patientIds: { XD002: 'x', XD003: 'z' } }]);
    expect(notes.join('\n')).toMatch(/truth\.json/);
    await rm(join(folder, 'truth.json'));
  });

  it('turns urn:uuid references into Type/id', async () => {
    const { community } = await importFolder(folder);
    const condition = community.resources.get('XD001')?.find((resource) => resource.resourceType === 'Condition');
    expect(condition?.['subject']).toEqual({ reference: 'Patient/11111111-1111-4111-8111-111111111111' });
  });
});

describe.runIf(existsSync(TRUMAN))('one person’s record divided over four files', () => {
  it('is one resident with one number at four organisations, named as they call themselves', async () => {
    const { community, notes } = await importFolder(TRUMAN);
    expect(community.organisations.map((one) => one.name)).toContain('BAYSTATE MEDICAL CENTER');
    expect(community.residents).toHaveLength(1);
    expect(Object.values(community.residents[0]!.patientIds)).toEqual(['a00001', 'b00001', 'c00001', 'd00001']);
    expect(new Set(numbersIn(community.resources)).size).toBe(1);
    expect([...community.resources.values()].flat()).toHaveLength(860);
    expect(notes).toEqual(['left out truth.json: holds no FHIR resource']);
  });
});

describe.runIf(existsSync(SYNTHEA))('whole-patient bundles', () => {
  it('are divided by the providers of their encounters', async () => {
    const { community } = await importFolder(SYNTHEA, { split: true });
    expect(community.residents).toHaveLength(13);
    const truman = community.residents.find((one) => one.name.startsWith('Truman'));
    expect(Object.keys(truman!.patientIds)).toHaveLength(4);
    const names = community.organisations.filter((one) => one.ods in truman!.patientIds).map((one) => one.name);
    expect(names.sort()).toEqual([
      'BAYSTATE MEDICAL CENTER',
      'MERCY MEDICAL CTR',
      'RIVER BEND MEDICAL GROUP - CHICOPEE OFFICE - URGENT CARE',
      "SHRINERS' HOSPITAL FOR CHILDREN (THE)",
    ]);
  });

  it('lose nothing, and leave no reference to an encounter, practitioner or patient behind', async () => {
    const [split, whole] = [await importFolder(SYNTHEA, { split: true }), await importFolder(SYNTHEA)];
    const keys = (resources: Iterable<readonly Resource[]>) =>
      new Set(
        [...resources]
          .flat()
          .filter((one) => one.resourceType !== 'Organization')
          .map((one) => `${one.resourceType}/${String(one.id)}`),
      );
    const kept = keys(split.community.resources.values());
    const missing = [...keys(whole.community.resources.values())].filter((key) => !kept.has(key));
    expect(missing).toEqual([]);
    for (const resources of split.community.resources.values()) {
      const held = new Set(resources.map((one) => `${one.resourceType}/${String(one.id)}`));
      const text = JSON.stringify(resources);
      const pointed = new Set(
        text.match(/"reference":"(Patient|Practitioner)\/[^"]+"/g)?.map((one) => one.slice(13, -1)),
      );
      expect([...pointed].filter((key) => !held.has(key))).toEqual([]);
      expect(text).not.toContain('urn:uuid');
    }
  });
});

function numbersIn(resources: ReadonlyMap<string, readonly Resource[]>): readonly string[] {
  return [...resources.values()]
    .flatMap((all) => all.filter((one) => one.resourceType === 'Patient'))
    .map((patient) => nhsNumberOf(patient) ?? '');
}
