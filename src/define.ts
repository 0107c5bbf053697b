import { define } from './app/define-elements.ts';

/** Registers every element as it is imported; a tag that is taken stays as it is. */
define();

export { define };
