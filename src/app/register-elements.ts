type Elements = Readonly<Record<string, CustomElementConstructor>>;

/** Elements with their tags: `CorridorBanner` is `corridor-banner`. */
export function byTag(elements: Elements): ReadonlyMap<string, CustomElementConstructor> {
  return new Map(Object.entries(elements).map(([name, element]) => [tagOf(name), element]));
}

function tagOf(className: string): string {
  return className.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/**
 * When a tag is taken, by another version on the same page, the first one stays and a warning says so: a host page must
 * never break because two parts of it brought the same elements.
 */
export function register(
  elements: ReadonlyMap<string, CustomElementConstructor>,
  registry: CustomElementRegistry = customElements,
): void {
  for (const [tag, element] of elements) {
    const taken = registry.get(tag);
    if (taken === undefined) registry.define(tag, element);
    else if (taken !== element) console.warn(`<${tag}> is already defined on this page; the first definition stays.`);
  }
}
