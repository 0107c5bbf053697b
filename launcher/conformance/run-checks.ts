import type { Check } from './report.ts';

/** One thing that must be so. It says what it saw; a throw of `NotSo` is a failure, and any other a fault told as one. */
export type Question = {
  readonly id: string;
  readonly title: string;
  /** `undefined`: there was nothing to ask here. */
  readonly ask: (signal: AbortSignal) => Promise<string | undefined> | string | undefined;
};

export class NotSo extends Error {}

export type Progress = (done: number, of: number, title: string) => void;

/** One after another, so that nobody is asked more than a user would ask; each within its time. */
export async function runChecks(
  questions: readonly Question[],
  deps: { readonly limitMs: number; readonly progress?: Progress; readonly now: () => number },
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const { id, title, ask } of questions) {
    deps.progress?.(checks.length, questions.length, title);
    const started = deps.now();
    const signal = AbortSignal.timeout(deps.limitMs);
    try {
      const words = await ask(signal);
      const outcome = words === undefined ? 'not-applicable' : 'held';
      checks.push({ id, title, outcome, words: words ?? '', tookMs: deps.now() - started });
    } catch (cause) {
      const late = signal.aborted ? `no answer within ${String(deps.limitMs)} ms` : undefined;
      const words = late ?? (cause instanceof Error ? cause.message : 'a fault');
      checks.push({ id, title, outcome: 'failed', words, tookMs: deps.now() - started });
    }
  }
  deps.progress?.(questions.length, questions.length, '');
  return checks;
}

export function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new NotSo(otherwise);
}
