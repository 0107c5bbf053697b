import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Draft } from '../../messages/draft.ts';
import type { Urgency } from '../../messages/thread.ts';
import type { MessageWords } from '../../words/message-words.ts';

export type HowSoon = {
  readonly draft: Draft;
  /** The time it is due is not one to come. */
  readonly invalid: boolean;
  readonly words: MessageWords;
  choose(urgency: Urgency): void;
  due(value: string): void;
};

/** Routine or urgent, and by when. */
export function howSoon({ draft, invalid, words: all, ...does }: HowSoon): TemplateResult {
  const { compose: words, urgency, dueBy } = all;
  const choice = (value: Urgency): TemplateResult =>
    html`<label
      ><input
        type="radio"
        name="urgency"
        .checked=${live(draft.urgency === value)}
        @change=${() => does.choose(value)}
      />${urgency[value]}</label
    >`;
  return html`<div class="row">
      <fieldset>
        <legend>${words.urgency}</legend>
        <div class="choices">${choice('routine')}${choice('urgent')}</div>
      </fieldset>
      <div class="field">
        <label for="due">${dueBy}</label>
        <input
          id="due"
          type="datetime-local"
          aria-invalid=${invalid}
          .value=${live(draft.due ?? '')}
          @change=${(event: Event) => does.due((event.target as HTMLInputElement).value)}
        />
      </div>
    </div>
    ${draft.urgency === 'urgent' ? html`<p class="small">${words.urgentHelp}</p>` : nothing}`;
}
