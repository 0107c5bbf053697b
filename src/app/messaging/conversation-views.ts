import { html, nothing, type TemplateResult } from 'lit';
import type { Surroundings } from '../../components/surroundings.ts';
import { toneMark } from '../../components/marks.ts';
import type {
  ComposeOpenEvent,
  DraftChangeEvent,
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
  MessageSendEvent,
  MessagesSeenEvent,
  OriginSeekEvent,
  ThreadActEvent,
  ThreadSeekEvent,
} from '../../components/conversations/conversation-events.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import { messageWords } from '../../words/message-words.ts';
import { lineOfAny } from '../section-templates.ts';
import type { Conversations } from './conversations.ts';
import { rankAddresses } from './rank-addresses.ts';
import { teamTemplate, whichList } from './team-views.ts';

/** What a view gives so that conversations can be drawn in it. */
export type TalkView = {
  readonly record: PatientRecord;
  readonly around: Surroundings;
  /** The reader wants an item where it stands, by its origin. */
  readonly seek: (event: OriginSeekEvent) => void;
};

/** The conversations about this person, in the place of the record's usual body. */
export function messagesTemplate(talk: Conversations, view: TalkView): TemplateResult {
  const { record, around, seek } = view;
  const which = talk.standing === 'absent' ? nothing : whichList(talk, view);
  if (talk.team.shown) return html`${which}${teamTemplate(talk, view)}`;
  return html`${which}<corridor-messages
      .threads=${talk.threads}
      .more=${talk.more}
      .standing=${talk.standing}
      .stale=${talk.stale}
      .open=${talk.open}
      .addresses=${rankAddresses(talk.addresses, record)}
      .addressesFailed=${talk.addressesFailed}
      .drafts=${talk.drafts}
      .binding=${talk.binding}
      .record=${record}
      .around=${around}
      .lineOf=${lineOfAny}
      @corridor-thread-seek=${({ thread }: ThreadSeekEvent) => (talk.open = thread)}
      @corridor-thread-act=${(event: ThreadActEvent) => event.respond(talk.act(event))}
      @corridor-messages-seen=${({ thread, messages }: MessagesSeenEvent) => talk.opened(thread, messages)}
      @corridor-compose-open=${({ about }: ComposeOpenEvent) => talk.begin(about)}
      @corridor-draft-change=${({ id, draft }: DraftChangeEvent) => talk.write(id, draft)}
      @corridor-addresses-wanted=${() => void talk.wantAddresses()}
      @corridor-origin-seek=${seek}
      @corridor-messages-ask=${() => void talk.refresh()}
    ></corridor-messages>`;
}

/** Stays, what changed in them, and who has taken them on. */
export function transitionsTemplate(talk: Conversations, { record, around, seek }: TalkView): TemplateResult {
  const { handovers } = talk;
  const { list } = handovers;
  return html`<corridor-transitions
    .record=${record}
    .handovers=${list?.handovers}
    .notices=${list?.notices ?? []}
    .unheard=${list?.unheard ?? []}
    .lacks=${list ?? {}}
    .more=${list?.more === true}
    .standing=${handovers.standing}
    .stale=${handovers.answeredAt}
    .locked=${talk.binding === undefined}
    .around=${around}
    .lineOf=${lineOfAny}
    @corridor-handover-acknowledge=${(event: HandoverAcknowledgeEvent) => event.respond(handovers.actOn(event))}
    @corridor-handover-act=${(event: HandoverActEvent) => event.respond(handovers.actOn(event))}
    @corridor-handover-targets=${(event: HandoverTargetsEvent) => event.respond(handovers.targets(event.handover))}
    @corridor-messages-ask=${() => void handovers.refresh()}
    @corridor-origin-seek=${seek}
  ></corridor-transitions>`;
}

/** A new message, beside the record and not in its place: who writes reads on. */
export function dockTemplate(talk: Conversations, { record, around }: TalkView): TemplateResult | typeof nothing {
  const words = messageWords(around.words.language);
  const { writing, folded, binding } = talk;
  if (!talk.dockOpen) return lockedLine(talk, around);
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || folded) return;
    event.stopPropagation();
    talk.fold(true);
  };
  return html`<aside class="dock ${folded ? 'folded' : ''}" aria-label=${words.compose.heading} @keydown=${escape}>
    <div class="box">
      <button class="action fold" aria-expanded=${!folded} @click=${() => talk.fold(!folded)}>
        ${folded ? html`${words.compose.heading}: ${words.compose.unfold}` : words.compose.fold}
      </button>
      <corridor-compose
        ?hidden=${folded}
        .draft=${writing}
        .binding=${binding}
        .addresses=${rankAddresses(talk.addresses, record)}
        .addressesFailed=${talk.addressesFailed}
        .unheard=${talk.addressesUnheard}
        .record=${record}
        .around=${around}
        .lineOf=${lineOfAny}
        @corridor-draft-change=${({ id, draft }: DraftChangeEvent) => {
          talk.write(id, draft);
          if (!draft) talk.closeDock();
        }}
        @corridor-addresses-wanted=${() => void talk.wantAddresses()}
        @corridor-message-send=${(event: MessageSendEvent) => event.respond(talk.send(event.draft))}
      ></corridor-compose>
    </div>
  </aside>`;
}

/** That there is something about somebody else, and nothing of whom or what. */
function lockedLine(talk: Conversations, around: Surroundings): TemplateResult | typeof nothing {
  if (talk.lockedElsewhere === 0 || talk.lockedSeen) return nothing;
  const words = messageWords(around.words.language);
  return html`<aside class="dock folded" aria-label=${words.compose.heading}>
    <div class="box">
      <p role="status">${toneMark('withheld')} ${words.compose.another}</p>
      <button class="action" @click=${() => talk.seeLocked()}>${words.compose.close}</button>
    </div>
  </aside>`;
}
