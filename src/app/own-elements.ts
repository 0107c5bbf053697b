import { register } from './register-elements.ts';

type ByTag = ReadonlyMap<string, CustomElementConstructor>;

/**
 * The registry that this copy of the bundle has its elements in: the page's, or one of its own where the page's tags are
 * taken by another version (`scoped-elements.ts`). What one part of a record asks about another it asks here.
 */
export type OwnElements = {
  get(tag: string): CustomElementConstructor | undefined;
  add(elements: ByTag): void;
};

export const PAGE_ELEMENTS: OwnElements = {
  get: (tag) => customElements.get(tag),
  add: (elements) => register(elements),
};

let own = PAGE_ELEMENTS;

export function ownElements(): OwnElements {
  return own;
}

export function setOwnElements(elements: OwnElements): void {
  own = elements;
}
