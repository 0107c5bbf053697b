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
import { asObject, asObjects, type Json, type Resource } from '../../src/record/resource.ts';
import type { FinalSourceStatus, SectionAnswers } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { buildSummary, readSummary } from '../../src/record/summary.ts';
import { checkIps } from '../support/ips.ts';
import { FACTS, sectionOf } from '../support/summary-of.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';
import { TODAY } from '../support/sandbox/people.ts';

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
