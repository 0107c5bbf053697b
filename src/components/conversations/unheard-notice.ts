import { html, nothing, type TemplateResult } from 'lit';
import type { HandoverList, Unheard } from '../../messages/handover.ts';
import { handoverWords } from '../../words/handover-words.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';
import { organisationInWords } from './thread-words.ts';

/** Who could not be asked what has happened, and since when: a gap that is not said looks like nothing having happened. */
export function unheardNotice(unheard: readonly Unheard[], around: Surroundings): TemplateResult | typeof nothing {
  if (unheard.length === 0) return nothing;
  const words = handoverWords(around.words.language);
  const said = unheard.map(({ organisation, since }) => {
    const name = organisationInWords(organisation, around.words);
    return since === undefined
      ? words.unheardNever(name)
      : words.unheardSince(name, instantInWords(since, around.words));
  });
  return html`<p class="notice caution" role="status">
    ${toneMark('caution')} <span>${unbroken(words.unheard([...new Set(said)]))}</span>
  </p>`;
}

/** What a list lacks besides: what can’t be opened any more, and whoever is not followed. */
export type HandoverLacks = Pick<HandoverList, 'unreadable' | 'notFollowed'>;

export function lacksNotice({ unreadable = 0, notFollowed }: HandoverLacks, around: Surroundings): TemplateResult {
  const words = handoverWords(around.words.language);
  const said = [
    ...(unreadable > 0 ? [words.unreadable(unreadable)] : []),
    ...(notFollowed === true ? [words.notFollowed] : []),
  ];
  return html`${said.map(
    (one) => html`<p class="notice caution" role="status">${toneMark('caution')} <span>${unbroken(one)}</span></p>`,
  )}`;
}
