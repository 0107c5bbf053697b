import { html, nothing, type TemplateResult } from 'lit';
import type { Handover, Unheard } from '../../messages/handover.ts';
import { handoverWords } from '../../words/handover-words.ts';
import { messageWords } from '../../words/message-words.ts';
import { type HandoverLacks, lacksNotice, unheardNotice } from '../conversations/unheard-notice.ts';
import { instantInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';

export type HandoversKnown = {
  readonly standing: 'here' | 'failed' | 'absent';
  readonly handovers: readonly Handover[] | undefined;
  readonly stale: string | undefined;
  readonly unheard: readonly Unheard[];
  readonly lacks: HandoverLacks;
  readonly more: boolean;
  readonly around: Surroundings;
};

/** Of handovers: that they did not come, are old, are more than these, and who could not be asked. Never by silence. */
export function handoverGaps(known: HandoversKnown, ask: () => void): TemplateResult {
  const { standing, handovers, stale, unheard, lacks, more, around } = known;
  const words = handoverWords(around.words.language);
  const old = handovers && stale !== undefined;
  const said = old ? words.staleSince(instantInWords(stale, around.words)) : words.notLoaded;
  return html`${
    standing === 'failed'
      ? html`<p class="notice caution" role="alert">
          ${toneMark('caution')} <span>${unbroken(said)}</span>
          <button class="action" @click=${ask}>${messageWords(around.words.language).askAgain}</button>
        </p>`
      : nothing
  }${unheardNotice(unheard, around)}${lacksNotice(lacks, around)}${more ? html`<p class="small">${words.more}</p>` : nothing}`;
}
