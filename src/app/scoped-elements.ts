import type { LitElement } from 'lit';
import type { OwnElements } from './own-elements.ts';

type ByTag = ReadonlyMap<string, CustomElementConstructor>;
type LitClass = (new () => LitElement) & { readonly shadowRootOptions: ShadowRootInit };

/** Whether this browser can hold two versions of one tag on one page. */
export function canScope(): boolean {
  try {
    new CustomElementRegistry();
    return 'customElementRegistry' in Element.prototype;
  } catch {
    return false;
  }
}

/**
 * A registry apart from the page's: whatever these elements draw inside themselves is theirs, whichever version the page
 * knows by the same tags. Only the outer tags, with a prefix of the host's choosing, are the page's.
 */
export function scopeElements(elements: ByTag, prefix: string): OwnElements {
  const registry = new CustomElementRegistry();
  const inside = { importNode: (node: Node) => document.importNode(node, { customElementRegistry: registry }) };
  const add = (more: ByTag): void => {
    for (const [tag, element] of more) {
      if (registry.get(tag)) continue;
      registry.define(tag, within(element, registry, inside));
      const outer = `${prefix}${tag.slice('corridor'.length)}`;
      if (customElements.get(outer))
        console.warn(`<${outer}> is already defined on this page; the first definition stays.`);
      else customElements.define(outer, within(element, registry, inside));
    }
  };
  add(elements);
  return { get: (tag) => registry.get(tag), add };
}

type Inside = { importNode<T extends Node>(node: T, deep?: boolean): T };

function within(
  element: CustomElementConstructor,
  registry: CustomElementRegistry,
  inside: { importNode(node: Node): Node },
): CustomElementConstructor {
  // Every element of the map is one of Lit's but the frame, which draws no tags of ours and needs no registry.
  if (!('shadowRootOptions' in element)) return class extends element {};
  const base = element as unknown as LitClass;
  return class extends base {
    static override readonly shadowRootOptions = { ...base.shadowRootOptions, customElementRegistry: registry };
    protected override createRenderRoot(): HTMLElement | DocumentFragment {
      this.renderOptions.creationScope = inside as Inside;
      return super.createRenderRoot();
    }
  };
}
