import { html, nothing, type TemplateResult } from 'lit';
import type {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
  InboxMoreEvent,
  InboxOpenEvent,
} from '../../components/conversations/conversation-events.ts';
import { personLine } from '../../components/conversations/person-line.ts';
import { toneMark } from '../../components/marks.ts';
import { messageWords } from '../../words/message-words.ts';
import type { Conversations } from './conversations.ts';
import type { TalkView } from './conversation-views.ts';

/** Which list: the open chart's own conversations, or what waits for the reader's teams. */
export function whichList({ team }: Conversations, { around }: TalkView): TemplateResult {
  const words = messageWords(around.words.language);
  const { counts, countsOld } = team;
  const waits = counts ? counts.unopened + counts.handovers : 0;
  // A number that could not be asked for anew is never shown as if it had been.
  const last = counts ? words.teamList.waitsLast(words.teamList.waits(waits)) : words.countsUnknown;
  const said = countsOld ? last : words.teamList.waits(waits);
  return html`<div class="which" role="group" aria-label=${words.teamList.which}>
    <button class="action" aria-pressed=${!team.shown} @click=${() => team.show(false)}>
      ${words.teamList.person}
    </button>
    <button class="action" aria-pressed=${team.shown} @click=${() => team.show(true)}>
      ${words.teamList.team}${countsOld || waits > 0 ? html` <b>${said}</b>` : nothing}
    </button>
  </div>`;
}

/** What waits for the teams, whomever it is about, under whose chart is open meanwhile (safety H01). */
export function teamTemplate(talk: Conversations, { record, around }: TalkView): TemplateResult {
  const words = messageWords(around.words.language);
  const { team } = talk;
  const again = (): void => void team.refresh();
  return html`<div class="team-list">
    <p class="others" role="note">
      ${toneMark('caution')}
      <span>${words.teamList.others} ${personLine(record.patient, around)}</span>
    </p>
    <corridor-inbox
      .lines=${team.lines}
      .more=${team.more}
      .counts=${team.counts}
      .standing=${team.standing}
      .stale=${team.stale}
      .around=${around}
      @corridor-inbox-more=${(event: InboxMoreEvent) => team.showMore(event.most)}
      @corridor-inbox-open=${(event: InboxOpenEvent) => event.respond(team.open(event.thread))}
      @corridor-messages-ask=${again}
    ></corridor-inbox>
    <corridor-handovers
      of="team"
      ?hidden=${team.absent}
      .chart=${record.patient.nhsNumber}
      .handovers=${team.handovers?.handovers}
      .notices=${team.handovers?.notices ?? []}
      .unheard=${team.handovers?.unheard ?? []}
      .lacks=${team.handovers ?? {}}
      .more=${team.handovers?.more === true}
      .stale=${team.stale}
      .standing=${team.standing === 'failed' && !team.handovers ? 'failed' : 'here'}
      .locked=${talk.binding === undefined}
      .around=${around}
      @corridor-handover-acknowledge=${(event: HandoverAcknowledgeEvent) => event.respond(team.actOn(event))}
      @corridor-handover-act=${(event: HandoverActEvent) => event.respond(team.actOn(event))}
      @corridor-handover-targets=${(event: HandoverTargetsEvent) => event.respond(talk.handovers.targets(event.handover))}
      @corridor-messages-ask=${again}
    ></corridor-handovers>
  </div>`;
}
