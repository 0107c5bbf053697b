import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { federate } from '../../../launcher/federation/federate.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { collect, entriesOf, locatedOf, openBench, settledOf } from '../../support/federation.ts';
import { SCHEDULE, scripted, type Schedule } from '../../support/scripted-sources.ts';

describe('whatever the sources do', () => {
  it('each is settled exactly once, nobody else’s resource is shown, and the view ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(SCHEDULE, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        async (schedules, buffer) => {
          const { events, audited } = await run(schedules, buffer);
          expect(events[0]?.type).toBe('opened');
          expect(events.at(-1)?.type).toBe('closed');
          schedules.forEach((schedule, index) => judge(schedule, `s${String(index)}`, events));
          expect(audited.filter((type) => type === 'source.asked')).toHaveLength(schedules.length);
          expect(audited.filter((type) => type === 'source.settled')).toHaveLength(schedules.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('the reader may leave at any event, and the view ends within a second', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(SCHEDULE, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        async (schedules, after, byReturn) => {
          const { deps } = openBench({}, { ...scripted(schedules, 4) });
          const reader = new AbortController();
          const view = federate(
            locatedOf({ sources: schedules.map((_, index) => `s${String(index)}`) }),
            deps,
            reader.signal,
          );
          for (let taken = 0; taken < after && !(await view.next()).done; taken++);
          const left = performance.now();
          if (byReturn) await view.return(undefined);
          else {
            reader.abort();
            while (!(await view.next()).done);
          }
          expect(performance.now() - left).toBeLessThan(15_000);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function judge(schedule: Schedule, source: string, events: readonly RecordEvent[]): void {
  const { status } = settledOf(events, source);
  const shown = entriesOf(events, source);
  const settledAt = events.findIndex((event) => event.type === 'settled' && event.source === source);
  expect(events.slice(settledAt).some((event) => event.type === 'entries' && event.source === source)).toBe(false);
  expect(shown.some((id) => id.includes('foreign'))).toBe(false);
  expect(status.sections['allergies']?.count ?? 0).toBe(shown.length);
  if (schedule.find !== 'one') expect(shown).toEqual([]);
  // "Nothing held" is only ever said by a source that answered in full and holds nothing (safety H06).
  if (status.state === 'nothing-held' && schedule.find === 'one') {
    expect(shown).toEqual([]);
    expect(
      schedule.steps.some((step) => step.do === 'hang' || step.do === 'fault' || step.do === 'trouble') &&
        !endedWell(schedule),
    ).toBe(false);
  }
}

/** A complete or unsupported end came before whatever went wrong afterwards. */
function endedWell(schedule: Schedule): boolean {
  return schedule.steps.some((step) => step.do === 'end' && ['complete', 'not-supported'].includes(step.end.state));
}

async function run(
  schedules: readonly Schedule[],
  buffer: number,
): Promise<{ events: RecordEvent[]; audited: string[] }> {
  const { deps, events: audit } = openBench({}, { ...scripted(schedules, buffer) });
  const located = locatedOf({ sources: schedules.map((_, index) => `s${String(index)}`) });
  const events = await collect(federate(located, deps, new AbortController().signal));
  return { events, audited: audit.map(({ type }) => type) };
}
