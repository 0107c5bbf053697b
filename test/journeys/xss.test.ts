import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import express, { type RequestHandler } from 'express';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '../../launcher/routes/security-headers.ts';
import { buildPeople } from '../../sandbox/people/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { samplePdf } from '../support/browser/sample-pdf.ts';
import { launchBrowser } from '../support/browser.ts';
import { serveRouter, type ServedRouter } from '../support/serve-router.ts';
import { xssPayloads } from '../support/xss/payloads.ts';
import { poisoned, samplesByType } from '../support/xss/poison.ts';

/** Half a minute in all on a quiet machine; one with other work on it may take several times as long. */
const LONGEST_MS = 240_000;
/** Payloads in one string: each string path gets all of them, a hundred or so at a time. */
const AT_ONCE = 130;
const REFERRED_TO = ['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'RelatedPerson', 'Patient'];

const PAYLOADS = xssPayloads();
const CHUNKS = Array.from({ length: Math.ceil(PAYLOADS.length / AT_ONCE) }, (_, turn) =>
  PAYLOADS.slice(turn * AT_ONCE, (turn + 1) * AT_ONCE),
);
const TYPES: ReadonlySet<string> = new Set([
  ...REFERRED_TO,
  ...SECTIONS.flatMap(({ reads, takes = [] }) => [...reads, ...takes]),
]);
const COMPOSITION: Resource = {
  resourceType: 'Composition',
  id: 'c1',
  status: 'final',
  title: 'Transfer of care',
  date: '2026-03-28',
  type: { coding: [{ system: 'x', code: 'x', display: 'x' }], text: 'x' },
  author: [{ display: 'x' }],
  event: [{ code: [{ text: 'x' }] }],
  section: [{ title: 'x', code: { text: 'x' }, text: { div: 'x' } }],
};
const IMAGING: Resource = {
  resourceType: 'ImagingStudy',
  id: 'i1',
  status: 'available',
  started: '2026-03-28',
  description: 'x',
  modality: [{ system: 'x', code: 'x', display: 'x' }],
  procedureCode: [{ text: 'x' }],
  reasonCode: [{ text: 'x' }],
  series: [
    { uid: 'x', modality: { code: 'x', display: 'x' }, description: 'x', bodySite: { code: 'x', display: 'x' } },
  ],
};

let browser: Browser;
let served: ServedRouter;
let page: Page;
let complaints: string[];
let strange: string[];

beforeAll(async () => {
  const samples = samplesByType([...buildPeople().resources.values()].flat().concat(COMPOSITION, IMAGING), TYPES);
  served = await serveRouter(
    express.json(),
    ...securityHeaders({ framingOf: () => undefined, https: false }),
    await pages(samples),
  );
  browser = await launchBrowser();
  page = await (await browser.newContext()).newPage();
  complaints = [];
  strange = [];
  page.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url) && !/^(?:blob:|data:image\/|about:)/.test(request.url()))
      strange.push(request.url());
  });
  await page.goto(`${served.url}/launch`);
  await page.waitForFunction("'showRecord' in window", undefined, { timeout: 30_000 });
});
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
});

/** Nothing ran, nothing was asked for, nothing was even blocked, and the page is still the one that was opened. */
async function expectQuiet(): Promise<void> {
  expect(await page.evaluate('broken')).toBe(0);
  expect(await page.evaluate('reports')).toEqual([]);
  expect(complaints).toEqual([]);
  expect(strange).toEqual([]);
  expect(page.url()).toBe(`${served.url}/launch`);
}

describe('hostile text', () => {
  it('is noticed by this page when it does run, and reported when the policy stops it', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${served.url}/launch`);
    await other.waitForFunction("'showRecord' in window");
    await other.evaluate('xss()');
    expect(await other.evaluate('broken')).toBe(1);
    await other.evaluate("try { document.body.innerHTML = '<img src=x onerror=xss()>' } catch {}");
    await expect.poll(() => other.evaluate('reports.length')).toBeGreaterThan(0);
    await other.close();
  });

  it(
    'does nothing in any string of any resource that is read, and asks for nothing',
    async () => {
      expect(PAYLOADS.length).toBeGreaterThanOrEqual(500);
      let opened = 0;
      for (const turn of CHUNKS.keys()) {
        const shown = await page.evaluate<{ facts: number; opened: number }>(`showRecord(${String(turn)}, false)`);
        expect(shown.facts).toBeGreaterThan(100);
        opened += shown.opened;
      }
      expect(opened).toBeGreaterThan(1_000);
      await expectQuiet();
    },
    LONGEST_MS,
  );

  it(
    'does nothing as a letter in HTML, each in a letter of its own, in its frame or on paper',
    async () => {
      for (const chunk of CHUNKS) {
        const letters = chunk.map(letterOf);
        expect(await page.evaluate<number>(`showLetters(${JSON.stringify(letters)})`)).toBe(letters.length);
      }
      await expectQuiet();
    },
    LONGEST_MS,
  );

  it(
    'does nothing in a letter, a clinical document, the metadata of a PDF or the name of a file',
    async () => {
      for (const [turn, chunk] of CHUNKS.entries()) {
        expect(await page.evaluate<number>(`showDocuments(${String(turn)})`)).toBe(documentsOf(chunk).length);
      }
      await expectQuiet();
    },
    LONGEST_MS,
  );
});

type HostileDocument = { readonly title: string; readonly type: string; readonly base64: string };

function letterOf(payload: string): string {
  return `<!doctype html><html><body><p>Dear ${payload} Dr</p></body></html>`;
}

/** A letter in HTML for every eighth payload; all of a chunk together in each of the other formats. */
function documentsOf(chunk: readonly string[]): readonly HostileDocument[] {
  const title = chunk.join(' ');
  const made = (type: string, text: string): HostileDocument => ({
    title,
    type,
    base64: Buffer.from(text, type === 'application/rtf' ? 'latin1' : 'utf8').toString('base64'),
  });
  return [
    ...chunk
      .filter((_, index) => index % 8 === 0)
      .map((payload) => ({ ...made('text/html', letterOf(payload)), title: payload })),
    made('text/plain', chunk.join('\n')),
    made(
      'application/rtf',
      `{\\rtf1\\ansi ${chunk.map((payload) => `${rtf(payload)}\\par `).join('')}{\\field{\\*\\fldinst HYPERLINK "javascript:top.xss()"}{\\fldrslt link}}}`,
    ),
    made('text/xml', cda(chunk.map(xml))),
    made('text/xml', cda(chunk.map((payload) => `<![CDATA[${payload.replaceAll(']]>', ']]')}]]>`))),
    ...chunk.slice(0, 20).map((payload) => ({ ...made('text/xml', cda([payload])), title: payload })),
    made('application/fhir+json', composition(chunk)),
    made('application/pdf', samplePdf(chunk.slice(0, 20), title)),
  ];
}

function cda(words: readonly string[]): string {
  const paragraphs = words
    .map(
      (word) => `<paragraph styleCode="${word.includes('"') ? 'Bold' : word.replace(/[<&]/g, '')}">${word}</paragraph>`,
    )
    .join('');
  const name = words.map((word) => `<given>${word}</given>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "https://canary.invalid/e">]><ClinicalDocument xmlns="urn:hl7-org:v3"><title>${words.join(' ')}</title><recordTarget><patientRole><patient><name>${name}</name></patient></patientRole></recordTarget><component><structuredBody><component><section><title>${words.join(' ')}</title><text>&e;${paragraphs}<linkHtml href="javascript:top.xss()">x</linkHtml></text></section></component></structuredBody></component></ClinicalDocument>`;
}

function composition(chunk: readonly string[]): string {
  return JSON.stringify({
    resourceType: 'Composition',
    title: chunk.join(' '),
    author: [{ display: chunk.join(' ') }],
    section: chunk.map((payload) => ({ title: payload, text: { div: `<div>${payload}</div>` } })),
  });
}

function xml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function rtf(text: string): string {
  return text
    .replace(/[\\{}]/g, (mark) => `\\${mark}`)
    .replace(/[^\u0020-\u007e]/g, (letter) => `\\u${String(letter.charCodeAt(0))}?`);
}

async function pages(samples: ReadonlyMap<string, readonly Resource[]>): Promise<RequestHandler> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const built = await build({
    entryPoints: [`${root}test/support/browser/xss-page.ts`],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: `${root}built`,
    tsconfig: `${root}tsconfig.browser.json`,
    write: false,
  });
  const router = express.Router();
  router.get('/launch', (_request, response) => {
    response
      .type('html')
      .send(
        '<!doctype html><html lang="en-GB"><title>Corpus</title><link rel="icon" href="data:,"><script type="module" src="/built/xss-page.js"></script><body></body></html>',
      );
  });
  for (const { path, text } of built.outputFiles)
    router.get(path.slice(root.length - 1), (_request, response) => void response.type('text/javascript').send(text));
  router.use('/node_modules', express.static(`${root}node_modules`));
  router.get('/turns/:turn.json', (request, response) => {
    const text = (CHUNKS[Number(request.params.turn)] ?? []).join(' ');
    const resources = [...samples.values()].flatMap((list) => poisoned(list, text, Number(request.params.turn)));
    const patient = {
      nhsNumber: '9990000018',
      family: text,
      given: text,
      prefix: text,
      birthDate: '1950-01-02',
      gender: text,
    };
    response.json({ resources, patient });
  });
  router.get('/documents/:turn.json', (request, response) => {
    response.json(documentsOf(CHUNKS[Number(request.params.turn)] ?? []));
  });
  return router;
}
