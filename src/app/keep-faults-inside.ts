import { LitElement } from 'lit';
import { CorridorErrorEvent } from '../components/events.ts';
import { vendorWords } from '../words/vendor-words.ts';

type Drawn = { performUpdate: (this: LitElement) => void };

let kept = false;

/**
 * In a host's page a fault of ours stays ours: an element that can't draw itself says so in its place, tells the host by
 * an event and throws nothing. It says so for good, for what stood there may have been drawn by half (safety H09).
 * Only the Lit of this bundle is meant; the host may have its own.
 */
export function keepFaultsInside(): void {
  if (kept) return;
  kept = true;
  const own = LitElement.prototype as unknown as Drawn;
  const draw = own.performUpdate;
  own.performUpdate = function (this: LitElement): void {
    try {
      draw.call(this);
    } catch {
      const said = document.createElement('p');
      said.setAttribute('role', 'alert');
      said.textContent = vendorWords(
        this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang,
      ).partFailed;
      (this.renderRoot ?? this).replaceChildren(said);
      this.dispatchEvent(new CorridorErrorEvent('page.part_failed', crypto.randomUUID()));
    }
  };
}
