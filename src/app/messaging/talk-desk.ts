import { html, type nothing, type TemplateResult } from 'lit';
import { entryAt } from '../../components/conversations/entry-at.ts';
import type { OriginSeekEvent } from '../../components/conversations/conversation-events.ts';
import { isPressing } from '../../components/conversations/thread-words.ts';
import { RecordSeekEvent, SectionOpenEvent } from '../../components/events.ts';
import { toneMark } from '../../components/marks.ts';
import type { Hung, Surroundings } from '../../components/surroundings.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { messageWords } from '../../words/message-words.ts';
import type { Words } from '../../words/words.ts';
import type { CorridorRecord } from '../corridor-record.ts';
import { lineOfAny } from '../section-templates.ts';
import { Conversations, type Talk } from './conversations.ts';
import { dockTemplate, messagesTemplate, transitionsTemplate } from './conversation-views.ts';
import { defineMessages } from './define-messages.ts';
import type { TalkPlace } from './talk-places.ts';

export { dockStyles } from './dock.styles.ts';

/** The record that conversations stand in, as far as they need it. */
export type TalkHost = Pick<CorridorRecord, 'requestUpdate' | 'updateComplete' | 'renderRoot'>;

/** What conversations add to one record on the screen: marks on its lines, two places of their own, and a dock to write in. */
export class TalkDesk {
  readonly #talk: Conversations;
  readonly #host: TalkHost;

  constructor(talk: Talk, nhsNumber: string, host: TalkHost) {
    this.#host = host;
    this.#talk = new Conversations(talk, {
      nhsNumber,
      changed: () => host.requestUpdate(),
      go: () => this.#say(new SectionOpenEvent('messages')),
      begun: () =>
        void host.updateComplete.then(() => host.renderRoot.querySelector<HTMLElement>('corridor-compose')?.focus()),
      nameOf: (entry, around) => lineOfAny(entry, around).main,
    });
    void defineMessages();
  }

  /** To the record around, in its own words. */
  #say(event: Event): void {
    this.#host.renderRoot.querySelector('.frame')?.dispatchEvent(event);
  }

  stop(): void {
    this.#talk.stop();
  }

  hung(still: boolean): Hung | undefined {
    return this.#talk.hung(still);
  }

  /** Beside the name of the place: how many there are, and a mark where somebody has to act. */
  badge(words: Words): unknown {
    const threads = this.#talk.threads ?? [];
    const pressing = threads.filter(isPressing).length;
    const said = messageWords(words.language).counts.overdue(pressing);
    return pressing > 0
      ? html`<span title=${said}>${toneMark('caution')}<span class="heard">${said}</span></span> ${threads.length}`
      : threads.length || '';
  }

  body(place: TalkPlace, record: PatientRecord, around: Surroundings): TemplateResult {
    const seek = ({ source, resource }: OriginSeekEvent): void => {
      const entry = entryAt(record, source, resource);
      if (entry) this.#say(new RecordSeekEvent(entry.section, entry.id));
    };
    const draw = place === 'messages' ? messagesTemplate : transitionsTemplate;
    return draw(this.#talk, { record, around, seek });
  }

  /** `place`: what the reader looks at. */
  dock(record: PatientRecord, around: Surroundings, place: string): TemplateResult | typeof nothing {
    this.#talk.see(place);
    return dockTemplate(this.#talk, { record, around, seek: () => undefined });
  }
}
