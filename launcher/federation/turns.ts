/**
 * Pages are parsed and read one at a time, whichever source or view they belong to, and after each the event loop goes
 * round a few times: an answer needs some rounds from the socket to the next request. (`setImmediate` alone runs all
 * that are waiting in one go.) Whoever has had the fewest turns goes first: that is the slowest organisation, whose next
 * page must not wait for the reading of everybody else's, and a new view before one that is far along.
 */
const ROUNDS = 3;

export type Turns = {
  /** Resolves when it is the caller's turn; at once when nobody else is at work. */
  next(): Promise<void>;
};

type Waiting = { readonly had: number; readonly go: () => void };

const waiting: Waiting[] = [];
let busy = false;

/** One for each source of each view. */
export function createTurns(): Turns {
  let had = 0;
  return {
    next: () =>
      new Promise((resolve) => {
        if (busy) waiting.push({ had: had++, go: resolve });
        else {
          had++;
          take(resolve);
        }
      }),
  };
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
  const first = waiting.reduce((best, one, index) => (one.had < (waiting[best]?.had ?? Infinity) ? index : best), 0);
  const [one] = waiting.splice(first, 1);
  if (one) take(one.go);
  else busy = false;
}
