import { linkTo, recordAddress } from './dashboards.ts';
import type { Framework } from './framework.ts';
import type { ExtensionProps, Shown } from './lifecycle.ts';
import { wordsFor } from './words.ts';

/** A tag in the patient's banner. It leads to the record and says nothing of what is in it: a banner stands in lists too. */
export function bannerTag(props: ExtensionProps, framework: Framework): Shown {
  const words = wordsFor(document.documentElement.lang);
  const link = linkTo(() => recordAddress(props), framework);
  link.className = 'cds--tag cds--tag--outline cds--tag--md cds--layout--size-md';
  link.title = words.tag;
  link.textContent = words.record;
  props.domElement.replaceChildren(link);
  return { close: () => link.remove() };
}
