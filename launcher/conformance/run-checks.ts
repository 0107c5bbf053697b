import type { Check } from './report.ts';

/** One thing that must be so. It says what it saw; a throw of `NotSo` is a failure, and any other a fault told as one. */
export type Question = {
  readonly id: string;
  readonly title: string;
  readonly ask: (signal: AbortSignal) => Promise<string | Unasked> | string | Unasked;
};

/** Nothing was tried, and why: it is neither held nor failed. */
export class Unasked {
  readonly outcome: 'not-applicable' | 'not-asked';
  readonly why: string;
  private constructor(outcome: Unasked['outcome'], why: string) {
    this.outcome = outcome;
    this.why = why;
  }
  /** There is nothing of the kind here, and that is well. */
  static doesNotApply(why: string): Unasked {
    return new Unasked('not-applicable', why);
  }
  /** It would apply, but what it needs was not given or did not come. */
  static couldNot(why: string): Unasked {
    return new Unasked('not-asked', why);
  }
}

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
      const said = await ask(signal);
      const found =
        said instanceof Unasked
          ? { outcome: said.outcome, words: said.why }
          : { outcome: 'held' as const, words: said };
      checks.push({ id, title, ...found, tookMs: deps.now() - started });
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
