import { elementsByTag } from './app/elements-by-tag.ts';

/**
 * Registers every element. When a tag is taken, by another version on the same page, the first one stays and a warning
 * says so: a host page must never break because two parts of it brought the same elements.
 */
export function define(registry: CustomElementRegistry = customElements): void {
  for (const [tag, element] of elementsByTag) {
    const taken = registry.get(tag);
    if (taken === undefined) registry.define(tag, element);
    else if (taken !== element) console.warn(`<${tag}> is already defined on this page; the first definition stays.`);
  }
}

define();
