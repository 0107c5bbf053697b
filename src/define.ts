import { elementsByTag } from './app/elements-by-tag.ts';
import { register } from './app/register-elements.ts';

/** Registers every element; a tag that is taken stays as it is. */
export function define(registry: CustomElementRegistry = customElements): void {
  register(elementsByTag, registry);
}

define();
