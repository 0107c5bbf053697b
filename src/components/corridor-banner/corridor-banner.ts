import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatNhsNumber } from '../../record/nhs-number.ts';
import type { Patient } from '../../record/patient.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { SectionId } from '../../record/section.ts';
import type { PregnancyEntry } from '../../record/sections/pregnancy-status.ts';
import { absenceInWords, gapsOf } from '../absence.ts';
import { ageInWords, dateInWords } from '../dates-in-words.ts';
import { SectionOpenEvent } from '../events.ts';
import { stateMark, toneMark } from '../marks.ts';
import { markStyles } from '../marks.styles.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';
import { controls, tokens } from '../tokens.styles.ts';
import { allergySummary, type AllergySummary } from './allergy-summary.ts';
import { resuscitationSummary } from './resuscitation-summary.ts';
import { bannerStyles } from './corridor-banner.styles.ts';

/**
 * @summary Who this is, in the form of the NHS Common User Interface: SURNAME, Given (Title); born; gender; NHS number
 * in 3-3-4. It never scrolls away and never loses name, birth date or number. Its second line is one line high whatever
 * arrives: recorded allergies, alerts, safeguarding, a pregnancy and a resuscitation
 * decision.
 * @event corridor-section-open - The reader chose what the second line names.
 * @csspart identity - The identifying line.
 */
export class CorridorBanner extends LitElement {
  static override styles = [tokens, controls, markStyles, bannerStyles];

  @property({ attribute: false }) patient: Patient | undefined;
  @property({ attribute: false }) record: PatientRecord | undefined;
  @property({ attribute: false }) around: Surroundings = NO_SURROUNDINGS;
  /**
   * The host shows its own banner: who this is takes one slim line. Allergies, alerts and the resuscitation decision
   * stay as they are, for the host's banner does not know what other organisations recorded.
   */
  @property({ type: Boolean, reflect: true }) slim = false;

  #open(section: SectionId): void {
    this.dispatchEvent(new SectionOpenEvent(section));
  }

  #link(section: SectionId, content: unknown): TemplateResult {
    return html`<button class="action" @click=${() => this.#open(section)}>${content}</button>`;
  }

  #standing(record: PatientRecord): TemplateResult {
    const { words } = this.around;
    const facts = (id: SectionId): number =>
      record.sections.find((view) => view.id === id)?.facts.filter((fact) => fact.entries[0].state === 'current')
        .length ?? 0;
    const alerts = facts('risks') + facts('alerts');
    const safeguarding = facts('safeguarding');
    const resuscitation = resuscitationSummary(record, words);
    return html`<div class="standing">
      ${this.#allergies(allergySummary(record, this.around))}
      <div class="pins">
        ${this.#alerts(record, alerts, safeguarding)}
        ${safeguarding > 0 ? this.#link('safeguarding', html`${toneMark('risk')} ${words.banner.safeguarding}`) : nothing}
        ${isPregnant(record) ? this.#link('pregnancy-status', html`${toneMark('caution')} ${words.pregnancy.answers.yes}`) : nothing}
        ${resuscitation ? this.#link('end-of-life-care', html`${toneMark('caution')} <span class="text">${resuscitation}</span>`) : nothing}
      </div>
    </div>`;
  }

  #alerts(record: PatientRecord, count: number, safeguarding: number): TemplateResult | typeof nothing {
    const { words } = this.around;
    const stands = (id: SectionId): boolean =>
      record.sections.some((view) => view.id === id && view.facts.some((fact) => fact.entries[0].state === 'current'));
    if (count > 0)
      return this.#link(stands('risks') ? 'risks' : 'alerts', html`${toneMark('risk')} ${words.banner.alerts(count)}`);
    // A risk and safeguarding are alerts to whoever reads this line: their silence is its silence too.
    const views = record.sections.filter(({ id }) => id === 'risks' || id === 'alerts' || id === 'safeguarding');
    const [view] = views;
    if (!view) return html`<span class="quiet">${words.absence.nobody}</span>`;
    const gaps = views.map(gapsOf);
    const most = (kind: 'waiting' | 'silent' | 'unread'): number => Math.max(...gaps.map((one) => one[kind]));
    const [waiting, silent, unread] = [most('waiting'), most('silent'), most('unread')];
    const { answered } = gapsOf(view);
    // "No alerts" would contradict the warning beside it; whoever is missing is still said.
    if (safeguarding > 0 && waiting + silent + unread === 0) return nothing;
    const said =
      waiting > 0
        ? html`${stateMark('waiting')} ${words.banner.alertsWaiting}`
        : silent + unread > 0
          ? html`${toneMark('caution')} ${words.banner.alertsIncomplete}`
          : words.banner.alertsNone(answered);
    return html`<span class="quiet" title=${absenceInWords(view, words)}>${said}</span>`;
  }

  #allergies(summary: AllergySummary): TemplateResult {
    const { words } = this.around;
    const mark =
      summary.kind === 'recorded'
        ? toneMark('risk')
        : summary.kind === 'waiting'
          ? stateMark('waiting')
          : summary.gap
            ? toneMark('caution')
            : nothing;
    return html`<button class="action allergies ${summary.kind}" @click=${() => this.#open('allergies')}>
      ${mark}
      <span class="text"
        >${summary.kind === 'recorded' ? html`${words.banner.allergies(summary.count ?? 0)}: <strong>${summary.text}</strong>` : summary.text}</span
      >
      ${summary.more ? html`<strong class="more">${summary.more}</strong>` : nothing}
      ${summary.gap && summary.kind !== 'unknown' ? html`<span class="gap">${summary.gap}</span>` : nothing}
    </button>`;
  }

  #born(patient: Patient): TemplateResult {
    const { words, today } = this.around;
    const { deceased } = patient;
    const died = typeof deceased === 'string' ? deceased : undefined;
    const age = deceased
      ? died
        ? ageInWords(patient.birthDate, died.slice(0, 10), words)
        : undefined
      : ageInWords(patient.birthDate, today, words);
    return html`<span class="item"
        ><span class="label">${words.banner.born}</span>
        <b>${dateInWords(patient.birthDate, words)}</b>${age && !deceased ? html` (${age})` : nothing}</span
      >
      ${
        deceased
          ? html`<span class="item died"
              >${words.banner.deceased(died && dateInWords(died, words))}${age ? `, ${words.banner.diedAged(age)}` : ''}</span
            >`
          : nothing
      }`;
  }

  override render(): TemplateResult | typeof nothing {
    const { patient, record } = this;
    const { words } = this.around;
    if (!patient) return nothing;
    const gender =
      patient.gender === undefined
        ? words.banner.notKnown
        : (words.banner.genders[patient.gender] ?? words.banner.notKnown);
    return html`<section class=${patient.deceased ? 'deceased' : ''} aria-label=${words.banner.patient}>
      <div class="identity" part="identity">
        <span class="name" title=${`${patient.family}, ${patient.given}`.slice(0, 300)}
          ><span class="family">${patient.family.toLocaleUpperCase('en-GB')}</span>,
          ${patient.given}${patient.prefix ? ` (${patient.prefix})` : ''}</span
        >
        ${this.#born(patient)}
        <span class="item gender">${gender}</span>
        <span class="item"
          ><span class="label">${words.banner.nhsNumber}</span>
          <b class="number">${formatNhsNumber(patient.nhsNumber)}</b></span
        >
        ${patient.supersedes ? html`<span class="item">${words.banner.superseded(formatNhsNumber(patient.supersedes))}</span>` : nothing}
        ${patient.numberUnchecked ? html`<span class="item">${toneMark('caution')} ${words.banner.unchecked}</span>` : nothing}
        ${patient.restricted ? html`<span class="item restricted">${stateMark('withheld')} ${words.banner.restricted}</span>` : nothing}
      </div>
      ${record ? this.#standing(record) : nothing}
    </section>`;
  }
}

/** One record that says so is enough; that another denies it stands among the disagreements. */
function isPregnant(record: PatientRecord): boolean {
  const view = record.sections.find(({ id }) => id === 'pregnancy-status');
  return (view?.facts ?? []).some(({ entries: [entry] }) => {
    const { pregnant, state } = entry as PregnancyEntry;
    return pregnant === 'yes' && state === 'current';
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-banner': CorridorBanner;
  }
}
