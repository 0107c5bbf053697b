import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  BrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { SourceId } from '../../src/record/source.ts';
import type { Breaker } from './deps.ts';

export type BreakerSettings = {
  /** Failures in a row after which a source is left alone. */
  readonly failures: number;
  readonly openMs: number;
  /** Told when a source is left alone and when it is asked again: for metrics and logs. */
  readonly onChange?: (source: SourceId, state: 'open' | 'closed') => void;
};

/** A verdict travels with the result, so that one policy serves every kind of work. */
type Judged = { readonly failed: boolean };

/**
 * One circuit per source, for the life of the launcher. A failing source is left alone for a while, then asked by one
 * view; the others are told "open" at once rather than made to wait for that one.
 */
export function createBreaker(settings: BreakerSettings): Breaker {
  const circuits = new Map<SourceId, CircuitBreakerPolicy>();

  function circuitOf(source: SourceId): CircuitBreakerPolicy {
    const known = circuits.get(source);
    if (known) return known;
    const circuit = circuitBreaker(
      handleWhenResult((result) => (result as Judged).failed),
      { halfOpenAfter: settings.openMs, breaker: new ConsecutiveBreaker(settings.failures) },
    );
    circuit.onBreak(() => settings.onChange?.(source, 'open'));
    circuit.onReset(() => settings.onChange?.(source, 'closed'));
    circuits.set(source, circuit);
    return circuit;
  }

  return {
    async run(source, work, isFailure) {
      const circuit = circuitOf(source);
      if (circuit.state === CircuitState.HalfOpen) return 'open';
      try {
        const judged = await circuit.execute(async () => {
          const result = await work();
          return { result, failed: isFailure(result) };
        });
        return judged.result;
      } catch (error) {
        if (error instanceof BrokenCircuitError) return 'open';
        throw error;
      }
    },
  };
}
