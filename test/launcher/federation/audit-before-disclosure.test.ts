import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit, AuditEvent } from '../../../launcher/audit/audit.ts';
import { federate } from '../../../launcher/federation/federate.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { locatedOf, openBench } from '../../support/federation.ts';
import { answersAfter } from '../../support/quiet.ts';
import { SCHEDULE, scripted, type Schedule } from '../../support/scripted-sources.ts';

/** Invariant I8: nothing is disclosed that the audit does not already hold, whatever the sources and the audit do. */
describe('an audit that is slow, or fails at any of its writes', () => {
  it('holds that a source was asked before the first of its entries is told, and how it ended before that is', async () => {
    await fc.assert(
      fc.asyncProperty(SCHEDULES, AUDIT, async (schedules, script) => {
        const { told } = await view(schedules, script);
        for (const { event, written } of told) {
          if (event.type === 'entries') expect(written).toContain(`source.asked ${event.source}`);
          if (event.type === 'settled') expect(written).toContain(`source.settled ${event.source}`);
          if (event.type === 'opened') expect(written).toHaveLength(schedules.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never lets a view whose audit has failed end as if it were whole', async () => {
    await fc.assert(
      fc.asyncProperty(SCHEDULES, AUDIT, async (schedules, script) => {
        const { told, failure, refused } = await view(schedules, script);
        const closed = told.some(({ event }) => event.type === 'closed');
        expect({ closed, failure }).toEqual(
          refused ? { closed: false, failure: 'the audit is full' } : { closed: true, failure: undefined },
        );
      }),
      { numRuns: 100 },
    );
  });
});

const SCHEDULES = fc.array(SCHEDULE, { minLength: 1, maxLength: 5 });

/** At which write the audit begins to fail (0 is the first; beyond the last is never), and how long a write takes. */
type AuditScript = { readonly failsAt: number; readonly tookMs: number };

const AUDIT: fc.Arbitrary<AuditScript> = fc.record({
  failsAt: fc.integer({ min: 0, max: 9 }),
  tookMs: fc.integer({ min: 0, max: 20 }),
});

type Told = { readonly event: RecordEvent; readonly written: readonly string[] };

/** What was told, each event with what the audit held by then, and why the view broke off, if it did. */
async function view(
  schedules: readonly Schedule[],
  script: AuditScript,
): Promise<{ readonly told: readonly Told[]; readonly failure?: string; readonly refused: boolean }> {
  const written: string[] = [];
  let writes = 0;
  let refused = false;
  const recordAll = async (events: readonly AuditEvent[]): Promise<void> => {
    const fails = writes++ >= script.failsAt;
    refused ||= fails;
    await answersAfter(script.tookMs);
    if (fails) throw new Error('the audit is full');
    written.push(...events.map(({ type, source }) => `${type} ${String(source)}`));
  };
  const audit: Audit = { record: (event) => recordAll([event]), recordAll };
  const { deps } = openBench({}, { ...scripted(schedules, 4), audit });
  const located = locatedOf({ sources: schedules.map((_, index) => `s${String(index)}`) });
  const told: Told[] = [];
  try {
    for await (const event of federate(located, deps, new AbortController().signal)) {
      told.push({ event, written: [...written] });
    }
  } catch (error) {
    return { told, failure: (error as Error).message, refused };
  }
  return { told, refused };
}
