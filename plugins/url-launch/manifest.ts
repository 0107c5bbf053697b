import type { PluginManifest } from '../manifest.ts';
import { settings, type UrlLaunchSettings } from './settings.ts';

const PRODUCTS = [
  'TPP SystmOne',
  'EMIS Web',
  'conneQt Toolbar',
  'CareFlow',
  'Access Rio',
  'Dedalus Lorenzo',
  'Nervecentre',
  'Liquidlogic',
  'Mosaic',
  'Cleric',
  'Adastra',
  'Bahmni',
  'GNU Health',
  'OSCAR',
];

export const manifest: PluginManifest = {
  id: 'url-launch',
  version: '1.0.0',
  contract: 1,
  name: 'Link launch',
  summary: 'Opens the shared record from an EPR that can only open an address: signed, encrypted, or posted.',
  hosts: PRODUCTS,
  settings,
  example: {
    links: [
      {
        id: 'toolbar',
        profile: 'jwt',
        user: 'asserted',
        issuer: 'https://epr.example',
        keysAddress: 'https://epr.example/jwks',
        decryption: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
        roles: { DR: 'gp' },
      },
      {
        id: 'systmone',
        profile: 'systmone',
        keys: [{ id: '2026', key: '00112233445566778899aabbccddeeff', iv: 'ffeeddccbbaa99887766554433221100' }],
      },
    ],
    signIn: { issuer: 'https://signin.example', clientId: 'corridor', roles: { R8000: 'gp' } },
    frameAncestors: ['https://epr.example'],
  },
  frameAncestors: (given) => (given as UrlLaunchSettings).frameAncestors,
  testedWith: [
    { what: 'the OpenSSL command line as the maker of links', version: '3', how: 'npm test' },
    { what: 'jsonwebtoken as the maker of tokens', version: '9', how: 'npm test' },
    { what: 'oidc-provider as the sign-in service', version: '9', how: 'npm test' },
  ],
  notTestedWith: PRODUCTS,
};
