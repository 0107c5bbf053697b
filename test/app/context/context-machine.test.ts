import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContextSignal } from '../../../plugins/host-port.ts';
import {
  IDLE,
  stepContext,
  type ContextEffect,
  type ContextEvent,
  type ContextState,
} from '../../../src/app/context/context-machine.ts';

const ANNE = { nhsNumber: '9990000018', birthDate: '1950-01-01', family: 'EXAMPLE' };
const BEN = { nhsNumber: '9990000026', birthDate: '1961-02-02', family: 'SAMPLE' };

function run(events: readonly ContextEvent[], from: ContextState = IDLE) {
  const effects: ContextEffect[] = [];
  let state = from;
  for (const event of events) {
    const step = stepContext(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, done: effects.map((effect) => effect.do) };
}

function change(epoch: number, more: object = {}): ContextEvent {
  const context = {
    epoch,
    launchId: 'l',
    evidence: 'host-message',
    assertedAt: '2026-01-01T00:00:00Z',
    ...more,
  } as const;
  return { type: 'signal', signal: { type: 'change', context } };
}

const BOUND = run([
  { type: 'launched', person: ANNE },
  { type: 'connected', epoch: 4, patient: ANNE },
]).state;

describe('which patient a window may show', () => {
  it.each<[string, ContextEvent]>([
    ['a change that skips an epoch', change(6, { ticket: 't' })],
    ['a change of the epoch that is on screen', change(4, { ticket: 't' })],
    ['a change of an epoch long over', change(1, { ticket: 't' })],
    ['a closing of another epoch', { type: 'signal', signal: { type: 'closing', epoch: 3 } }],
  ])('loses the context at %s, instead of guessing', (_name, event) => {
    const { state, done } = run([event], BOUND);
    expect(state).toMatchObject({ at: 'lost', reason: 'mismatch' });
    expect(done).toEqual(['blank', 'audit', 'end-session', 'say', 'ack']);
  });

  it('shows nothing when host and launcher name different people', () => {
    for (const patient of [
      BEN,
      { nhsNumber: BEN.nhsNumber },
      { birthDate: '1950-01-02' },
      { family: 'Another' },
      null,
    ]) {
      const { state, done } = run([
        { type: 'launched', person: ANNE },
        { type: 'connected', epoch: 1, patient },
      ]);
      expect(state).toMatchObject({ at: 'lost', reason: 'mismatch' });
      expect(done).not.toContain('show');
    }
  });

  it('takes the same person written in another way for the same', () => {
    const patient = { nhsNumber: '999 000 0018', birthDate: '1950-01-01', family: 'éxample ' };
    const { state } = run([
      { type: 'launched', person: ANNE },
      { type: 'connected', epoch: 1, patient },
    ]);
    expect(state).toMatchObject({ at: 'bound', epoch: 1 });
  });

  it('blanks first, ends the session, and asks to be opened again when the host moves on without a ticket', () => {
    const { state, done, effects } = run([change(5, { patient: BEN })], BOUND);
    expect(state).toEqual({ at: 'blank', epoch: 5, opening: false });
    expect(done).toEqual(['blank', 'audit', 'end-session', 'say', 'ack']);
    expect(effects.at(-1)).toMatchObject({ epoch: 5, result: 'refused' });
    expect(effects[1]).toEqual({ do: 'audit', from: 4, to: 5, why: 'change' });
  });

  it('drops what comes for an epoch that is over: A, B, A with answers that are late', () => {
    const { state, done } = run(
      [
        change(5, { patient: BEN, ticket: 'b' }),
        change(6, { patient: ANNE, ticket: 'a' }),
        { type: 'redeemed', epoch: 5, person: BEN },
        { type: 'painted', epoch: 5 },
      ],
      BOUND,
    );
    expect(state).toEqual({ at: 'blank', epoch: 6, opening: true });
    expect(done.slice(-1)).toEqual(['end-unseen']);
    expect(done).not.toContain('show');
    const then = run([{ type: 'redeemed', epoch: 6, person: ANNE }], state);
    expect(then.state).toMatchObject({ at: 'bound', epoch: 6, person: ANNE });
  });

  it('never shows a ticket’s patient who is not the one the host named', () => {
    const { state, done } = run(
      [change(5, { patient: BEN, ticket: 'b' }), { type: 'redeemed', epoch: 5, person: ANNE, patient: BEN }],
      BOUND,
    );
    expect(state).toMatchObject({ at: 'lost', reason: 'mismatch' });
    expect(done).toContain('end-unseen');
    expect(done).not.toContain('show');
  });

  it('answers “shown” only for what has been painted and still is the context', () => {
    expect(run([{ type: 'painted', epoch: 4 }], BOUND).effects).toEqual([{ do: 'ack', epoch: 4, result: 'shown' }]);
    expect(run([{ type: 'painted', epoch: 3 }], BOUND).effects).toEqual([]);
  });

  it('draws anew, from nothing, when the host says the same person again', () => {
    const { state, done } = run([change(5, { patient: ANNE })], BOUND);
    expect(state).toMatchObject({ at: 'bound', epoch: 5 });
    expect(done).toEqual(['blank', 'audit', 'show']);
  });

  it.each(['socket', 'expired', 'host-gone', 'mismatch', 'logout', 'locked'] as const)(
    'loses the context for good at %s, and ends the session at the launcher',
    (reason) => {
      const lost = run([{ type: 'signal', signal: { type: 'lost', epoch: 4, reason } }], BOUND);
      expect(lost.done).toEqual(['blank', 'audit', 'end-session', 'say', 'ack']);
      expect(run([change(5, { patient: ANNE, ticket: 't' })], lost.state).done).toEqual([]);
    },
  );

  it.each(['left', 'closed'] as const)(
    'ends the session at once, with nothing told before, when the page is %s',
    (reason) => {
      expect(run([{ type: 'over', reason }], BOUND).done).toEqual(['blank', 'end-session', 'say', 'ack']);
    },
  );

  it('in any order of events: blanks before anything else, and is bound only to the newest epoch and its person', () => {
    const signal: fc.Arbitrary<ContextSignal> = fc.oneof(
      fc.record({
        type: fc.constant('change' as const),
        context: fc.record({
          epoch: fc.nat(8),
          launchId: fc.constant('l'),
          evidence: fc.constant('host-message' as const),
          assertedAt: fc.constant('2026-01-01T00:00:00Z'),
          patient: fc.constantFrom(ANNE, BEN),
          ticket: fc.constant('t'),
        }),
      }),
      fc.record({ type: fc.constant('closing' as const), epoch: fc.nat(8) }),
    );
    const event: fc.Arbitrary<ContextEvent> = fc.oneof(
      fc.record({ type: fc.constant('signal' as const), signal }),
      fc.record({ type: fc.constant('redeemed' as const), epoch: fc.nat(8), person: fc.constantFrom(ANNE, BEN) }),
      fc.record({ type: fc.constant('painted' as const), epoch: fc.nat(8) }),
      fc.record({ type: fc.constant('refused' as const), epoch: fc.nat(8) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state: ContextState = BOUND;
        let newest = 4;
        for (const one of events) {
          const step = stepContext(state, one);
          if (one.type === 'signal' && state.at !== 'lost') expect(step.effects[0]).toEqual({ do: 'blank' });
          for (const effect of step.effects) {
            if (effect.do !== 'show') continue;
            expect(effect.epoch).toBeGreaterThanOrEqual(newest);
            newest = effect.epoch;
          }
          if (state.at === 'lost') expect(step.state).toBe(state);
          if (step.state.at === 'bound' && state.at === 'blank') expect(step.state.epoch).toBe(state.epoch);
          state = step.state;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
