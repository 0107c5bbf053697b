/**
 * Pages are read one at a time, whichever source or view they belong to, and after each the event loop goes round
 * several times: an answer needs a few rounds from the socket to the next request, and a slow organisation's must not
 * be held up by the reading of everybody else's. (`setImmediate` alone runs all that are waiting in one go.)
 */
const ROUNDS = 8;
const waiting: (() => void)[] = [];
let busy = false;

/** Resolves when it is the caller's turn; in the order of asking, and at once when nobody else is reading. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (busy) waiting.push(resolve);
    else take(resolve);
  });
}

function take(resolve: () => void): void {
  busy = true;
  resolve();
  let rounds = ROUNDS;
  const goRound = (): void => {
    if (--rounds > 0) setImmediate(goRound);
    else next();
  };
  setImmediate(goRound);
}

function next(): void {
  const resolve = waiting.shift();
  if (resolve) take(resolve);
  else busy = false;
}
