import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run bench -- B1` runs one scenario; without a name, all of them and a table. Each prints one JSON line last. */
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'));
const wanted = process.argv[2]?.toLowerCase();
const chosen = wanted ? files.filter((file) => file.toLowerCase().split(/[-.]/)[0] === wanted) : files;

if (chosen.length === 0) {
  console.error(
    `No benchmark is called ${process.argv[2]}. There are: ${files.map((file) => file.split(/[-.]/)[0]?.toUpperCase()).join(', ')}`,
  );
  process.exit(2);
}

const results: { readonly bench: string; readonly ratio: number; readonly target: number; readonly ok: boolean }[] = [];
for (const file of chosen) {
  const line = await runOne(join(import.meta.dirname, file));
  if (line) results.push(JSON.parse(line) as (typeof results)[number]);
  else process.exitCode = 1;
}
if (!wanted) console.table(results.map(({ bench, ratio, target, ok }) => ({ bench, ratio, target, ok })));

/** The scenario's own process, so that nothing measured before it is still warm. Returns its last line. */
function runOne(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--expose-gc', path, ...process.argv.slice(3)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last: string | undefined;
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      process.stdout.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      last = lines.findLast((line) => line.startsWith('{')) ?? last;
    });
    child.once('exit', (code) => resolve(code === 0 ? last : undefined));
  });
}
