import tls from 'node:tls';
import { FAULTS } from './faults.ts';
import { MOMENTS, POSITIONS } from './fault.ts';
import { AUTHORITY } from './faulty-source.ts';
import { openLane } from './lane.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import { planOf, runPlan, type Cell, type Plan } from './run-cell.ts';
import { randomPlans } from './random-plans.ts';

/**
 * `npm run faults`: every fault × place × moment. `npm run faults -- F20` runs one fault's cells;
 * `npm run faults -- --random SECONDS --seed N` runs schedules of several faults at once. The last line is one JSON object.
 */
type Task = { readonly name: string; readonly plan: Plan };
type Failed = { readonly name: string; readonly problems: readonly string[] };

const LANES = 6;
const HANGS_MS = 60_000;
const words = process.argv.slice(2);
const option = (name: string): number | undefined =>
  words.includes(name) ? Number(words[words.indexOf(name) + 1]) : undefined;
const randomS = option('--random');
const seed = option('--seed') ?? Math.floor(Math.random() * 2 ** 31);
const only = words.find((word) => /^F\d\d$/i.test(word))?.toUpperCase();

const unhandled: string[] = [];
process.on('unhandledRejection', (reason) => void unhandled.push(String(reason)));
tls.setDefaultCACertificates([...tls.getCACertificates('default'), AUTHORITY.pem]);

const startedAt = performance.now();
const tasks = randomS === undefined ? matrix() : endingAt(randomPlans(seed), startedAt + randomS * 1_000);
const failed: Failed[] = [];
let passed = 0;
const keys = makeKeys();
await Promise.all(Array.from({ length: LANES }, () => runLane()));
report();

function* matrix(): Generator<Task> {
  for (const fault of FAULTS.filter(({ id }) => only === undefined || id === only)) {
    let variant = 0;
    for (const position of POSITIONS)
      for (const moment of MOMENTS) {
        const cell: Cell = { fault, position, moment, variant: variant++ };
        yield { name: `${fault.id} ${position} ${moment} #${String(cell.variant)}`, plan: planOf(cell) };
      }
  }
}

function* endingAt(plans: Generator<Task>, endMs: number): Generator<Task> {
  for (const plan of plans) {
    if (performance.now() > endMs) return;
    yield plan;
  }
}

async function runLane(): Promise<void> {
  const lane = await openLane(keys);
  for (const { name, plan } of tasks) {
    const before = unhandled.length;
    const problems = [...(await withinTime(runPlan(lane, plan)))];
    if (unhandled.length > before) problems.push(`a rejection was not handled: ${unhandled.slice(before).join('; ')}`);
    if (problems.length === 0) passed += 1;
    else {
      failed.push({ name, problems });
      console.log(`✗ ${name}\n    ${problems.join('\n    ')}`);
    }
  }
  await lane.close();
}

async function withinTime(work: Promise<readonly string[]>): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(
      () => resolve([`did not end (${String(process.getActiveResourcesInfo().length)} handles)`]),
      HANGS_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    return [`threw ${error instanceof Error ? `${error.name}: ${error.message}` : 'something'}`];
  } finally {
    clearTimeout(timer);
  }
}

function report(): void {
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const cells = passed + failed.length;
  console.log(
    `${String(cells)} ${randomS === undefined ? 'cells' : 'schedules'}: ${String(passed)} passed, ${String(failed.length)} failed, ${String(seconds)} s${randomS === undefined ? '' : `, seed ${String(seed)}`}`,
  );
  console.log(
    JSON.stringify({
      faults: randomS === undefined ? 'matrix' : 'random',
      cells,
      passed,
      failed: failed.map(({ name }) => name),
      unhandled: unhandled.length,
      seconds,
      ...(randomS !== undefined && { seed }),
    }),
  );
  process.exit(failed.length > 0 || unhandled.length > 0 || cells === 0 ? 1 : 0);
}
