import { html, type TemplateResult } from 'lit';
import type { PatientRecord } from '../record/patient-record.ts';
import type { Surroundings } from '../components/surroundings.ts';
import { Finding } from './finding.ts';
import type { Body } from './record-body.ts';

/**
 * What helps to read a record that is on the screen: finding, and what is new. It comes after the first sight, and its
 * row in the head of the record keeps its room until then.
 */
export class ReadingAids {
  readonly #finding: Finding;

  constructor(changed: () => void) {
    this.#finding = new Finding(changed);
  }

  /** What is drawn now. */
  see(record: PatientRecord, around: Surroundings): void {
    this.#finding.see(record, around);
  }

  /** The reader is in the middle of something that arrivals must not move. */
  get busy(): boolean {
    return this.#finding.active;
  }

  /** The reader goes to a part of the record: what was looked for no longer stands in its place. */
  leave(): void {
    this.#finding.clear();
  }

  /** Whether Escape had something to do here. */
  escape(): boolean {
    const { busy } = this;
    this.leave();
    return busy;
  }

  forget(): void {
    this.#finding.forget();
  }

  barTemplate(record: PatientRecord, around: Surroundings): TemplateResult {
    return html`<div class="tool find">${this.#finding.barTemplate(record, around)}</div>`;
  }

  bodyTemplate(body: Body): TemplateResult | undefined {
    return this.#finding.bodyTemplate(body);
  }
}
