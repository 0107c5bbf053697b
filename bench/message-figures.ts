import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Ledger } from './message-inbox.ts';
import { median } from './statistics.ts';

/** What is counted and measured, and goes on from one run to the next. */
type State = ReturnType<typeof newState>;

function newState() {
  return {
    nextThread: 0,
    acknowledged: 0,
    failed: 0,
    kills: 0,
    workMs: 0,
    wallMs: 0,
    handed: 0,
    /** From a kill to the first that is acknowledged after it, and to the first that is with the EPR. */
    recoveries: [] as number[],
    delivers: [] as number[],
    /** The same where nobody stood by. */
    restarts: [] as number[],
    /** Processor time of the next launcher until its first is acknowledged: what a recovery takes on a machine of its own. */
    recoveryCpu: [] as number[],
    restartCpu: [] as number[],
    sealKey: randomBytes(32).toString('base64'),
  };
}

export function readState(file: string): State {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<State>) : {};
  return { ...newState(), ...kept };
}

/** The longest that anybody waited for the next launcher. */
export function slowest({ recoveries, delivers, restarts }: State): number {
  return Math.max(most(recoveries), most(delivers), most(restarts));
}

export function figuresOf(state: State): object {
  const { acknowledged, workMs, wallMs, recoveries, delivers, restarts, recoveryCpu, restartCpu } = state;
  return {
    perSecondOfCpu: Math.round(acknowledged / (workMs / 1_000)),
    perSecond: Math.round(acknowledged / (wallMs / 1_000)),
    cpuSeconds: Math.round(workMs / 1_000),
    seconds: Math.round(wallMs / 1_000),
    recoveryMs: Math.round(median(recoveries)),
    recoveryMaxMs: Math.round(most(recoveries)),
    deliversAgainMs: Math.round(median(delivers)),
    deliversAgainMaxMs: Math.round(most(delivers)),
    restartMs: Math.round(median(restarts)),
    restartMaxMs: Math.round(most(restarts)),
    recoveryCpuMs: Math.round(median(recoveryCpu)),
    recoveryCpuMaxMs: Math.round(most(recoveryCpu)),
    restartCpuMs: Math.round(median(restartCpu)),
    restartCpuMaxMs: Math.round(most(restartCpu)),
  };
}

export function progressOf(state: State, ledger: Ledger, asked: number, seconds: number): string {
  const { acknowledged, kills, recoveries, recoveryCpu, restarts, restartCpu } = state;
  return [
    `${String(acknowledged)} of ${String(asked)} acknowledged, ${String(ledger.arrived)} with the EPR`,
    `${String(kills)} killed, ${String(ledger.doubled)} doubled, ${String(ledger.reordered)} reordered`,
    `${String(Math.round(acknowledged / seconds))} a second in ${String(Math.round(seconds))} s`,
    `recovered in ${inMs(recoveries)}, by ${inMs(recoveryCpu)} of the processor`,
    `begun again in ${inMs(restarts)}, by ${inMs(restartCpu)} of the processor`,
  ].join('; ');
}

function inMs(values: readonly number[]): string {
  return `${String(Math.round(median(values)))} ms (at most ${String(Math.round(most(values)))})`;
}

function most(values: readonly number[]): number {
  return values.reduce((found, one) => Math.max(found, one), 0);
}
