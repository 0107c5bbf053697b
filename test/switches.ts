import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { SwitchReport } from './support/switch-report.ts';
import { launchBrowser } from './support/browser.ts';

/**
 * `npm run switches [-- COUNT [SEED]]`: ten thousand random sequences of switches, refreshes and steps back in Chromium,
 * each frame held against what the host vouches for. Exit 0 when none was wrong. A few hundred of them run in `npm test`.
 */
const COUNT = Number(process.argv[2] ?? 10_000);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);
const AT_A_TIME = 250;
const LIMIT_MS = 200;
/** Some of them with a record as long as any, looked at by itself. */
const LARGE = { sequences: 40, entries: 1_500 };

const ROOT = join(import.meta.dirname, '..');
const { outputFiles } = await build({
  stdin: {
    contents: `import '../src/define.ts'; import { runSwitches } from './support/browser/switches.ts'; Object.assign(window, { runSwitches });`,
    resolveDir: join(ROOT, 'test'),
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'esm',
  splitting: false,
  target: 'es2022',
  tsconfig: join(ROOT, 'tsconfig.browser.json'),
  logLevel: 'error',
});
const script = outputFiles[0]?.text ?? '';
const server = createServer((request, response) => {
  const isScript = request.url === '/switches.js';
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
  response.end(isScript ? script : '<!doctype html><script type="module" src="/switches.js"></script>');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
// No waiting for a screen: ten thousand sequences would take an hour at sixty frames a second.
const browser = await launchBrowser(['--disable-frame-rate-limit', '--disable-gpu-vsync']);
const reports: SwitchReport[] = [];
let large: SwitchReport;
const started = Date.now();

try {
  for (let done = 0; done < COUNT; done += AT_A_TIME) {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    await page.waitForFunction('"runSwitches" in window');
    const count = Math.min(AT_A_TIME, COUNT - done);
    reports.push(await page.evaluate(`runSwitches(${String(count)}, ${String(SEED + done)}, 8)`));
    await page.close();
    process.stdout.write(`\r${String(done + count)} of ${String(COUNT)} sequences, ${String(wrongs().length)} wrong `);
  }
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${String(port)}/`);
  await page.waitForFunction('"runSwitches" in window');
  large = await page.evaluate(`runSwitches(${String(LARGE.sequences)}, ${String(SEED)}, 1, ${String(LARGE.entries)})`);
  reports.push({ ...large, blankMs: { p50: 0, p99: 0, slowest: 0 } });
} finally {
  await browser.close();
  server.close();
}

const sum = (name: 'sequences' | 'moves' | 'frames' | 'shown'): number =>
  reports.reduce((total, report) => total + report[name], 0);
const worst = (name: 'p50' | 'p99' | 'slowest'): number => Math.max(...reports.map(({ blankMs }) => blankMs[name]));
console.log(
  `\nseed ${String(SEED)}: ${String(sum('sequences'))} sequences, ${String(sum('moves'))} moves, ${String(sum('frames'))} frames looked at (${String(sum('shown'))} with a record), ${String(Math.round((Date.now() - started) / 1000))} s`,
);
console.log(
  `blank after the host’s word, in the worst ${String(AT_A_TIME)}: half within ${worst('p50').toFixed(1)} ms, 99 of 100 within ${worst('p99').toFixed(1)} ms, all within ${worst('slowest').toFixed(1)} ms`,
);
console.log(
  `of records with ${String(LARGE.entries)} statements: ${inWords(large)}; work of a fifth of a millisecond that is none of ours took up to ${Math.max(...reports.map(({ machineMs }) => machineMs)).toFixed(1)} ms meanwhile`,
);
for (const line of wrongs()) console.log(`✗ ${line}`);
process.exitCode =
  wrongs().length === 0 &&
  sum('sequences') === COUNT + LARGE.sequences &&
  Math.max(worst('p99'), large.blankMs.p99) <= LIMIT_MS
    ? 0
    : 1;

function inWords({ blankMs: { p50, p99, slowest } }: SwitchReport): string {
  return `half within ${p50.toFixed(1)} ms, 99 of 100 within ${p99.toFixed(1)} ms, all within ${slowest.toFixed(1)} ms`;
}

function wrongs(): readonly string[] {
  return reports.flatMap(({ wrong }) => wrong);
}
