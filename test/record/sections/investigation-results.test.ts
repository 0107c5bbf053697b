import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

const POTASSIUM = {
  coding: [{ system: 'http://snomed.info/sct', code: '1000651000000109', display: 'Serum potassium level' }],
};

function result(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'Observation',
    id: 'k1',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: POTASSIUM,
    effectiveDateTime: '2026-11-02T09:15:00+00:00',
    valueQuantity: { value: 4.1, unit: 'mmol/L', code: 'mmol/L' },
    ...change,
  };
}

function read(change: { readonly [element: string]: unknown } = {}, source = 'lab'): InvestigationEntry {
  return entryFrom<InvestigationEntry>(result(change), source);
}

describe('an investigation result', () => {
  it('without a test is unread, never a nameless number', () => {
    const reading = readResources([result({ code: undefined })], 'lab' as SourceId);
    expect(reading.entries).toEqual([]);
    expect(reading.unread[0]).toMatchObject({ reason: 'must-have-missing', element: 'Observation.code' });
  });

  it('has no date when the source gives none', () => {
    expect(read({ effectiveDateTime: undefined }).date).toBeUndefined();
    expect(read({ effectiveDateTime: 'yesterday' }).date).toBeUndefined();
  });

  it('has an unknown status when the source gives none or one nobody knows', () => {
    expect(read({ status: undefined }).state).toBe('unknown');
    expect(read({ status: 'constructor' })).toMatchObject({ state: 'unknown', cautions: ['not-interpretable'] });
  });

  it('never shows when it was issued as when it was so', () => {
    const entry = read({ effectiveDateTime: undefined, issued: '2026-11-03T10:00:00Z' });
    expect(entry).toMatchObject({ date: '2026-11-03T10:00:00Z', dateIs: 'recorded', issued: '2026-11-03T10:00:00Z' });
    expect(read({ issued: '2026-11-03T10:00:00Z' }).dateIs).toBeUndefined();
  });

  it('never joins another by when it was issued', () => {
    const issued = (id: string) => read({ id, effectiveDateTime: undefined, issued: '2026-11-03T10:00:00Z' });
    expect(investigationResults.factKey(issued('1'))).not.toBe(investigationResults.factKey(issued('2')));
  });

  it('has the date of its only event, and the time that several span', () => {
    const timed = (...event: readonly string[]) => read({ effectiveDateTime: undefined, effectiveTiming: { event } });
    expect(timed('2026-11-03')).toMatchObject({ date: '2026-11-03' });
    expect(timed('2026-11-03').period).toBeUndefined();
    expect(timed('2026-11-04', '2026-11-03', 'soon')).toMatchObject({
      date: '2026-11-03',
      period: { start: '2026-11-03', end: '2026-11-04' },
    });
  });

  it('keeps value, unit and comparator as recorded', () => {
    expect(read({ valueQuantity: { value: '4.00', unit: 'mmol/L' } }).value).toBe('4.00 mmol/L');
    expect(read({ valueQuantity: { value: 0.1, comparator: '<', unit: 'mg/L' } })).toMatchObject({
      value: '<0.1 mg/L',
    });
  });

  it('does not read a number whose comparator it does not know', () => {
    const entry = read({ valueQuantity: { value: 5, comparator: '~', unit: 'mg/L' } });
    expect(entry.value).toBeUndefined();
    expect(entry.cautions).toContain('not-interpretable');
  });

  it('takes the flag from the source and computes none', () => {
    const range = [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.3, unit: 'mmol/L' } }];
    const high = { valueQuantity: { value: 7.9, unit: 'mmol/L' }, referenceRange: range };
    expect(read(high).flags).toEqual([]);
    expect(read({ ...high, interpretation: [{ coding: [{ code: 'HH', display: 'Critical high' }] }] }).flags).toEqual([
      { text: 'Critical high', code: 'HH' },
    ]);
    expect(read(high).ranges[0]?.text).toBe('3.5 to 5.3 mmol/L');
  });

  it('shows the range in the words of the source when it has words', () => {
    expect(read({ referenceRange: [{ text: 'Adult: 3.5-5.3' }] }).ranges[0]?.text).toBe('Adult: 3.5-5.3');
    expect(read({ referenceRange: [{ high: { value: 14.5, unit: '%' } }] }).ranges[0]?.text).toBe('≤ 14.5 %');
  });

  it.each([
    ['preliminary', 'current', 'preliminary'],
    ['amended', 'current', 'amended'],
    ['corrected', 'current', 'amended'],
    ['cancelled', 'negated', 'cancelled'],
  ])('says that a %s result is one', (status, state, caution) => {
    const entry = read({ status });
    expect(entry.state).toBe(state);
    expect(entry.cautions).toContain(caution);
    expect(entry.statusAsRecorded).toBe(status);
  });

  it('withdrawn by its source is in error', () => {
    expect(read({ status: 'entered-in-error' }).state).toBe('in-error');
  });

  it('says that and why a value is missing', () => {
    const why = { dataAbsentReason: { coding: [{ code: 'not-performed' }] }, valueQuantity: undefined };
    expect(read(why)).toMatchObject({ absent: 'not-performed', cautions: ['value-missing'] });
    expect(read({ valueQuantity: undefined }).cautions).toEqual(['value-missing']);
    expect(read({ valueQuantity: { unit: 'mmol/L' } }).cautions).toContain('value-missing');
  });

  it('that is masked is shown as masked, not left out', () => {
    const masked = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }] };
    expect(read({ code: masked, dataAbsentReason: masked, valueQuantity: undefined })).toMatchObject({
      title: 'masked',
      cautions: ['value-missing'],
    });
  });

  it('warns when its own comment calls the sample unsuitable', () => {
    expect(read({ note: [{ text: 'Sample haemolysed. Please repeat.' }] }).cautions).toContain('value-unsuitable');
    expect(read({ note: [{ text: 'Sample not haemolysed.' }] }).cautions).not.toContain('value-unsuitable');
  });

  it('warns when its specimen was spoilt', () => {
    const specimen = {
      resourceType: 'Specimen',
      id: 's1',
      type: { text: 'Venous blood' },
      condition: [{ coding: [{ code: 'HEM' }] }],
      collection: { collectedDateTime: '2026-11-02' },
    };
    const [entry] = entriesFrom(
      'lab',
      specimen,
      result({ specimen: { reference: 'Specimen/s1' } }),
    ) as InvestigationEntry[];
    expect(entry).toMatchObject({ specimen: 'Venous blood', collected: '2026-11-02', cautions: ['value-unsuitable'] });
  });

  it('says when it is about somebody else', () => {
    expect(read({ focus: [{ display: 'Fetus' }] }).cautions).toContain('about-somebody-else');
    expect(read({ focus: [{ reference: 'Device/pump' }] }).cautions).toEqual([]);
  });

  it('reads each component with its own value', () => {
    const parts = [
      { code: { text: 'A' }, valueQuantity: { value: 1, unit: 'x' } },
      { code: { text: 'B' }, valueString: 'seen' },
    ];
    expect(read({ valueQuantity: undefined, component: parts })).toMatchObject({
      parts: [
        { label: 'A', value: '1 x' },
        { label: 'B', value: 'seen' },
      ],
      cautions: [],
    });
  });
});

describe('results of the same test', () => {
  const key = (change: { readonly [element: string]: unknown }, source = 'gp'): string =>
    investigationResults.factKey(read(change, source));
  const lab = key({}, 'lab');

  it.each([
    ['another value', { valueQuantity: { value: 4.2, unit: 'mmol/L' } }],
    ['a second decimal', { valueQuantity: { value: '4.10', unit: 'mmol/L' } }],
    ['another unit', { valueQuantity: { value: 4.1, unit: 'mEq/L' } }],
    ['a comparator', { valueQuantity: { value: 4.1, comparator: '<', unit: 'mmol/L' } }],
    ['another time', { effectiveDateTime: '2026-11-02T09:16:00+00:00' }],
    ['only a day', { effectiveDateTime: '2026-11-02' }],
    ['another standing', { status: 'amended' }],
    ['a spoilt sample', { note: [{ text: 'Haemolysed' }] }],
    [
      'another code',
      { code: { coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Serum potassium level' }] } },
    ],
  ])('stay apart by %s', (_why, change) => {
    expect(key(change)).not.toBe(lab);
  });

  it('stay apart when neither has a date, or a value', () => {
    expect(key({ effectiveDateTime: undefined }, 'a')).not.toBe(key({ effectiveDateTime: undefined }, 'b'));
    expect(key({ valueQuantity: undefined }, 'a')).not.toBe(key({ valueQuantity: undefined }, 'b'));
  });

  it('are one when the laboratory and the practice say the same', () => {
    expect(key({ id: 'filed-77' }, 'gp')).toBe(lab);
    expect(key({ effectiveDateTime: '2026-11-02T10:15:00+01:00' })).toBe(lab);
  });
});

describe('a report', () => {
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Urea and electrolytes' },
    effectiveDateTime: '2026-11-02',
    result: [{ reference: '#k' }, { reference: 'urn:uuid:k1' }],
    conclusion: 'Normal renal function',
    presentedForm: [
      { contentType: 'application/pdf', url: 'https://elsewhere.example/x.pdf', title: 'Report', size: 10 },
    ],
    contained: [
      {
        resourceType: 'Observation',
        id: 'k',
        status: 'final',
        code: { text: 'Potassium' },
        valueQuantity: { value: 4.1, unit: 'mmol/L' },
      },
    ],
  };

  it('carries the results it contains, which have no other way onto the screen', () => {
    const [head, inner] = entriesFrom('lab', report) as InvestigationEntry[];
    expect(head).toMatchObject({ kind: 'report', conclusion: 'Normal renal function' });
    expect(inner).toMatchObject({
      id: 'lab/DiagnosticReport/r1#k',
      kind: 'result',
      value: '4.1 mmol/L',
      date: '2026-11-02',
    });
    expect(inner?.links).toEqual([{ rel: 'report', to: 'DiagnosticReport/r1' }]);
  });

  it('casts its own doubt and withdrawal on the results inside it', () => {
    const [, inner] = entriesFrom('lab', { ...report, status: 'entered-in-error' });
    expect(inner?.state).toBe('in-error');
    const [, early] = entriesFrom('lab', { ...report, status: 'preliminary' });
    expect(early?.cautions).toContain('preliminary');
  });

  it('counts a result inside it that cannot be read', () => {
    const broken = { ...report, contained: [{ resourceType: 'Observation', id: 'k', status: 'final' }] };
    expect(readResources([broken], 'lab' as SourceId)).toMatchObject({
      entries: [{ kind: 'report' }],
      unread: [{ element: 'DiagnosticReport.contained' }],
    });
  });

  it('links to its results even by urn, and shows no address of a file', () => {
    const [head] = entriesFrom('lab', report, result());
    expect(head?.links).toEqual([{ rel: 'result', to: 'Observation/k1' }]);
    expect(JSON.stringify(head)).not.toContain('elsewhere.example');
  });

  it('stands alone: two reports of one name are two reports', () => {
    const [head] = entriesFrom('a', report) as [InvestigationEntry];
    const [other] = entriesFrom('b', report) as [InvestigationEntry];
    expect(investigationResults.factKey(head)).not.toBe(investigationResults.factKey(other));
  });
});

describe('a report that the practice keeps a copy of', () => {
  const numbered = {
    resourceType: 'DiagnosticReport',
    id: 'r9',
    identifier: [{ system: 'https://lab.example/accession', value: 'C-1' }],
    status: 'final',
    code: { text: 'Full blood count' },
    effectiveDateTime: '2026-11-02T09:15:00Z',
    conclusion: 'Normal',
  };
  const key = (change: object, source = 'gp'): string => {
    const [entry] = entriesFrom(source, { ...numbered, ...change }) as [InvestigationEntry];
    return investigationResults.factKey(entry);
  };
  const lab = key({}, 'lab');

  it.each([
    ['another number', { identifier: [{ system: 'https://lab.example/accession', value: 'C-2' }] }],
    ['a number of no system', { identifier: [{ value: 'C-1' }] }],
    ['another standing', { status: 'amended' }],
    ['another conclusion', { conclusion: 'Blasts seen' }],
    ['no conclusion', { conclusion: undefined }],
    ['another time', { effectiveDateTime: '2026-11-03T09:15:00Z' }],
    ['another name', { code: { text: 'Blood film' } }],
    ['a file of its own', { presentedForm: [{ contentType: 'application/pdf', url: 'Binary/1', size: 10 }] }],
  ])('stays apart by %s', (_why, change) => {
    expect(key(change)).not.toBe(lab);
  });

  it('is one line with the laboratory’s', () => {
    expect(key({ id: 'filed-3' })).toBe(lab);
  });

  it('is one line in whatever order its doubts are told', () => {
    const [entry] = entriesFrom('gp', numbered) as [InvestigationEntry];
    const doubted = (...cautions: InvestigationEntry['cautions']): string =>
      investigationResults.factKey({ ...entry, cautions });
    expect(doubted('unconfirmed', 'text-differs')).toBe(doubted('text-differs', 'unconfirmed'));
    expect(doubted('unconfirmed')).not.toBe(doubted());
  });
});

describe('other investigations', () => {
  it('are imaging studies, named by what was done', () => {
    const study = {
      resourceType: 'ImagingStudy',
      id: 'i1',
      status: 'available',
      started: '2026-01-24',
      modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' }],
    };
    expect(entryFrom(study)).toMatchObject({
      section: 'investigation-results',
      kind: 'study',
      title: 'CT',
      method: 'CT',
      date: '2026-01-24',
    });
  });

  it('are tests asked for, which are no results', () => {
    const request = {
      resourceType: 'ServiceRequest',
      id: 'q1',
      status: 'active',
      intent: 'order',
      category: [{ coding: [{ system: 'http://snomed.info/sct', code: '108252007' }] }],
      code: { text: 'Full blood count' },
      authoredOn: '2026-11-01',
    };
    expect(entryFrom(request)).toMatchObject({
      kind: 'request',
      state: 'planned',
      date: '2026-11-01',
      dateIs: 'recorded',
    });
    expect(entryFrom({ ...request, doNotPerform: true }).state).toBe('negated');
  });
});

describe('a panel', () => {
  it('never loses the result that it carries inside itself', () => {
    const potassium = {
      resourceType: 'Observation',
      id: 'k',
      status: 'final',
      code: { text: 'Potassium' },
      valueQuantity: { value: 6.1, unit: 'mmol/L' },
    };
    const entries = entriesFrom('lab', {
      resourceType: 'Observation',
      id: 'panel',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Urea and electrolytes' },
      effectiveDateTime: '2026-11-02',
      contained: [potassium],
      hasMember: [{ reference: '#k' }],
    });
    expect(entries).toMatchObject([
      { title: 'Urea and electrolytes' },
      { title: 'Potassium', value: '6.1 mmol/L', date: '2026-11-02' },
    ]);
  });
});
