/** What `<corridor-frame>` says beyond what the elements in a page say. No clinical content: epochs, ids, results. */

/** The frame shows the context of this epoch, is waiting for it, or refuses it. */
export class ContextShownEvent extends Event {
  readonly epoch: number;
  readonly result: 'shown' | 'pending' | 'refused';
  constructor(epoch: number, result: ContextShownEvent['result']) {
    super('corridor-context-shown', { bubbles: true, composed: true });
    this.epoch = epoch;
    this.result = result;
  }
}

/** The reader is done. A host that cancels it keeps the frame. */
export class CloseAskEvent extends Event {
  constructor() {
    super('corridor-close-ask', { bubbles: true, composed: true, cancelable: true });
  }
}

/** The reader wants the host to open an activity of its own. The host answers at once, by calling `respond`. */
export class ChartOpenEvent extends Event {
  readonly section: string;
  readonly ref: string | undefined;
  #answer: 'opened' | 'denied' | 'unsupported' = 'unsupported';
  constructor(section: string, ref: string | undefined) {
    super('corridor-chart-open', { bubbles: true, composed: true });
    this.section = section;
    this.ref = ref;
  }
  respond(answer: ChartOpenEvent['answer']): void {
    this.#answer = answer;
  }
  get answer(): 'opened' | 'denied' | 'unsupported' {
    return this.#answer;
  }
}

/** What the record would say in the host's own banner; without a text it takes its line away. Numbers, and no names. */
export class HostBannerEvent extends Event {
  readonly text: string | undefined;
  readonly level: 'info' | 'warning' | 'critical';
  constructor(text: string | undefined, level: HostBannerEvent['level']) {
    super('corridor-host-banner', { bubbles: true, composed: true });
    this.text = text;
    this.level = level;
  }
}

declare global {
  interface HTMLElementEventMap {
    'corridor-context-shown': ContextShownEvent;
    'corridor-close-ask': CloseAskEvent;
    'corridor-chart-open': ChartOpenEvent;
    'corridor-host-banner': HostBannerEvent;
  }
}
