import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { federate } from '../../../launcher/federation/federate.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { PatientRecord, SectionView } from '../../../src/record/patient-record.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { Source, SourceId } from '../../../src/record/source.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { collect, locatedOf, NHS_NUMBER, PATIENT, openBench, settledOf, type Bench } from '../../support/federation.ts';
import { openFhirServer, person, type FhirServer } from '../../support/fhir-server.ts';

const LETTER = {
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { text: 'Clinic letter' },
  subject: { reference: 'Patient/p1' },
  content: [{ attachment: { contentType: 'text/plain', data: 'QQ==' } }],
};
const SECTIONS: readonly SectionId[] = ['demographics', 'allergies', 'medications', 'documents'];

let letters: FhirServer;
let full: FhirServer;
let bench: Bench;
const open: { close(): Promise<void> }[] = [];

/** One source has letters and no other type; the other has everything, and nothing of this person but who they are. */
beforeEach(async () => {
  letters = await openFhirServer([person('p1', NHS_NUMBER), LETTER]);
  full = await openFhirServer([person('p1', NHS_NUMBER)]);
  for (const type of [
    'AllergyIntolerance',
    'MedicationRequest',
    'MedicationStatement',
    'MedicationDispense',
    'Composition',
  ])
    letters.script(type, (_seen, response) => void response.writeHead(404).end());
  open.push(letters, full);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function ask(offers: readonly SectionId[] | undefined, sources: readonly string[]): Promise<RecordEvent[]> {
  bench = openBench({ letters: letters.base, full: full.base }, { describe: (id) => describeSource(id, offers) });
  open.push(bench.agents);
  return collect(federate(locatedOf({ sources, sections: SECTIONS }), bench.deps, new AbortController().signal));
}

function describeSource(id: SourceId, offers: readonly SectionId[] | undefined): Source {
  const organisation = { ods: 'XB003' as Source['organisation']['ods'], name: `The ${id}`, kind: 'gp' as const };
  return { id, organisation, home: false, ...(offers && id === 'letters' && { offers }) };
}

function recordOf(events: readonly RecordEvent[]): PatientRecord {
  const opened = events.find((event) => event.type === 'opened');
  return buildRecord({
    patient: PATIENT,
    sources: opened?.type === 'opened' ? opened.sources : [],
    statuses: new Map(
      events.flatMap((event) => (event.type === 'settled' ? [[event.source, event.status] as const] : [])),
    ),
    entries: events.flatMap((event) => (event.type === 'entries' ? event.entries : [])),
    unread: events.flatMap((event) => (event.type === 'entries' ? event.unread : [])),
    nowMs: Date.UTC(2026, 10, 22),
  });
}

const section = (record: PatientRecord, id: SectionId): SectionView | undefined =>
  record.sections.find((view) => view.id === id);

describe('a source that offers letters only', () => {
  it('is never said to have nothing recorded of what it does not offer', async () => {
    const record = recordOf(await ask(['documents'], ['letters']));
    expect(section(record, 'allergies')).toMatchObject({ absence: { kind: 'incomplete', answered: 0 }, notOffered: 1 });
    expect(section(record, 'allergies')?.answers).toEqual([]);
  });

  it('stands beside the answer of the others, so that "nothing recorded" does not speak for it', async () => {
    const record = recordOf(await ask(['documents'], ['letters', 'full']));
    expect(section(record, 'allergies')).toMatchObject({
      absence: { kind: 'nothing-recorded', answered: 1 },
      notOffered: 1,
    });
    expect(section(record, 'documents')).not.toHaveProperty('notOffered');
  });

  it('is asked for letters and for nothing else', async () => {
    const events = await ask(['documents'], ['letters']);
    expect(new Set(letters.seen.map(({ path }) => path))).toEqual(
      new Set(['/fhir/Patient/_search', '/fhir/DocumentReference/_search', '/fhir/Composition/_search']),
    );
    const { status } = settledOf(events, 'letters');
    expect(status.state).toBe('answered');
    expect(Object.keys(status.sections)).toEqual(['documents']);
    expect(status.sections.documents).toEqual({ state: 'answered', count: 1 });
  });

  it('leaves no other section waiting for it while it is asked', async () => {
    const [opened] = (await ask(['documents'], ['letters'])).filter((event) => event.type === 'opened');
    const record = recordOf(opened ? [opened] : []);
    expect(section(record, 'allergies')?.answers).toEqual([]);
    expect(section(record, 'documents')?.answers).toEqual([
      { source: 'letters', answer: { state: 'waiting', count: 0 } },
    ]);
  });

  it('leaves a gap in its letters, and in nothing else, when it does not answer', async () => {
    letters.script('', (_seen, response) => void response.writeHead(500).end());
    const record = recordOf(await ask(['documents'], ['letters', 'full']));
    expect(section(record, 'documents')?.absence).toMatchObject({ kind: 'incomplete', silent: 1 });
    expect(section(record, 'allergies')?.absence).toEqual({ kind: 'nothing-recorded', answered: 1 });
  });

  it('says of a person it does not know that it holds no letters, not that it holds nothing at all', async () => {
    const nobody = await openFhirServer([]);
    open.push(nobody);
    bench = openBench({ letters: nobody.base }, { describe: (id) => describeSource(id, ['documents']) });
    open.push(bench.agents);
    const asked = locatedOf({ sources: ['letters'], sections: SECTIONS });
    const events = await collect(federate(asked, bench.deps, new AbortController().signal));
    const { status } = settledOf(events, 'letters');
    expect(status.sections).toEqual({ documents: { state: 'nothing-held', count: 0 } });
  });
});

describe('a source that turns out to have letters only', () => {
  it('is not counted as having answered for the sections it has no type of', async () => {
    const record = recordOf(await ask(undefined, ['letters', 'full']));
    expect(section(record, 'allergies')).toMatchObject({
      absence: { kind: 'nothing-recorded', answered: 1 },
      notOffered: 1,
    });
    expect(section(record, 'documents')?.answers.map(({ answer }) => answer.state)).toEqual([
      'answered',
      'nothing-held',
    ]);
  });
});
