import * as elements from '../components/after-first-sight.ts';
import { WHOLE } from '../record/build-record.ts';
import { enGB } from '../words/en-GB.ts';
import { byTag, register } from './register-elements.ts';

/** What no first sight needs. An element that stands on the page already wakes with the properties it was given. */
export const laterParts = { merging: WHOLE, words: enGB, register: (): void => register(byTag(elements)) };
