import { ownElements } from './own-elements.ts';
import { byTag } from './register-elements.ts';

/**
 * Brings the timeline and the results over time, whose code nobody needs until they ask for one of them, and registers
 * their tags. For pages that use those elements alone as well.
 */
export async function definePictures(): Promise<void> {
  const elements = await import('../components/picture-elements.ts');
  ownElements().add(byTag(elements));
}
