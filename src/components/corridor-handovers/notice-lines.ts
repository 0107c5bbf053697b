import { html, nothing, type TemplateResult } from 'lit';
import type { Handover, Notice } from '../../messages/handover.ts';
import { readDate } from '../../record/fhir/date.ts';
import { handoverWords } from '../../words/handover-words.ts';
import { inboxPerson } from '../conversations/person-line.ts';
import { organisationInWords } from '../conversations/thread-words.ts';
import { momentInWords } from '../dates-in-words.ts';
import { unbroken } from '../line.ts';
import { toneMark } from '../marks.ts';
import type { Surroundings } from '../surroundings.ts';

const AT_ONCE = 8;
const GRAVE: ReadonlySet<string> = new Set(['death', 'result-of-concern']);

export type NoticeLines = {
  readonly notices: readonly Notice[];
  /** A transition that somebody must take on is a handover, and said there. */
  readonly handovers: readonly Handover[];
  readonly of: 'person' | 'team';
  readonly around: Surroundings;
  readonly seek: (notice: Notice) => void;
};

/** What teams are told of and nobody must take on: a death, a result of concern, a package that ends. Newest first. */
export function noticeLines({ notices, handovers, of, around, seek }: NoticeLines): TemplateResult | typeof nothing {
  const words = handoverWords(around.words.language).notices;
  const told = notices.filter((one) => !handovers.some((handover) => isSame(one, handover)));
  if (told.length === 0) return nothing;
  const line = (notice: Notice): TemplateResult => {
    const date = readDate(notice.happened);
    const when = date ? momentInWords(date, around.words) : handoverWords(around.words.language).notDated;
    const where = words.at(organisationInWords(notice.organisation, around.words));
    return html`<li>
      ${toneMark(GRAVE.has(notice.kind) ? 'caution' : 'information')}
      ${of === 'team' ? html`<span>${inboxPerson(notice.patient, around)}</span>` : nothing}
      <b>${words.kinds[notice.kind]}</b> <span>${where}</span> <span>${unbroken(when)}</span>
      ${
        of === 'person' && notice.resource !== ''
          ? html`<button class="action quietly" @click=${() => seek(notice)}>
              ${handoverWords(around.words.language).transitions.show}<span class="heard"
                >: ${words.kinds[notice.kind]}, ${when}</span
              >
            </button>`
          : nothing
      }
    </li>`;
  };
  const list = (some: readonly Notice[]): TemplateResult =>
    html`<ul class="told">
      ${some.map(line)}
    </ul>`;
  return html`<div class="besides">
    <h3>${words.heading}</h3>
    ${list(told.slice(0, AT_ONCE))}
    ${
      told.length > AT_ONCE
        ? html`<details>
            <summary>${words.older(told.length - AT_ONCE)}</summary>
            ${list(told.slice(AT_ONCE))}
          </details>`
        : nothing
    }
  </div>`;
}

function isSame(notice: Notice, handover: Handover): boolean {
  return (
    notice.kind === handover.kind &&
    notice.happened === handover.happened &&
    notice.organisation.ods === handover.from.ods &&
    (notice.patient.withheld !== undefined) === (handover.patient.withheld !== undefined) &&
    numberOf(notice) === numberOf(handover)
  );
}

function numberOf({ patient }: Pick<Notice, 'patient'>): string {
  return patient.withheld === undefined ? patient.nhsNumber : '';
}
