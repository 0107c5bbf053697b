import type { AckResult, ContextSignal, HostPatient, LostReason } from '../../../plugins/host-port.ts';
import { comparePeople, type RecordPerson } from './same-person.ts';

/**
 * Which patient this window may show, and no other: IDLE → BINDING → BOUND(n) → BLANK → BOUND(n+1) | LOST (plugins.md §5).
 * Pure: an event comes in, the next state and what has to be done come out, in the order in which it has to be done.
 */
export type ContextState =
  | { readonly at: 'idle' }
  | { readonly at: 'binding'; readonly epoch: number; readonly person: RecordPerson }
  | { readonly at: 'bound'; readonly epoch: number; readonly person: RecordPerson }
  /** Nobody is shown; `opening`: the record of this epoch's patient is on its way. */
  | { readonly at: 'blank'; readonly epoch: number; readonly opening: boolean }
  /** For good: only a new launch, in a new document, shows anybody again. */
  | { readonly at: 'lost'; readonly epoch: number; readonly reason: Lost };

export type Lost = LostReason | 'idle' | 'hidden' | 'left' | 'closed' | 'refused';

export type ContextEvent =
  /** The launcher has opened a session for this person. */
  | { readonly type: 'launched'; readonly person: RecordPerson }
  /** The host says whom it shows; `undefined`: it does not say. */
  | { readonly type: 'connected'; readonly epoch: number; readonly patient: HostPatient | null | undefined }
  | { readonly type: 'signal'; readonly signal: ContextSignal }
  /** A ticket has been redeemed, or could not be. */
  | { readonly type: 'redeemed'; readonly epoch: number; readonly person: RecordPerson; readonly patient?: HostPatient }
  | { readonly type: 'refused'; readonly epoch: number }
  /** The banner of this epoch's patient has been painted. */
  | { readonly type: 'painted'; readonly epoch: number }
  | { readonly type: 'over'; readonly reason: Lost };

export type ContextEffect =
  /** Off the screen and all requests aborted, in this same task. Always first. */
  | { readonly do: 'blank' }
  | { readonly do: 'end-session' }
  | { readonly do: 'audit'; readonly from: number; readonly to: number; readonly why: string }
  /** Shows the record of the session that is held. */
  | { readonly do: 'show'; readonly epoch: number }
  | { readonly do: 'redeem'; readonly epoch: number; readonly ticket: string; readonly patient?: HostPatient }
  /** A session came for an epoch that is over: it is ended unseen. */
  | { readonly do: 'end-unseen' }
  | { readonly do: 'ack'; readonly epoch: number; readonly result: AckResult; readonly reason?: string }
  | { readonly do: 'say'; readonly what: 'relaunch' | 'lost' | 'opening'; readonly reason?: Lost };

export type Step = { readonly state: ContextState; readonly effects: readonly ContextEffect[] };

export const IDLE: ContextState = { at: 'idle' };

export function stepContext(state: ContextState, event: ContextEvent): Step {
  if (event.type === 'redeemed') return redeemed(state, event);
  if (state.at === 'lost') return { state, effects: [] };
  if (event.type === 'over') return lose(state, epochOf(state), event.reason);
  if (event.type === 'launched')
    return state.at === 'idle'
      ? { state: { at: 'binding', epoch: 0, person: event.person }, effects: [] }
      : stay(state);
  if (event.type === 'connected') return connected(state, event);
  if (event.type === 'painted')
    return state.at === 'bound' && state.epoch === event.epoch
      ? { state, effects: [{ do: 'ack', epoch: event.epoch, result: 'shown' }] }
      : stay(state);
  if (event.type === 'refused')
    return state.at === 'blank' && state.opening && state.epoch === event.epoch
      ? lose(state, event.epoch, 'refused')
      : stay(state);
  return signalled(state, event.signal);
}

function connected(state: ContextState, { epoch, patient }: Extract<ContextEvent, { type: 'connected' }>): Step {
  if (state.at !== 'binding') return stay(state);
  if (patient === null || (patient !== undefined && comparePeople(patient, state.person) === 'another'))
    return lose(state, epoch, 'mismatch');
  return { state: { at: 'bound', epoch, person: state.person }, effects: [{ do: 'show', epoch }] };
}

function signalled(state: Exclude<ContextState, { at: 'lost' }>, signal: ContextSignal): Step {
  const held = epochOf(state);
  if (signal.type === 'lost') return lose(state, signal.epoch, signal.reason);
  if (signal.type === 'closing') return signal.epoch === held ? closing(state) : lose(state, signal.epoch, 'mismatch');
  const { context } = signal;
  // A number left out is a change that never came; one that came before is an old answer. Neither may be guessed at.
  if (context.epoch !== held + 1) return lose(state, context.epoch, 'mismatch');
  const { epoch, patient, ticket } = context;
  const off: readonly ContextEffect[] = [{ do: 'blank' }, { do: 'audit', from: held, to: epoch, why: 'change' }];
  if (patient === null)
    return {
      state: { at: 'blank', epoch, opening: false },
      effects: [...off, { do: 'end-session' }, { do: 'say', what: 'relaunch' }, { do: 'ack', epoch, result: 'shown' }],
    };
  if (ticket !== undefined)
    return {
      state: { at: 'blank', epoch, opening: true },
      effects: [
        ...off,
        { do: 'end-session' },
        { do: 'say', what: 'opening' },
        { do: 'ack', epoch, result: 'pending' },
        { do: 'redeem', epoch, ticket, ...(patient && { patient }) },
      ],
    };
  if (state.at === 'bound' && comparePeople(patient, state.person) === 'same')
    return { state: { ...state, epoch }, effects: [...off, { do: 'show', epoch }] };
  return {
    state: { at: 'blank', epoch, opening: false },
    effects: [
      ...off,
      { do: 'end-session' },
      { do: 'say', what: 'relaunch' },
      { do: 'ack', epoch, result: 'refused', reason: 'relaunch' },
    ],
  };
}

/** The session goes too: whoever comes back to this patient comes by a new word of the host. */
function closing(state: Exclude<ContextState, { at: 'lost' }>): Step {
  const epoch = epochOf(state);
  return {
    state: { at: 'blank', epoch, opening: false },
    effects: [
      { do: 'blank' },
      { do: 'audit', from: epoch, to: epoch, why: 'closing' },
      { do: 'end-session' },
      { do: 'say', what: 'relaunch' },
      { do: 'ack', epoch, result: 'shown' },
    ],
  };
}

function redeemed(state: ContextState, event: Extract<ContextEvent, { type: 'redeemed' }>): Step {
  if (state.at !== 'blank' || !state.opening || state.epoch !== event.epoch)
    return { state, effects: [{ do: 'end-unseen' }] };
  const { epoch, person, patient } = event;
  if (patient && comparePeople(patient, person) === 'another') {
    const lost = lose(state, epoch, 'mismatch');
    return { ...lost, effects: [{ do: 'end-unseen' }, ...lost.effects] };
  }
  return { state: { at: 'bound', epoch, person }, effects: [{ do: 'show', epoch }] };
}

function lose(state: ContextState, epoch: number, reason: Lost): Step {
  const from = epochOf(state);
  return {
    state: { at: 'lost', epoch: Math.max(from, epoch), reason },
    effects: [
      { do: 'blank' },
      // Who leaves has no time to tell and to end: the end of the session is written down by itself.
      ...(reason === 'left' || reason === 'closed' ? [] : [{ do: 'audit', from, to: epoch, why: reason } as const]),
      { do: 'end-session' },
      { do: 'say', what: 'lost', reason },
      { do: 'ack', epoch, result: 'refused', reason },
    ],
  };
}

function stay(state: ContextState): Step {
  return { state, effects: [] };
}

function epochOf(state: ContextState): number {
  return state.at === 'idle' ? 0 : state.epoch;
}
