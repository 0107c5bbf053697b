import { elementsByTag } from './elements-by-tag.ts';
import { keepFaultsInside } from './keep-faults-inside.ts';
import { ownElements, PAGE_ELEMENTS, setOwnElements } from './own-elements.ts';
import { canScope, scopeElements } from './scoped-elements.ts';

export type DefineOptions = {
  /** Tags begin with this in place of `corridor`, so that another version's stay beside them: `ward` for `<ward-record>`. */
  readonly prefix?: string;
};

const PREFIX = /^[a-z][a-z0-9]{0,31}$/;
const USUAL = 'corridor';

/**
 * Registers every element; a tag that is taken stays as it is, and a warning says so. It never throws: on a server, where
 * there is nothing to register with, it does nothing.
 */
export function define({ prefix = USUAL }: DefineOptions = {}): void {
  if (typeof document === 'undefined') return;
  keepFaultsInside();
  if (prefix === USUAL) {
    setOwnElements(PAGE_ELEMENTS);
    ownElements().add(elementsByTag);
  } else if (!PREFIX.test(prefix)) {
    console.warn(`A prefix is letters and digits, beginning with a letter: nothing is defined.`);
  } else if (!canScope()) {
    console.warn(
      `This browser can't keep two versions apart: <${prefix}-…> is not defined. Use <corridor-frame> here.`,
    );
  } else {
    setOwnElements(scopeElements(elementsByTag, prefix));
  }
}
