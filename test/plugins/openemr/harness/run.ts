import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTP_CASES } from './http-cases.ts';
import { servePhp } from './php-server.ts';

/**
 * `npm run openemr`: the PHP module, really run. Each file is parsed by PHP; then its classes run among stubs of OpenEMR's
 * as 7, 8.0 and later releases of 8 have them, its card through Twig, and its pages behind PHP's own server. No OpenEMR is there.
 */
const HERE = import.meta.dirname;
const MODULE = join(HERE, '..', '..', '..', '..', 'plugins', 'openemr', 'module', 'oe-module-shared-record');
const TWIG = '/usr/share/php/Twig/autoload.php';

const php = spawnSync('php', ['-r', 'echo PHP_VERSION;'], { encoding: 'utf8' });
if (php.status !== 0) {
  console.error('PHP is not installed, so nothing was run. On Debian: apt-get install php-cli php-twig');
  process.exit(1);
}
if (!existsSync(TWIG)) {
  console.error('Twig is not installed, so nothing was run. On Debian: apt-get install php-twig');
  process.exit(1);
}
console.log(`PHP ${php.stdout}`);

let passed = 0;
const failed: string[] = [];
const note = (does: string, fault?: string): void => {
  if (fault === undefined) passed++;
  else failed.push(`${does}: ${fault}`);
  console.log(fault === undefined ? `  ✓ ${does}` : `  ✗ ${does}\n    ${fault}`);
};

console.log('\nParsed by PHP');
for (const file of globSync('**/*.php', { cwd: MODULE })) {
  const { status, stdout, stderr } = spawnSync('php', ['-l', join(MODULE, file)], { encoding: 'utf8' });
  note(file, status === 0 ? undefined : stdout + stderr);
}

for (const release of ['7', '8.0', '8']) {
  const root = mkdtempSync(join(tmpdir(), 'corridor-openemr-'));
  try {
    await runAs(release, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
console.log(`\n${String(passed)} passed, ${String(failed.length)} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runAs(release: string, root: string): Promise<void> {
  const place = join(root, 'interface', 'modules', 'custom_modules', 'oe-module-shared-record');
  mkdirSync(place, { recursive: true });
  cpSync(MODULE, place, { recursive: true });
  const stubs = join(HERE, 'stubs', 'globals.php');
  writeFileSync(join(root, 'interface', 'globals.php'), `<?php require ${JSON.stringify(stubs)};\n`);
  writeFileSync(
    join(root, 'proof.php'),
    `<?php require ${JSON.stringify(stubs)}; echo Corridor\\OpenEMR\\SharedRecord\\Proof::make(World::$now['session']['pid']);\n`,
  );
  const environment = { ...process.env, OPENEMR: release, CORRIDOR_MODULE: place };

  console.log(`\nInside a process like OpenEMR ${release}’s`);
  const ran = spawnSync('php', [join(HERE, 'cases.php')], { env: environment, encoding: 'utf8', timeout: 60_000 });
  const lines = ran.stdout.split('\n');
  lines.forEach((line, at) => {
    const [, not, does] = /^(not )?ok \d+ - (.*)$/.exec(line) ?? [];
    if (does !== undefined) note(does, not === undefined ? undefined : (lines[at + 1]?.trim() ?? 'failed'));
  });
  if (ran.status !== 0) note('the cases run to their end', ran.stderr + ran.stdout.slice(-500));

  console.log(`\nOver HTTP, as OpenEMR ${release}`);
  const server = await servePhp(root, { ...environment, CORRIDOR_HOSTILE: '1' });
  try {
    for (const { does, run } of HTTP_CASES)
      await run(server.url).then(
        () => note(does),
        (error: unknown) => note(does, error instanceof Error ? error.message : String(error)),
      );
  } finally {
    await server.close();
  }
}
