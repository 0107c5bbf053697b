import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextFrame } from '../stream/next-frame.ts';

/** Sections drawn in one go, where all of them are wanted. */
const FEW = 3;

type Host = ReactiveControllerHost & { readonly renderRoot: ParentNode };

/**
 * Where all sections stand under each other they come a few at a time, each few after the frame before: a press must not
 * wait for the last (safety H32). Paper has all of them, however soon it is wanted (safety H09).
 */
export class Standing implements ReactiveController {
  readonly #host: Host;
  #count = FEW;
  #of = '';
  #stop: (() => void) | undefined;
  readonly #onPrint = (): void => void this.#print();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.#onPrint);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.#onPrint);
    this.#stop?.();
  }

  /** How many of the sections of this picture stand now; `all`: how many there are. */
  of(picture: string, all: number): number {
    if (picture !== this.#of) this.#count = FEW;
    this.#of = picture;
    this.#stop?.();
    if (this.#count < all)
      this.#stop = nextFrame(() =>
        setTimeout(() => {
          if (picture !== this.#of) return;
          this.#count += FEW;
          this.#host.requestUpdate();
        }),
      );
    return this.#count;
  }

  /** Everything here is done before the listener's turn is over: the page is printed after that. */
  async #print(): Promise<void> {
    if (this.#count === Infinity) return;
    this.#count = Infinity;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    for (const section of this.#host.renderRoot.querySelectorAll('main .drawn > *')) await drawn(section);
  }
}

async function drawn(section: Element): Promise<void> {
  await updated(section);
  const frame = section.shadowRoot?.querySelector('corridor-section') ?? section;
  await updated(frame);
  frame.shadowRoot?.querySelector('corridor-reach')?.writeAll();
}

async function updated(element: Element & { readonly updateComplete?: Promise<unknown> }): Promise<void> {
  await element.updateComplete;
}
