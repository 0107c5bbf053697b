import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConvertUnit } from '../../record/units.ts';
import { atOnce, betweenTasks } from '../between-tasks.ts';
import { trendInSteps, type Measure, type Trend } from './measure.ts';

type Wanted = { readonly measure: Measure; readonly convert: ConvertUnit | undefined };
type Found = { readonly convert: ConvertUnit | undefined; readonly trend: Trend };

/** The trend of one list of results, as long as that list is: rows are drawn again far more often than results come. */
const found = new WeakMap<Measure['facts'], Found>();

/** A test measured so few times costs less than the turn it would wait for. */
const FEW = 50;

/**
 * The trends of a table's rows, worked out once each: short ones with the row, long ones between tasks, in the order of
 * the rows, after which the table is drawn again.
 */
export class TrendsBetweenTasks implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #wanted = new Map<Measure['facts'], Wanted>();
  #working = false;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    void this.#work();
  }

  hostDisconnected(): void {
    this.#connected = false;
  }

  /** `undefined` while it is on its way. */
  of(measure: Measure, convert: ConvertUnit | undefined): Trend | undefined {
    const known = found.get(measure.facts);
    if (known && known.convert === convert) return known.trend;
    if (measure.facts.length <= FEW) return keep(measure, convert, atOnce(trendInSteps(measure, convert)));
    this.#wanted.set(measure.facts, { measure, convert });
    void this.#work();
    return known?.trend;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const { measure, convert } = next;
        keep(measure, convert, await betweenTasks(trendInSteps(measure, convert)));
        this.#host.requestUpdate();
      }
    } finally {
      this.#working = false;
    }
  }

  #next(): Wanted | undefined {
    const [next] = this.#connected ? this.#wanted.values() : [];
    if (next) this.#wanted.delete(next.measure.facts);
    return next;
  }
}

function keep({ facts }: Measure, convert: ConvertUnit | undefined, trend: Trend): Trend {
  found.set(facts, { convert, trend });
  return trend;
}
