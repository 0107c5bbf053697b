import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';
import { vouchedSettings, type VouchedSettings } from '../vouched-settings.ts';

const settings = z.strictObject(vouchedSettings('the site’s'));

export const manifest: PluginManifest = {
  id: 'openmrs-o3',
  version: '1.0.0',
  contract: 1,
  name: 'OpenMRS O3',
  summary: 'A frontend module of OpenMRS O3: the record as a dashboard of the patient chart, a tag and a tile.',
  hosts: ['OpenMRS O3'],
  settings,
  example: {
    issuer: 'https://openmrs.example',
    keys: [{ kty: 'EC', kid: 'k1', crv: 'P-256', x: 'x-of-the-key', y: 'y-of-the-key' }],
    roles: { 'Organizational: Doctor': 'gp' },
    origins: ['https://openmrs.example'],
  },
  frameAncestors: (given) => (given as VouchedSettings).origins,
  testedWith: [
    { what: 'the application shell (@openmrs/esm-app-shell), in Chromium', version: '10.0.0', how: 'npm run openmrs' },
    {
      what: 'the patient chart and banner (@openmrs/esm-patient-chart-app, esm-patient-banner-app), in Chromium',
      version: '12.3.4',
      how: 'npm run openmrs',
    },
  ],
  notTestedWith: ['an OpenMRS server', 'offline mode', 'Bahmni'],
};
