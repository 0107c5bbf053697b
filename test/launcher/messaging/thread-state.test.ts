import { describe, expect, it } from 'vitest';
import {
  type Act,
  dueAfterHandover,
  nextStep,
  type Proof,
  standingOf,
  stateOf,
  type TeamPromise,
} from '../../../launcher/messaging/thread-state.ts';

const [WARD, SURGERY, PARTNERS] = ['XH001/ward', 'XB001/duty', 'XB001/partners'];
const at = (hour: number): string => new Date(Date.UTC(2026, 10, 22, hour)).toISOString();
const TEAM: TeamPromise = { deadlineHours: { urgent: 4, routine: 72 }, escalatesTo: PARTNERS };

const ask = (version: number, hour = 9, dueHour: number | undefined = 13): Act => ({
  version,
  kind: 'ask',
  at: at(hour),
  from: WARD,
  to: SURGERY,
  ...(dueHour !== undefined && { dueAt: at(dueHour) }),
});
const act = (version: number, kind: Act['kind'], more: Partial<Act> = {}): Act => ({
  version,
  kind,
  at: at(10),
  from: SURGERY,
  ...more,
});
const proof = (version: number, kind: Proof['kind'], address = SURGERY): Proof => ({
  version,
  address,
  kind,
  at: at(9),
});

const state = (acts: readonly Act[], proofs: readonly Proof[] = [], hour = 9): string =>
  stateOf(standingOf(acts), proofs, at(hour));

describe('the state of a conversation', () => {
  it('is made of no log that has a gap, or that begins with nothing written', () => {
    expect(() => standingOf([])).toThrow();
    expect(() => standingOf([act(1, 'take')])).toThrow();
    expect(() => standingOf([ask(1), act(3, 'take')])).toThrow();
  });

  it('is never more than what is proven with whoever has it now', () => {
    expect(state([ask(1)])).toBe('queued');
    expect(state([ask(1)], [proof(1, 'delivered', PARTNERS), proof(1, 'opened', PARTNERS)])).toBe('queued');
    expect(state([ask(1)], [proof(1, 'delivered')])).toBe('delivered');
    expect(state([ask(1)], [proof(1, 'opened')])).toBe('opened');
    expect(state([ask(1)], [proof(1, 'undeliverable')])).toBe('undeliverable');
    const given = [ask(1), act(2, 'reassign', { to: PARTNERS })];
    expect(state(given, [proof(1, 'opened')])).toBe('queued');
    expect(state([ask(1), ask(2, 10)], [proof(1, 'opened')])).toBe('queued');
  });

  it('is answered by the other side’s word alone, and asks anew when there is another question', () => {
    expect(state([ask(1), act(2, 'take')], [proof(1, 'opened')])).toBe('opened');
    expect(state([ask(1), act(2, 'answer', { to: WARD })])).toBe('answered');
    expect(state([ask(1), act(2, 'answer', { to: WARD })], [], 20)).toBe('answered');
    const again = [ask(1), act(2, 'answer', { to: WARD }), ask(3, 11, 15)];
    expect(state(again)).toBe('queued');
    expect(standingOf(again).dueAt).toBe(at(15));
  });

  it('is overdue from the time it was due, by the first question that waits', () => {
    expect(state([ask(1)], [proof(1, 'opened')], 12)).toBe('opened');
    expect(state([ask(1)], [proof(1, 'opened')], 13)).toBe('overdue');
    expect(state([ask(1), ask(2, 12, 18)], [], 13)).toBe('overdue');
  });

  it('is escalated while whoever it went to has it, and closed whatever else it is', () => {
    const moved = [ask(1), act(2, 'escalate', { to: PARTNERS, at: at(13), dueAt: at(17), rule: 'message.overdue' })];
    expect(state(moved, [], 14)).toBe('escalated');
    expect(state([...moved, act(3, 'reassign', { to: SURGERY, at: at(14) })], [], 14)).toBe('overdue');
    expect(state([...moved, act(3, 'close')], [], 14)).toBe('closed');
    expect(state([...moved, act(3, 'close'), act(4, 'reopen')], [], 14)).toBe('escalated');
  });

  it('is not answered by what the system of who asked refused, until they have it after all', () => {
    const answered = [ask(1), act(2, 'answer', { to: WARD })];
    const refused = proof(2, 'undeliverable', WARD);
    expect(state(answered, [refused])).toBe('undeliverable');
    expect(state(answered, [proof(1, 'undeliverable')])).toBe('answered');
    expect(state(answered, [refused, proof(2, 'opened', WARD)])).toBe('answered');
    expect(state([...answered, act(3, 'answer', { to: WARD })], [refused])).toBe('answered');
  });

  it('is opened by nobody since it was handed back to who had it once, while their system has it still', () => {
    const back = [ask(1), act(2, 'reassign', { to: PARTNERS }), act(3, 'reassign', { to: SURGERY, at: at(11) })];
    const before = [proof(1, 'delivered'), proof(1, 'opened'), proof(1, 'opened', PARTNERS)];
    expect(state(back, before, 11)).toBe('delivered');
    expect(state(back, [...before.slice(0, 1), { ...proof(1, 'opened'), at: at(12) }], 12)).toBe('opened');
  });

  it('belongs to whoever took it on until it is given to somebody else', () => {
    expect(standingOf([ask(1), act(2, 'take')]).takenBy).toBe(2);
    expect(standingOf([ask(1), act(2, 'take'), act(3, 'reassign', { to: PARTNERS })]).takenBy).toBeUndefined();
    const answered = [ask(1), act(2, 'take'), act(3, 'answer')];
    expect(standingOf(answered).takenBy).toBe(2);
    expect(standingOf([...answered, ask(4, 12, 16)]).takenBy).toBeUndefined();
    expect(standingOf([ask(1), act(2, 'take'), ask(3, 10)]).takenBy).toBe(2);
  });
});

describe('the next step of what nobody takes up', () => {
  const next = (acts: readonly Act[], proofs: readonly Proof[] = [], urgency: 'urgent' | 'routine' = 'urgent') =>
    nextStep(standingOf(acts), proofs, urgency, TEAM);

  it('is none when it is answered, closed, or there is nobody to pass it to', () => {
    expect(next([ask(1), act(2, 'answer', { to: WARD })])).toBeUndefined();
    expect(next([ask(1), act(2, 'close')])).toBeUndefined();
    expect(nextStep(standingOf([ask(1)]), [], 'urgent', { deadlineHours: TEAM.deadlineHours })).toBeUndefined();
    expect(nextStep(standingOf([ask(1)]), [], 'urgent', undefined)).toBeUndefined();
  });

  it('is half-way to the time due while nobody has opened what is urgent, and the time due otherwise', () => {
    expect(next([ask(1)])).toEqual({ at: at(11), rule: 'message.urgent-unopened', to: PARTNERS });
    expect(next([ask(1)], [proof(1, 'delivered')])).toMatchObject({ at: at(11) });
    expect(next([ask(1)], [proof(1, 'opened')])).toEqual({ at: at(13), rule: 'message.overdue', to: PARTNERS });
    expect(next([ask(1)], [], 'routine')).toMatchObject({ at: at(13), rule: 'message.overdue' });
  });

  it('is the time due where somebody has taken it on, and half of what is left from another question on', () => {
    expect(next([ask(1), act(2, 'take')])).toEqual({ at: at(13), rule: 'message.overdue', to: PARTNERS });
    expect(next([ask(1), act(2, 'take'), act(3, 'reassign', { to: SURGERY })])).toMatchObject({
      at: '2026-11-22T11:30:00.000Z',
    });
    const more = [ask(1), ask(2, 11)];
    expect(next(more, [proof(1, 'opened')])).toMatchObject({ at: at(12), rule: 'message.urgent-unopened' });
    expect(next([ask(1), ask(2, 14)])).toMatchObject({ at: at(13), rule: 'message.overdue' });
  });

  it('is half-way again for what was handed back to who had opened it', () => {
    const back = [ask(1), act(2, 'reassign', { to: PARTNERS }), act(3, 'reassign', { to: SURGERY, at: at(11) })];
    expect(next(back, [proof(1, 'opened')])).toMatchObject({ at: at(12), rule: 'message.urgent-unopened' });
  });

  it('is at once when it can’t be delivered', () => {
    expect(next([ask(1)], [proof(1, 'undeliverable')], 'routine')).toMatchObject({
      at: at(9),
      rule: 'message.undeliverable',
    });
  });

  it('leaves who is given it what is left of the time, or their own once that has gone by', () => {
    const standing = standingOf([ask(1)]);
    expect(dueAfterHandover(standing, at(10), 'urgent', TEAM)).toBe(at(13));
    expect(dueAfterHandover(standing, at(14), 'urgent', TEAM)).toBe(at(18));
    expect(dueAfterHandover(standingOf([ask(1), act(2, 'answer')]), at(14), 'urgent', TEAM)).toBeUndefined();
  });
});
