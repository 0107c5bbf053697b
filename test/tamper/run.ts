import { testLogKeys } from '../support/log-image.ts';
import { openTampering, TAMPERINGS } from './tamperings.ts';

/**
 * `npm run tamper`: a hundred thousand random tamperings with logs of the audit, each of which the verifier must find
 * and place. `npm run tamper -- 5000` runs fewer; `-- 1 --seed 77` one again. The last line is one JSON object.
 */
const words = process.argv.slice(2);
const from = words.includes('--seed') ? Number(words[words.indexOf('--seed') + 1]) : 0;
const runs = Number(words.find((word, index) => /^\d+$/.test(word) && words[index - 1] !== '--seed') ?? 100_000);
const MOST_SHOWN = 20;

const tampered = openTampering(testLogKeys());
const startedAt = performance.now();
let missed = 0;
for (let seed = from; seed < from + runs; seed += 1) {
  const problem = await tampered(seed);
  if (problem === undefined) continue;
  missed += 1;
  if (missed <= MOST_SHOWN) console.log(`✗ ${problem}`);
}
const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
console.log(
  `${String(runs)} tamperings of ${String(TAMPERINGS.length)} kinds: ${String(runs - missed)} found, ${String(missed)} missed, ${String(seconds)} s`,
);
console.log(JSON.stringify({ tamperings: runs, kinds: TAMPERINGS.length, found: runs - missed, missed, seconds }));
process.exitCode = missed > 0 || runs === 0 ? 1 : 0;
