import { ownElements } from '../own-elements.ts';
import { byTag } from '../register-elements.ts';

/**
 * Brings the elements of conversations and handovers, whose code no first sight needs, and registers their tags. For pages
 * that use those elements alone as well.
 */
export async function defineMessages(): Promise<void> {
  const elements = await import('../../components/message-elements.ts');
  ownElements().add(byTag(elements));
}
