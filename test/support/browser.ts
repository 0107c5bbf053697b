import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/**
 * The Chromium the tests use, without installing anything on the system: `CHROME_PATH` when given, else the one that
 * npm brought (Linux x64), else a Chrome that is installed already.
 */
export type BrowserProgram = {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
};

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No background traffic, no sandbox (tests often run as root); web security stays on, it is what the tests are about. */
const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function findBrowser(): Promise<BrowserProgram> {
  const given = process.env['CHROME_PATH'];
  if (given) return { executablePath: given, args: ARGS, env: environment() };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedBrowser();
  const found = INSTALLED.find((path) => existsSync(path));
  if (!found) throw new Error('No Chrome or Chromium was found: install one, or set CHROME_PATH to it.');
  return { executablePath: found, args: ARGS, env: environment() };
}

export async function launchBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  const program = await findBrowser();
  return chromium.launch({
    executablePath: program.executablePath,
    args: [...program.args, ...extraArgs],
    env: program.env,
  });
}

/**
 * The package unpacks itself into the temporary directory and changes the environment as it is imported. Both are kept
 * to a private folder and undone, and the folder appears in one step, so that two test runs never see half a browser.
 */
async function unpackedBrowser(): Promise<BrowserProgram> {
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  const home = join(cache, 'corridor-chromium-153');
  if (!existsSync(home))
    await unpackInto(home, join(cache, `chromium-${process.pid}-${Math.random().toString(36).slice(2)}`));
  const fonts = join(home, 'fonts.conf');
  await writeWhole(fonts, fontsIn(home));
  return {
    executablePath: join(home, 'chromium'),
    args: [...ARGS, '--no-zygote'],
    env: { ...environment(), LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: fonts },
  };
}

/**
 * The package's own list of font folders names places that only a cloud function has; without fonts every page is blank.
 * Its own alone, not the machine's: a line that breaks on one machine and not on another is proven on neither.
 */
function fontsIn(home: string): string {
  const folders = `<dir>${join(home, 'fonts')}</dir>`;
  const cache = `<cachedir>${join(home, 'font-cache')}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}${cache}</fontconfig>\n`;
}

/** A browser that starts beside us never reads half of it: without fonts its pages are blank. */
async function writeWhole(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  const beside = `${file}.${String(process.pid)}`;
  await writeFile(beside, text);
  await rename(beside, file);
}

async function unpackInto(home: string, building: string): Promise<void> {
  await mkdir(building, { recursive: true });
  const names = ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  try {
    process.env['TMPDIR'] = building;
    process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await rename(building, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(building, { recursive: true, force: true });
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
