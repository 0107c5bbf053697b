import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { buildSummary, readSummary, type ReadSummary } from '../../src/record/summary.ts';
import { mergedRecordOf } from '../golden/merged.ts';
import { CARRIED } from '../support/carried.ts';
import { checkIps } from '../support/ips.ts';
import { FACTS } from '../support/summary-of.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';
import { community, TODAY } from '../support/sandbox/people.ts';

const AT = `${TODAY}T09:00:00Z`;
const NOW_MS = Date.parse(AT);

type Answers = { readonly [section: string]: SectionAnswers[keyof SectionAnswers] };
const status = (state: 'answered' | 'unavailable', sections: Answers): FinalSourceStatus =>
  ({
    at: AT,
    tookMs: 1,
    state,
    sections,
    ...(state === 'unavailable' && { code: 'source.unavailable' }),
  }) as FinalSourceStatus;

function recordWith(
  entries: readonly Entry[],
  statuses: { readonly [source: string]: FinalSourceStatus },
): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(statuses).map((id) => aSource(id)),
    statuses: new Map(Object.entries(statuses).map(([id, one]) => [id as SourceId, one])),
    entries,
    unread: [],
    nowMs: NOW_MS,
  });
}

function sectionOf(bundle: Resource, code: string): Json | undefined {
  const composition = asObject(asObjects(bundle['entry'])[0]?.['resource']);
  return asObjects(composition?.['section']).find(
    (section) => asObjects(asObject(section['code'])?.['coding'])[0]?.['code'] === code,
  );
}

const ALLERGIES = '48765-2';
const PROBLEMS = '11450-4';
const whole = { state: 'nothing-held', count: 0 } as const;
const held = { state: 'answered', count: 1 } as const;

describe('an empty section of the document', () => {
  const empty = (answer: Answers[string] | undefined): Json | undefined => {
    const record = recordWith([], { gp: status('answered', answer ? { allergies: answer } : {}) });
    return asObject(sectionOf(buildSummary(record, FACTS).bundle, ALLERGIES)?.['emptyReason']);
  };
  const codeOf = (reason: Json | undefined): unknown => asObjects(reason?.['coding'])[0]?.['code'];

  it('never says nil known because nobody holds anything', () => {
    expect(codeOf(empty(whole))).toBe('unavailable');
    expect(JSON.stringify(empty(whole))).toContain('nothing-recorded');
  });

  it('says withheld, unavailable or not asked as it is', () => {
    expect(codeOf(empty({ state: 'withheld', count: 0 }))).toBe('withheld');
    expect(codeOf(empty({ state: 'late', count: 0 }))).toBe('unavailable');
    expect(codeOf(empty(undefined))).toBe('notasked');
  });

  it('lets silence outweigh a refusal', () => {
    const record = recordWith([], {
      gp: status('answered', { allergies: { state: 'withheld', count: 0 } }),
      acute: status('unavailable', {}),
    });
    expect(codeOf(asObject(sectionOf(buildSummary(record, FACTS).bundle, ALLERGIES)?.['emptyReason']))).toBe(
      'unavailable',
    );
  });

  it('is read back as what was meant', () => {
    const read = (answer: Answers[string] | undefined): unknown => {
      const record = recordWith([], { gp: status('answered', answer ? { allergies: answer } : {}) });
      return readSummary(buildSummary(record, FACTS).bundle)?.sections.get(ALLERGIES);
    };
    expect(read(whole)).toBe('nothing-recorded');
    expect(read({ state: 'withheld', count: 0 })).toBe('withheld');
    expect(read({ state: 'failed', count: 0 })).toBe('unavailable');
    expect(read(undefined)).toBe('notasked');
  });
});

describe('a section with entries', () => {
  const penicillin = {
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Penicillin' },
  };

  it('says that they are not all while an organisation is silent, for people and for systems', () => {
    const record = recordWith(entriesFrom('gp', penicillin), {
      gp: status('answered', { allergies: held }),
      acute: status('unavailable', {}),
    });
    const { bundle } = buildSummary(record, FACTS);
    expect(JSON.stringify(sectionOf(bundle, ALLERGIES)?.['text'])).toContain('not every organisation has answered');
    expect(readSummary(bundle)?.sections.get(ALLERGIES)).toBe('unavailable');
  });

  it('carries "no known allergies" as the statement of who said it, not as an empty list', () => {
    const none = {
      ...penicillin,
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] },
    };
    const record = recordWith(entriesFrom('gp', none), { gp: status('answered', { allergies: held }) });
    const section = sectionOf(buildSummary(record, FACTS).bundle, ALLERGIES);
    expect(section).not.toHaveProperty('emptyReason');
    expect(asObjects(section?.['entry'])).toHaveLength(1);
  });

  it('never puts markup of a source into the narrative', () => {
    const record = recordWith(entriesFrom('gp', { ...penicillin, code: { text: '<script>alert(1)</script>' } }), {
      gp: status('answered', { allergies: held }),
    });
    const { bundle } = buildSummary(record, FACTS);
    expect(JSON.stringify(sectionOf(bundle, ALLERGIES)?.['text'])).not.toContain('<script');
    expect(checkIps(bundle)).toEqual([]);
  });

  it('keeps what could not be interpreted from being read as plain fact', () => {
    const strange = {
      ...penicillin,
      modifierExtension: [{ url: 'https://unknown.example/turns-it-round', valueBoolean: true }],
    };
    const record = recordWith(entriesFrom('gp', strange), { gp: status('answered', { allergies: held }) });
    const read = readSummary(buildSummary(record, FACTS).bundle);
    const { entries } = readResources(read?.resources ?? [], 'x' as SourceId);
    expect(entries.find(({ section }) => section === 'allergies')?.cautions).toContain('not-interpretable');
  });
});

describe('what is read as a document', () => {
  it.each([
    ['a searchset', { resourceType: 'Bundle', type: 'searchset', entry: [] }],
    ['a document without a Composition', { resourceType: 'Bundle', type: 'document', entry: [] }],
    [
      'a document about nobody in it',
      {
        resourceType: 'Bundle',
        type: 'document',
        entry: [{ resource: { resourceType: 'Composition', subject: { reference: 'Patient/1' } } }],
      },
    ],
    ['no Bundle', { resourceType: 'Patient' }],
    ['nothing', null],
  ])('is never %s', (_name, value) => {
    expect(readSummary(value)).toBeUndefined();
  });

  it('takes an empty section without a reason as unavailable, never as nothing', () => {
    const composition = {
      resourceType: 'Composition',
      subject: { reference: 'urn:uuid:p' },
      section: [{ code: { coding: [{ system: 'http://loinc.org', code: ALLERGIES }] } }],
    };
    const entry = [
      { fullUrl: 'urn:uuid:c', resource: composition },
      { fullUrl: 'urn:uuid:p', resource: { resourceType: 'Patient' } },
    ];
    expect(readSummary({ resourceType: 'Bundle', type: 'document', entry })?.sections.get(ALLERGIES)).toBe(
      'unavailable',
    );
  });
});

it('writes decimals as they were recorded, and identifiers as text', () => {
  const text = writeFhirJson({
    valueQuantity: { value: '4.00' },
    identifier: { value: '4.00' },
    low: { value: '0.10' },
  });
  expect(text).toBe('{"valueQuantity":{"value":4.00},"identifier":{"value":"4.00"},"low":{"value":0.10}}');
});

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

const DATA = resolve(import.meta.dirname, '../../../shared/data/hl7-ips');

describe.skipIf(!existsSync(DATA))('IPS documents that others wrote', () => {
  const load = (file: string): Resource => {
    const bytes = readFileSync(join(DATA, file));
    return parseFhirJson((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Resource;
  };

  it.each(['Bundle-IPS-examples-Bundle-01.json.gz', 'Bundle-bundle-minimal.json'])('%s keeps the rules too', (file) => {
    expect(checkIps(load(file))).toEqual([]);
  });

  it('are read in full: no resource unread, every required section given', () => {
    for (const file of ['Bundle-IPS-examples-Bundle-01.json.gz', 'Bundle-bundle-minimal.json']) {
      const read = readSummary(load(file));
      const reading = readResources(read?.resources ?? [], 'ips' as SourceId);
      expect(reading.unread, file).toEqual([]);
      for (const code of [PROBLEMS, ALLERGIES, '10160-0']) expect(read?.sections.get(code), file).toBe('given');
      expect(read?.authors, file).toEqual(['Beetje van Hulp']);
    }
  });

  it('say what their writer said: hot flushes, anastrozole since March 2015, and no known food allergy', () => {
    const read = readSummary(load('Bundle-IPS-examples-Bundle-01.json.gz'));
    const { entries } = readResources(read?.resources ?? [], 'ips' as SourceId);
    const of = (section: string): readonly Entry[] => entries.filter((entry) => entry.section === section);
    expect(
      of('problems')
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['current', 'past']);
    expect(of('medications').map(({ period }) => period?.start)).toContain('2015-03');
    expect(of('allergies').map((entry) => (entry as { statement?: unknown }).statement)).toContain('none-known');
    expect(of('investigation-results')).toHaveLength(7);
  });
});
