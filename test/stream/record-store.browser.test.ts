import { assert } from '@open-wc/testing';
import { RecordStore } from '../../src/stream/record-store.ts';
import { answered } from '../../src/stream/record-of-entries.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');
const opening: RecordEvent = {
  type: 'opened',
  version: 1,
  viewId: 'v',
  at: '2026-11-20T09:00:00Z',
  patient: sample.patient,
  sources: [surgery, hospital],
};

function says(source: typeof surgery, ...resources: readonly object[]): readonly RecordEvent[] {
  const reading = readResources(resources, source.id);
  return [
    { type: 'entries', source: source.id, ...reading },
    { type: 'settled', source: source.id, status: answered(reading.entries, '2026-11-20T09:00:01Z') },
  ];
}

/** A store whose frames the test turns by hand. */
function byHand(): { store: RecordStore; frame: () => void; frames: () => number; calm: () => readonly boolean[] } {
  const tasks: { readonly run: () => void; readonly calmly: boolean }[] = [];
  let count = 0;
  const store = new RecordStore((run, calmly) => {
    count += 1;
    const task = { run, calmly };
    tasks.push(task);
    return () => void tasks.splice(tasks.indexOf(task), 1);
  });
  const frame = (): void => tasks.splice(0).forEach(({ run }) => run());
  return { store, frame, frames: () => count, calm: () => tasks.map(({ calmly }) => calmly) };
}

const titles = (store: RecordStore): readonly string[] =>
  store.record?.sections.flatMap((view) => view.facts.map((fact) => fact.entries[0].title)) ?? [];

describe('RecordStore', () => {
  it('tells of the first clinical facts without waiting for a frame, and of later ones once a frame', async () => {
    const { store, frame } = byHand();
    let told = 0;
    store.subscribe(() => (told += 1));
    store.take(opening);
    await Promise.resolve();
    assert.equal(told, 0, 'who the person is can wait for the frame');
    for (const event of says(surgery, sample.problem('p', 'Asthma'))) store.take(event);
    await Promise.resolve();
    assert.equal(told, 1);
    frame();
    assert.equal(told, 1, 'nothing has come since');
    for (const event of says(hospital, sample.problem('q', 'Gout'))) store.take(event);
    await Promise.resolve();
    assert.equal(told, 1);
    frame();
    assert.equal(told, 2);
  });

  it('takes nothing after it was told to forget', () => {
    const { store } = byHand();
    store.take(opening);
    store.forget();
    for (const event of [opening, ...says(surgery, sample.problem('p', 'Asthma'))]) store.take(event);
    assert.equal(store.record, undefined);
  });

  it('empties itself when a source that is asked again answers about another patient', () => {
    const { store } = byHand();
    store.take(opening);
    for (const event of says(surgery, sample.problem('p', 'Asthma'))) store.take(event);
    store.askAgain(surgery.id)({
      ...opening,
      patient: { ...sample.patient, nhsNumber: '9990000018' as typeof sample.patient.nhsNumber },
    });
    assert.equal(store.record, undefined);
    assert.deepEqual(store.phase, { phase: 'ended', how: { end: 'mismatch' } });
  });

  it('leaves nobody waiting when the stream ends', () => {
    const { store } = byHand();
    for (const event of [opening, ...says(surgery, sample.problem('p', 'Asthma'))]) store.take(event);
    store.end({ end: 'cut', reason: 'network' });
    const status = store.record?.sources.find(({ source }) => source.id === hospital.id)?.status;
    assert.equal(status?.state, 'unavailable');
    assert.equal(store.record?.completeness.waiting, 0);
  });

  it('builds the record once for everything that comes in one frame', () => {
    const { store, frame, frames } = byHand();
    let told = 0;
    store.subscribe(() => (told += 1));
    for (const event of [
      opening,
      ...says(surgery, sample.problem('p', 'Asthma')),
      ...says(hospital, sample.problem('q', 'Gout')),
    ])
      store.take(event);
    frame();
    assert.deepEqual([frames(), told], [1, 1]);
    assert.deepEqual([...titles(store)].sort(), ['Asthma', 'Gout']);
    assert.equal(store.record, store.record);
  });

  it('is calm about who answers while there is nothing to read, and in no hurry but for that', async () => {
    const ambulance = sample.sourceOf('ambulance');
    const { store, frame, calm } = byHand();
    store.take({ ...opening, sources: [surgery, hospital, ambulance] });
    assert.deepEqual(calm(), [false], 'who this is');
    frame();
    for (const event of says(surgery)) store.take(event);
    assert.deepEqual(calm(), [true], 'one answered that holds nothing');
    store.end({ end: 'cut', reason: 'network' });
    assert.deepEqual(calm(), [false], 'the view broke off: what was due calmly is due now');
    frame();

    const other = byHand();
    for (const event of [opening, ...says(surgery)]) other.store.take(event);
    assert.deepEqual(other.calm(), [false], 'what is due already is not put off');
    other.frame();
    for (const event of says(hospital)) other.store.take(event);
    assert.deepEqual(other.calm(), [false], 'everybody has answered');

    const third = byHand();
    let told = 0;
    third.store.take({ ...opening, sources: [surgery, hospital, ambulance] });
    third.frame();
    third.store.subscribe(() => (told += 1));
    for (const event of [...says(surgery), ...says(hospital, sample.problem('p', 'Asthma'))]) third.store.take(event);
    await Promise.resolve();
    assert.equal(told, 1, 'a fact ends the calm');
    for (const event of says(surgery, sample.problem('q', 'Gout'))) third.store.take(event);
    assert.deepEqual(third.calm(), [false], 'there is something to read, and it changes');
  });

  it('merges a long record between other tasks, and ends with what has arrived', async () => {
    const store = new RecordStore((task) => {
      const timer = setTimeout(task, 0);
      return () => clearTimeout(timer);
    });
    const problems = Array.from({ length: 12_000 }, (_, index) => sample.problem(`p${index}`, `Problem ${index}`));
    const ended = new Promise<void>((resolve) => {
      store.subscribe(() => store.record?.completeness.waiting === 0 && titles(store).length === 12_000 && resolve());
    });
    for (const event of [opening, ...says(surgery, ...problems), ...says(hospital)]) store.take(event);
    const { scheduler } = globalThis as unknown as { scheduler: { yield(): Promise<void> } };
    const letGo = scheduler.yield.bind(scheduler);
    let turns = 0;
    scheduler.yield = () => ((turns += 1), letGo());
    await ended;
    Reflect.deleteProperty(scheduler, 'yield');
    assert.isAbove(turns, 0, 'whoever else wanted the page had it meanwhile');
  });

  it('shows nothing of a long record that it was told to forget while merging it', async () => {
    const { store, frame } = byHand();
    const problems = Array.from({ length: 3_000 }, (_, index) => sample.problem(`p${index}`, `Problem ${index}`));
    for (const event of [opening, ...says(surgery, ...problems)]) store.take(event);
    frame();
    store.forget();
    await quiet(200);
    assert.equal(store.record, undefined);
  });

  it('keeps what a source said on the screen until its new answer is whole', () => {
    const { store } = byHand();
    for (const event of [opening, ...says(surgery, sample.problem('p', 'Asthma'))]) store.take(event);
    const again = store.askAgain(surgery.id);
    const [entries, settled] = says(surgery, sample.problem('q', 'Gout'));
    again(opening);
    if (entries) again(entries);
    assert.deepEqual(titles(store), ['Asthma']);
    if (settled) again(settled);
    assert.deepEqual(titles(store), ['Gout']);
  });

  it('counts a source that was asked again and never settled as one that did not answer', () => {
    const { store } = byHand();
    store.take(opening);
    store.askAgain(surgery.id);
    store.settleUnanswered(surgery.id, '2026-11-20T09:01:00Z');
    assert.equal(store.record?.sources.find(({ source }) => source.id === surgery.id)?.status.state, 'unavailable');
  });
});
