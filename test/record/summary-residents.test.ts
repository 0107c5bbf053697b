import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { asObject, asObjects, asString, isResource, type Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import { buildSummary, readSummary, type ReadSummary } from '../../src/record/summary.ts';
import { mergedRecordOf } from '../golden/merged.ts';
import { CARRIED } from '../support/carried.ts';
import { checkIps } from '../support/ips.ts';
import { FACTS, sectionOf } from '../support/summary-of.ts';
import { community, TODAY } from '../support/sandbox/people.ts';

const NOW_MS = Date.parse(`${TODAY}T09:00:00Z`);

/** What an entry says, without where and under which id it stands. */
function said(entry: Entry): object {
  const { id: _id, origin: _origin, links: _links, ...said } = entry;
  const rest = entry.section === 'medical-devices' ? asUse(said) : said;
  const letter = 'reference' in rest ? { ...rest, reference: 'the letter of that organisation' } : rest;
  return { ...letter, cautions: [...said.cautions].sort() };
}

/** The IPS knows a device only by its use: which of the two a source told, in its own word, is not carried. */
function asUse<E extends object>(entry: E): E {
  return { ...entry, record: undefined, device: undefined, statusAsRecorded: undefined };
}

const carriedBy = (record: PatientRecord): readonly Entry[] =>
  record.sections
    .filter(({ id }) => CARRIED.has(id))
    .flatMap(({ facts }) => facts.flatMap((fact): readonly Entry[] => fact.entries))
    .filter(
      (entry) =>
        !['study', 'request', 'questionnaire', 'impression', 'prognosis', 'goal'].includes(
          String((entry as { kind?: unknown }).kind),
        ) && !(entry.section === 'risks' && !entry.origin.resource.startsWith('Flag/')),
    );

/** The entries of the document, each under the source that its Provenance names. */
function entriesOf(bundle: Resource, read: ReadSummary): readonly Entry[] {
  const sourceOf = new Map(
    asObjects(bundle['entry'])
      .map(({ resource }) => resource)
      .filter(isResource)
      .filter(({ resourceType }) => resourceType === 'Provenance')
      .map((provenance) => {
        const what = asObject(asObject(asObjects(provenance['entity'])[0]?.['what'])?.['identifier']);
        const target = asString(asObjects(provenance['target'])[0]?.['reference'])?.replace('urn:uuid:', '') ?? '';
        return [target, (asString(what?.['value']) ?? '').split('/')[0] as SourceId] as const;
      }),
  );
  const sources = new Set(sourceOf.values());
  return [...sources].flatMap((source) => {
    const own = read.resources.filter(({ id }) => (sourceOf.get(String(id)) ?? source) === source);
    return readResources(
      own.filter(({ resourceType }) => resourceType !== 'Patient'),
      source,
    ).entries;
  });
}

describe.each(community.residents.map((resident) => [resident.story, resident] as const))(
  'the summary of %s',
  (_story, resident) => {
    const record = mergedRecordOf(resident);
    const { bundle, leftOut } = buildSummary(record, FACTS);
    const again = parseFhirJson(writeFhirJson(bundle)) as Resource;
    const read = readSummary(again);

    it('keeps the rules of the IPS', () => {
      expect(checkIps(again)).toEqual([]);
    });

    it('is the same, byte for byte, when it is made again', () => {
      expect(writeFhirJson(buildSummary(mergedRecordOf(resident), FACTS).bundle)).toBe(writeFhirJson(bundle));
    });

    it('names for every statement the organisation that made it', () => {
      const names = new Set(record.sources.map(({ source }) => source.organisation.name));
      for (const { resourceType, id } of read?.resources ?? []) {
        if (resourceType === 'Patient' || resourceType === 'Organization') continue;
        const [organisation] = read?.recordedBy.get(`${resourceType}/${String(id)}`) ?? [];
        expect(names.has(organisation ?? ''), `${resourceType}/${String(id)} ${organisation ?? ''}`).toBe(true);
      }
    });

    it('reads back as the same statements and the same facts', () => {
      const entries = entriesOf(again, read as ReadSummary);
      const rebuilt = buildRecord({
        patient: record.patient,
        sources: record.sources.map(({ source }) => source),
        statuses: new Map(record.sources.map(({ source, status: one }) => [source.id, one])),
        entries,
        unread: [],
        nowMs: NOW_MS,
      });
      const order = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      expect(carriedBy(rebuilt).map(said).sort(order)).toEqual(carriedBy(record).map(said).sort(order));
      for (const of of CARRIED) {
        const grouping = (one: PatientRecord): readonly string[] =>
          (one.sections.find(({ id }) => id === of)?.facts ?? [])
            .map((fact) =>
              fact.entries
                .map(({ origin, title }) => `${origin.source} ${title}`)
                .sort()
                .join(' | '),
            )
            .sort();
        // A device and its use name each other by an address that no document carries: two statements there.
        if (!leftOut.has(of) && of !== 'medical-devices') expect(grouping(rebuilt), of).toEqual(grouping(record));
      }
    });
  },
);

describe('the summary of somebody with alerts, devices and plans', () => {
  const hero = community.residents.find(({ story }) => story === 'hero');
  if (!hero) throw new Error('no hero');
  const { bundle, leftOut } = buildSummary(mergedRecordOf(hero), FACTS);
  const composition = asObject(asObjects(bundle['entry'])[0]?.['resource']);
  const types = new Map(
    asObjects(bundle['entry']).map(({ fullUrl, resource }) => [fullUrl, asObject(resource)?.['resourceType']]),
  );
  it.each([
    ['alerts and risks', '104605-1', ['Flag']],
    ['medical devices', '46264-8', ['DeviceUseStatement']],
    ['plans, and the letters that are plans,', '18776-5', ['CarePlan', 'DocumentReference']],
  ])('carries %s in the section that the IPS has for them', (_what, code, those) => {
    const held = asObjects(sectionOf(bundle, code)?.['entry']).map(({ reference }) => types.get(reference));
    expect(held.length).toBeGreaterThan(0);
    expect(new Set(held)).toEqual(new Set(those));
  });

  it('leaves safeguarding to the record, and says that it is held', () => {
    expect(leftOut.get('safeguarding')).toBeGreaterThan(0);
    expect(asString(asObject(composition?.['text'])?.['div'])).toMatch(/safeguarding \(\d/);
    expect([...leftOut.keys()]).not.toContain('alerts');
    expect(JSON.stringify(composition)).not.toMatch(/child protection plan/i);
  });
});
