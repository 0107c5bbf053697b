import { byTag, register } from './register-elements.ts';

/**
 * Brings the timeline and the results over time, whose code nobody needs until they ask for one of them, and registers
 * their tags. For pages that use those elements alone as well.
 */
export async function definePictures(registry: CustomElementRegistry = customElements): Promise<void> {
  const elements = await import('../components/picture-elements.ts');
  register(byTag(elements), registry);
}
