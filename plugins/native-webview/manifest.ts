import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

/** What the browser half knows how to speak through (`host/bridges.ts`). */
const BRIDGES = ['webview2', 'cef', 'qt', 'webkitgtk'] as const;

const settings = z.strictObject({
  bridge: z
    .enum(BRIDGES)
    .optional()
    .describe('The engine of the EPR’s control, and no other is spoken to. Left out: the one that is there.'),
  allowSimulated: z
    .boolean()
    .default(false)
    .describe(
      'For trials in a browser: the page around a frame of the record plays WebView2’s part. Refused in a live community.',
    ),
});

export type WebviewSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'native-webview',
  version: '1.0.0',
  contract: 1,
  name: 'Native web view',
  summary: 'The record in a browser control of a desktop EPR, which says when the patient changes.',
  hosts: ['Altera Sunrise', 'Nervecentre', 'ambulance ePCR'],
  settings,
  example: { bridge: 'webview2' },
  testedWith: [
    {
      what: 'the four bridges, each simulated in Chromium (no control of any vendor)',
      version: 'of this repository',
      how: 'npm test',
    },
  ],
  notTestedWith: ['WebView2', 'CEF', 'WebKitGTK', 'Qt WebEngine', 'Altera Sunrise', 'Nervecentre', 'ambulance ePCR'],
};
