import { z } from 'zod';
import type { PluginManifest } from '../manifest.ts';

/** A tab as it is called in the site's PowerChart: it becomes part of a command line, so no quote, caret or slash is one. */
const tab = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 &+.()-]{0,39}$/);

/** An origin and nothing more: what is no http address, or has a wildcard or a path, frames nothing. */
const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$/);

const settings = z.strictObject({
  origins: z
    .array(origin)
    .min(1)
    .max(10)
    .describe(
      'Origins of the MPages that may show the record, e.g. `https://embedded.emea-2.cerner.com`. The page stays hidden in any other frame.',
    ),
  ancestors: z
    .enum(['named', 'unchecked'])
    .default('named')
    .describe(
      '`unchecked` sends no frame-ancestors, for a domain whose MPage stands in something without an http origin. The page is hidden in the frame of any origin but `origins` all the same.',
    ),
  tabs: z
    .record(z.string(), tab)
    .default({})
    .describe(
      'Sections of the record to tabs of the site’s chart, e.g. `{ medications: Orders }`. Others are not led to.',
    ),
});

export type MpageSettings = z.infer<typeof settings>;

export const manifest: PluginManifest = {
  id: 'oracle-mpage',
  version: '1.0.0',
  contract: 1,
  name: 'Oracle Health MPage',
  summary: 'The record inside an MPage of PowerChart: hidden until its frame is allowed, as high as it needs to be.',
  hosts: ['Oracle Health Millennium PowerChart'],
  settings,
  example: { origins: ['https://embedded.emea-2.cerner.com'], tabs: { medications: 'Orders' } },
  frameAncestors: (given) => (given as MpageSettings).origins,
  uncheckedAncestors: (given) => (given as MpageSettings).ancestors === 'unchecked',
  testedWith: [{ what: 'the Consumer of xfc, in Chromium', version: '1.12.0', how: 'npm test' }],
  notTestedWith: ['Oracle Health Millennium', 'PowerChart'],
};
