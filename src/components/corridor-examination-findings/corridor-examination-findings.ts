import type { nothing, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ExaminationEntry } from '../../record/sections/examination-findings.ts';
import type { SectionView } from '../../record/patient-record.ts';
import { measuresInSteps } from '../measures/measure.ts';
import { measuredSection } from '../measures/measured-section.ts';
import { observedLine, type MeasuredEntry } from '../measures/observed-line.ts';
import { SectionElement, sectionHost } from '../section-element.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** @summary Examination findings: vital signs and scores with their trend; assessments and social findings as lines. */
export class CorridorExaminationFindings extends SectionElement<ExaminationEntry> {
  static override styles = [tokens, controls, sectionHost];
  static override readonly lineOf = observedLine;

  @state() private older = false;

  #before: SectionView<ExaminationEntry>['facts'] | undefined;

  protected override *prepare(): Generator<undefined, void> {
    const before = this.#before;
    this.#before = this.view?.facts;
    yield* super.prepare();
    if (this.view) yield* measuresInSteps(this.view.facts, isMeasure, before);
  }

  override render(): TemplateResult | typeof nothing {
    return measuredSection({
      host: this,
      isMeasure,
      older: this.older,
      toggle: () => (this.older = !this.older),
    });
  }
}

function isMeasure(entry: MeasuredEntry): boolean {
  return entry.kind === 'vital-sign' || entry.kind === 'score';
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-examination-findings': CorridorExaminationFindings;
  }
}
