import { endLeases } from '../storage/tables/message-outbox.ts';
import { createDeliveryRounds, type DeliveryDeps } from './delivery-rounds.ts';

/**
 * Hands over what waits: at least once on the wire, exactly once into an inbox, in order for each thread and team. What
 * fails is tried again with growing pauses and, at the end, given up and said so; it holds up no other thread. Several
 * launchers share the work by leases, and what a killed one held is taken up when its lease has run out.
 */
type DeliveryWorker = {
  /** Something was written: look at once. */
  kick(): void;
  stop(): Promise<void>;
};

export function startDeliveryWorker(deps: DeliveryDeps): DeliveryWorker {
  const stopping = new AbortController();
  const bell = createBell();
  const rounds = createDeliveryRounds(deps, stopping.signal, () => bell.ring());
  const renewing = setInterval(() => void rounds.renew().catch(deps.onFailure), deps.limits.leaseMs / 3);
  renewing.unref();

  async function run(): Promise<void> {
    // The embedded store has one writer: whoever held a lease before us is gone.
    if (deps.dialect === 'sqlite') await endLeases(deps.database.queries);
    while (!stopping.signal.aborted) {
      const more = await rounds.round().catch((error: unknown) => {
        deps.onFailure(error);
        return false;
      });
      if (!more) await bell.wait(deps.limits.deliverMs, stopping.signal);
    }
  }

  const running = run().catch(deps.onFailure);
  return {
    kick: () => bell.ring(),
    async stop() {
      clearInterval(renewing);
      stopping.abort();
      bell.ring();
      await running;
      await rounds.end().catch(deps.onFailure);
    },
  };
}

/** Waits for a time or for the bell, whichever comes first; a ring that nobody waited for counts for the next. */
function createBell(): { ring(): void; wait(ms: number, signal: AbortSignal): Promise<void> } {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms, signal) => {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      rung = false;
    },
  };
}
