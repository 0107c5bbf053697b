import type { nothing, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { InvestigationEntry } from '../../record/sections/investigation-results.ts';
import type { SectionView } from '../../record/patient-record.ts';
import { measuresInSteps } from '../measures/measure.ts';
import { measuredSection } from '../measures/measured-section.ts';
import { observedLine, type MeasuredEntry } from '../measures/observed-line.ts';
import { SectionElement, sectionHost } from '../section-element.ts';
import { controls, tokens } from '../tokens.styles.ts';

/** @summary Investigation results: each test's latest value with unit, range, flag and trend; reports and imaging under them. */
export class CorridorResults extends SectionElement<InvestigationEntry> {
  static override styles = [tokens, controls, sectionHost];
  static override readonly lineOf = observedLine;

  @state() private older = false;

  #before: SectionView<InvestigationEntry>['facts'] | undefined;

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
  return entry.kind === 'result';
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-results': CorridorResults;
  }
}
