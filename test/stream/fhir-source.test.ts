import { describe, expect, it } from 'vitest';
import { readFhirSource, type FhirClient } from '../../src/stream/fhir-source.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { readDate } from '../../src/record/fhir/date.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { OdsCode, Source, SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';

const BASE = 'https://epr.example/fhir';
const source: Source = {
  id: 'epr' as SourceId,
  organisation: { ods: 'XB001' as OdsCode, name: 'Northcliffe Surgery', kind: 'gp' },
  home: true,
};
const nhsNumber = parseNhsNumber('9990123454');
const birthDate = readDate('1948-03-14');
if (!nhsNumber || !birthDate) throw new Error('the sample is broken');
const patient: Patient = { nhsNumber, birthDate, family: 'Bedford', given: 'Margaret' };

const problem = (id: string, subject = 'Patient/1'): object => ({
  resourceType: 'Condition',
  id,
  subject: { reference: subject },
  code: { text: `Problem ${id}` },
  clinicalStatus: { coding: [{ code: 'active' }] },
  category: [{ coding: [{ code: 'problem-list-item' }] }],
});
const bundle = (resources: readonly object[], next?: string): object => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
});

/** A server that holds problems only; `answers` is by the address asked. */
async function ask(
  answers: Readonly<Record<string, object | Error>>,
): Promise<{ events: readonly RecordEvent[]; asked: readonly string[] }> {
  const asked: string[] = [];
  const client: FhirClient = {
    state: { serverUrl: BASE },
    request({ url }) {
      asked.push(url);
      const answer = answers[url.split('?')[0] ?? ''] ?? answers[url] ?? bundle([]);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const events: RecordEvent[] = [];
  for await (const event of readFhirSource({
    client,
    patientId: '1',
    patient,
    source,
    signal: new AbortController().signal,
  }))
    events.push(event);
  return { events, asked };
}

function settled(events: readonly RecordEvent[]): Extract<RecordEvent, { type: 'settled' }>['status'] {
  const event = events.find((item) => item.type === 'settled');
  if (event?.type !== 'settled') throw new Error('not settled');
  return event.status;
}

describe('readFhirSource', () => {
  it('shows nothing when anything belongs to somebody else', async () => {
    const { events } = await ask({ Condition: bundle([problem('a'), problem('b', `${BASE}/Patient/2`)]) });
    expect(events.map((event) => event.type)).toEqual(['opened', 'settled', 'closed']);
    expect(settled(events)).toMatchObject({ state: 'failed', code: 'source.wrong_patient' });
  });

  it('takes a patient of another server with the same id for somebody else', async () => {
    const { events } = await ask({ Condition: bundle([problem('a', 'https://elsewhere.example/fhir/Patient/1')]) });
    expect(settled(events)).toMatchObject({ state: 'failed', code: 'source.wrong_patient' });
    const own = await ask({ Condition: bundle([problem('a', `${BASE}/Patient/1`)]) });
    expect(settled(own.events)).toMatchObject({ state: 'answered' });
  });

  it('never follows a next page to another server', async () => {
    const { asked } = await ask({
      Condition: bundle([problem('a')], 'https://elsewhere.example/fhir/Condition?page=2'),
    });
    expect(asked.some((url) => url.includes('elsewhere'))).toBe(false);
  });

  it('leaves a gap in the sections of a type that failed, and in no other', async () => {
    const { events } = await ask({ AllergyIntolerance: new Error('503'), Condition: bundle([problem('a')]) });
    const status = settled(events);
    expect(status.state).toBe('unavailable');
    expect(status.sections.allergies?.state).toBe('unavailable');
    expect(status.sections.vaccinations?.state).toBe('nothing-held');
  });

  it('gives one organisation’s record as the launcher’s stream would', async () => {
    const { events } = await ask({
      Condition: bundle([problem('a')], `${BASE}?page=2`),
      [BASE]: bundle([problem('b')]),
    });
    expect(events.map((event) => event.type)).toEqual(['opened', 'entries', 'settled', 'closed']);
    expect(settled(events)).toMatchObject({
      state: 'answered',
      sections: { problems: { state: 'answered', count: 2 } },
    });
  });
});
