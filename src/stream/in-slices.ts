import { whileRemembering } from '../record/remember.ts';
import { letOthersRun, SLICE_MS } from './let-others-run.ts';

/** Runs the steps, letting others run between slices; `undefined` once nobody wants the result any more. */
export async function inSlices<T>(steps: Generator<undefined, T>, wanted: () => boolean): Promise<T | undefined> {
  for (let until = performance.now() + SLICE_MS; wanted();) {
    const step = whileRemembering(() => steps.next());
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await letOthersRun();
    until = performance.now() + SLICE_MS;
  }
  return undefined;
}

/** Resolves at that moment of `performance.now()`; at once when it is past. */
export function untilMoment(moment: number): Promise<void> {
  return moment <= performance.now()
    ? Promise.resolve()
    : new Promise((resolve) => setTimeout(resolve, moment - performance.now()));
}
