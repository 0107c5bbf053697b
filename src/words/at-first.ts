import type { Words } from './words.ts';

/**
 * The groups of words that a launch begins with; the bundler leaves the others of English to the second part of the
 * script (rollup.config.js), and the page takes all of them up then.
 */
export const WORDS_AT_FIRST: readonly (keyof Words)[] = [
  'language',
  'months',
  'organisations',
  'kinds',
  'sections',
  'section',
  'fact',
  'absence',
  'empty',
  'gaps',
  'banner',
  'sources',
  'app',
  'allergies',
  'pregnancy',
  'requirements',
  'risks',
  'safeguarding',
];
