/** What hands do with the picture; in its own pixels, from the reading side where words run from right to left. */
export type Hands = {
  pan(byPx: number): void;
  zoom(factor: number, atPx: number): void;
  point(place: Spot | undefined): void;
  tap(place: Spot): void;
  /** The wheel was turned where it does not zoom: the page goes on scrolling. */
  missed(): void;
  mirrored(): boolean;
  /** Whether a plain turn of the wheel is meant for the picture. */
  holdsWheel(): boolean;
};
export type Spot = { readonly x: number; readonly y: number };

const STILL_PX = 5;
const PER_TURN = 0.0022;

/**
 * Drag to pan, two fingers or the wheel to zoom. A plain wheel zooms only once the picture has the focus: a page that is
 * scrolled past must not change under the pointer (ui.md §1.4). Everything it does the buttons and keys do too.
 */
export class Gestures {
  readonly #hands: Hands;
  readonly #down = new Map<number, Spot>();
  #moved = false;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#down.set(event.pointerId, this.#spot(event));
    this.#moved = this.#down.size > 1;
  };

  readonly move = (event: PointerEvent): void => {
    const spot = this.#spot(event);
    const before = this.#down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') this.#hands.point(spot);
      return;
    }
    if (this.#down.size > 1) this.#pinch(event.pointerId, before, spot);
    else if (this.#moved || Math.abs(spot.x - before.x) > STILL_PX) this.#drag(event, before, spot);
    else return;
    this.#down.set(event.pointerId, spot);
  };

  readonly up = (event: PointerEvent): void => {
    const before = this.#down.get(event.pointerId);
    this.#down.delete(event.pointerId);
    if (before && !this.#moved && event.type === 'pointerup') this.#hands.tap(this.#spot(event));
  };

  readonly leave = (): void => this.#hands.point(undefined);

  readonly wheel = (event: WheelEvent): void => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) {
      event.preventDefault();
      const by = event.deltaX === 0 ? event.deltaY : event.deltaX;
      this.#hands.pan(this.#hands.mirrored() ? -by : by);
      return;
    }
    // A pinch on a touchpad comes as a wheel with Ctrl.
    if (!event.ctrlKey && !event.metaKey && !this.#hands.holdsWheel()) return this.#hands.missed();
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.#hands.zoom(Math.exp(event.deltaY * lines * PER_TURN * (event.ctrlKey ? 3 : 1)), this.#spot(event).x);
  };

  get dragging(): boolean {
    return this.#moved && this.#down.size > 0;
  }

  #drag(event: PointerEvent, before: Spot, spot: Spot): void {
    if (!this.#moved && event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    this.#moved = true;
    this.#hands.point(undefined);
    this.#hands.pan(before.x - spot.x);
  }

  #pinch(moving: number, before: Spot, spot: Spot): void {
    const other = [...this.#down].find(([id]) => id !== moving)?.[1];
    if (!other) return;
    const [was, is] = [Math.abs(before.x - other.x), Math.abs(spot.x - other.x)];
    if (was > 8 && is > 8) this.#hands.zoom(was / is, (spot.x + other.x) / 2);
  }

  #spot(event: MouseEvent): Spot {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = event.clientX - box.left;
    return { x: this.#hands.mirrored() ? box.width - x : x, y: event.clientY - box.top };
  }
}
