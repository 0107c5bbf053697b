import { generateKeyPairSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { createVoucher } from '../../plugins/openmrs-o3/voucher/serve.ts';
import { launchBrowser } from '../support/browser.ts';
import { NO_THIRD_PARTY_COOKIES } from '../support/journey.ts';
import { smallRecords } from '../support/sandbox/small-epr.ts';
import { useSmallLauncher, type SmallLauncher } from '../support/small-launcher.ts';
import { DOCTOR, serveOpenmrs, type OpenmrsSite } from './openmrs-site.ts';

export const ANN = { id: 'p1', nhsNumber: '999 000 0018', family: 'TESTER' };
export const BOB = { id: 'p2', nhsNumber: '999 000 0026', family: 'OTHER' };
const MODULE = '@corridor/esm-shared-record-app';

export type OpenmrsWorld = {
  readonly site: OpenmrsSite;
  readonly launcher: SmallLauncher;
  readonly browser: Browser;
  /** Of O3's pages: another site than the launcher's. */
  readonly origin: string;
  /** How late the voucher's next answers are, in order. */
  readonly late: number[];
  /** Each launch that was given, and the patient it was asked for. */
  readonly launches: Map<string, string>;
  /** What the implementer sets; without it the module is not set up. */
  isSetUp: boolean;
  /** A tab of its own, in a session of its own, at this address of O3. */
  open(path: string): Promise<Page>;
};

/**
 * The real shell and chart of O3 over a pretend OpenMRS, the real voucher, and the real launcher whose home EPR holds
 * the same two people. The launcher is another site than O3, as it will be.
 */
export function useOpenmrs(): OpenmrsWorld {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const late: number[] = [];
  const launches = new Map<string, string>();
  let isSetUp = true;
  let site: OpenmrsSite;
  let browser: Browser;
  const originOf = (): string => site.url.replace('127.0.0.1', 'localhost');
  // The voucher and the module's settings name the launcher, which names this site: both are asked when they are needed.
  const vouching: RequestListener = (request, response) => {
    const voucher = createVoucher(
      {
        openmrs: `${site.url}/openmrs`,
        origin: originOf(),
        launcher: launcher.url,
        organisation: 'XT001',
        issuer: 'https://openmrs.example',
        key: keys.privateKey,
        keyId: 'k1',
        roles: [...DOCTOR.roles],
        nhsNumber: { system: 'https://fhir.nhs.uk/Id/nhs-number', identifierType: '' },
        host: '',
        port: 0,
      },
      () => undefined,
    );
    setTimeout(() => voucher.emit('request', request, response), late.shift() ?? 0);
  };

  beforeAll(async () => {
    site = await serveOpenmrs({
      patients: smallRecords().filter(({ resourceType }) => resourceType === 'Patient'),
      config: () => (isSetUp ? { [MODULE]: { launcherUrl: launcher.url, organisation: 'XT001' } } : {}),
      voucher: vouching,
    });
    browser = await launchBrowser(NO_THIRD_PARTY_COOKIES);
  }, 120_000);
  const launcher = useSmallLauncher(
    { 'server.launchesPerMinute': 1_000 },
    {
      edit: (text) => {
        const key = JSON.stringify({ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1' });
        const settings = `{ issuer: 'https://openmrs.example', keys: [${key}], roles: { '${DOCTOR.roles.join()}': gp }, origins: ['${originOf()}'] }`;
        return text.replace('    sources:', `    plugins: { openmrs-o3: ${settings} }\n    sources:`);
      },
    },
  );
  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
  });

  return {
    launcher,
    late,
    launches,
    get isSetUp() {
      return isSetUp;
    },
    set isSetUp(is) {
      isSetUp = is;
    },
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    get origin() {
      return originOf();
    },
    open: async (path) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      page.on('response', (response) => {
        if (!response.url().endsWith('/openmrs/corridor/launch') || !response.ok()) return;
        const { patient } = response.request().postDataJSON() as { patient: string };
        const note = ({ launch }: { launch: string }): void => void launches.set(launch, patient);
        // One that the page has dropped can't be read any more, and opens nothing.
        void response.json().then(note, () => undefined);
      });
      await page.goto(`${originOf()}/openmrs/spa${path}`);
      return page;
    },
  };
}
