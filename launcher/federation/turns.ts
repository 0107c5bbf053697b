/**
 * Pages are parsed and read one at a time, whichever source or view they belong to, and after each the event loop goes
 * round a few times: an answer needs some rounds from the socket to the next request. (`setImmediate` alone runs all
 * that are waiting in one go.) Whoever has had the fewest turns goes first: that is the slowest organisation, whose next
 * page must not wait for the reading of everybody else's, and a new view before one that is far along. But nobody is
 * overtaken for ever: where new views keep coming, somebody always has had fewer.
 */
const ROUNDS = 3;
const MOST_OVERTAKEN = 32;
/** Less than any number of turns had. */
const IN_HAND = -1;

export type Turns = {
  /**
   * Resolves when it is the caller's turn; at once when nobody else is at work. Whoever leaves is refused and takes none.
   * `in-hand`: for a page that has been parsed already and goes before all that have not: parsed it takes the most memory.
   */
  next(signal?: AbortSignal, page?: 'in-hand'): Promise<void>;
};

type Waiting = { readonly had: number; overtaken: number; readonly go: () => void };

const waiting: Waiting[] = [];
let busy = false;

/** One for each source of each view. */
export function createTurns(): Turns {
  let had = 0;
  return {
    next: (signal, page) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(reasonOf(signal));
          return;
        }
        const mine = page === 'in-hand' ? IN_HAND : had++;
        if (!busy) {
          take(resolve);
          return;
        }
        const leave = (): void => {
          waiting.splice(waiting.indexOf(one), 1);
          reject(reasonOf(signal));
        };
        const go = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const one: Waiting = { had: mine, overtaken: 0, go };
        waiting.push(one);
        signal?.addEventListener('abort', leave, { once: true });
      }),
  };
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('left');
}

function take(go: () => void): void {
  busy = true;
  go();
  let rounds = ROUNDS;
  const goRound = (): void => {
    if (--rounds > 0) setImmediate(goRound);
    else passOn();
  };
  setImmediate(goRound);
}

function passOn(): void {
  const place = first();
  const [one] = waiting.splice(place, 1);
  if (!one) {
    busy = false;
    return;
  }
  // Only who came before and is still there has been overtaken.
  for (let index = 0; index < place; index++) {
    const other = waiting[index];
    if (other) other.overtaken++;
  }
  take(one.go);
}

/** A page in hand; in order of coming, whoever was overtaken too often; else whoever has had the fewest. */
function first(): number {
  const inHand = waiting.findIndex(({ had }) => had === IN_HAND);
  if (inHand >= 0) return inHand;
  const patient = waiting.findIndex(({ overtaken }) => overtaken >= MOST_OVERTAKEN);
  if (patient >= 0) return patient;
  return waiting.reduce((best, one, index) => (one.had < (waiting[best]?.had ?? Infinity) ? index : best), 0);
}
