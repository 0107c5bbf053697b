import { WHOLE } from '../../../src/record/build-record.ts';
import { readDate } from '../../../src/record/fhir/date.ts';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { answered } from '../../../src/stream/record-of-entries.ts';
import { holdContext } from '../../../src/app/context/hold-context.ts';
import type { OpenedLaunch } from '../../../src/app/launch/callback-page.ts';
import { openRecordWith } from '../../../src/app/open-record.ts';
import { SILENT_HOST, type ContextSignal, type HostPort } from '../../../src/app/host-port.ts';
import { contextEnGB } from '../../../src/words/context-en-GB.ts';
import type { SwitchReport } from '../switch-report.ts';
import * as sample from './sample-record.ts';

type Person = { readonly key: string; readonly launch: OpenedLaunch };

const PEOPLE: readonly Person[] = [
  ['Aardvark', '9990000018', '1950-01-01'],
  ['Bandicoot', '9990000026', '1961-02-02'],
  ['Capybara', '9990000034', '1972-03-03'],
].map(([family = '', nhsNumber = '', birthDate = '']) => ({
  key: family,
  launch: {
    session: `bearer of ${family}`,
    context: { launchId: family, ods: 'XB001', needPatientBanner: true, patient: { family, nhsNumber, birthDate } },
  },
}));

/** Runs `sequences` of them from one seed, a few windows side by side; each record of `entries` statements. */
export async function runSwitches(sequences: number, seed: number, beside = 4, entries = 1): Promise<SwitchReport> {
  const totals = { entries, moves: 0, frames: 0, shown: 0, blanks: [] as number[], machine: 0, wrong: [] as string[] };
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < sequences; index = next++) {
      const sequence = new Sequence(seed + index, totals);
      await sequence.run();
    }
  };
  await Promise.all(Array.from({ length: beside }, worker));
  const blanks = totals.blanks.sort((a, b) => a - b);
  return {
    sequences,
    moves: totals.moves,
    frames: totals.frames,
    shown: totals.shown,
    blankMs: { p50: share(blanks, 0.5), p99: share(blanks, 0.99), slowest: share(blanks, 1) },
    machineMs: totals.machine,
    wrong: totals.wrong.slice(0, 20),
  };
}

function share(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}

type Totals = {
  readonly entries: number;
  moves: number;
  frames: number;
  shown: number;
  readonly blanks: number[];
  machine: number;
  readonly wrong: string[];
};

class Sequence {
  readonly #seed: number;
  readonly #random: () => number;
  readonly #totals: Totals;
  readonly #done: string[] = [];
  readonly #window = new EventTarget();
  #root = document.createElement('div');
  #tell: (signal: ContextSignal) => void = () => undefined;
  #epoch = 0;
  /** Whom the host vouches for at this moment; nobody while it is moving or gone. */
  #vouched: Person | undefined;
  #held: { close(): void } | undefined;

  constructor(seed: number, totals: Totals) {
    this.#seed = seed;
    this.#random = randomFrom(seed);
    this.#totals = totals;
  }

  async run(): Promise<void> {
    let running = true;
    const watch = (): void => {
      if (!running) return;
      this.#look();
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
    await this.#launch(this.#anybody());
    const moves = 3 + Math.floor(this.#random() * 5);
    for (let move = 0; move < moves; move++) {
      await frames(Math.floor(this.#random() * 4));
      await this.#move();
    }
    await frames(3);
    this.#vouched = undefined;
    this.#held?.close();
    this.#look();
    running = false;
    this.#root.remove();
  }

  async #move(): Promise<void> {
    const kind = this.#random();
    this.#totals.moves++;
    if (kind < 0.5) this.#switch(this.#anybody(), true);
    else if (kind < 0.62) this.#switch(this.#vouched ?? this.#anybody(), false);
    else if (kind < 0.7) this.#signal('switch to nobody', undefined, { type: 'change', context: this.#context(null) });
    else if (kind < 0.78) this.#signal('closing', undefined, { type: 'closing', epoch: this.#epoch });
    else if (kind < 0.82) this.#signal('lost', undefined, { type: 'lost', epoch: this.#epoch, reason: 'socket' });
    else if (kind < 0.9) await this.#leave('refresh', new PageTransitionEvent('pagehide'));
    else await this.#leave('back', new PageTransitionEvent('pageshow', { persisted: true }));
  }

  #switch(to: Person, ticket: boolean): void {
    const same = to === this.#vouched;
    const context = { ...this.#context(to.launch.context.patient), ...(ticket && { ticket: to.key }) };
    // Without a ticket another patient can't be opened here, and the same one only while still on the screen.
    this.#signal(
      `${same ? 'again' : 'switch'} ${to.key}${ticket ? '' : ' without a ticket'}`,
      ticket || same ? to : undefined,
      {
        type: 'change',
        context,
      },
    );
  }

  #context(patient: OpenedLaunch['context']['patient'] | null) {
    const assertedAt = new Date().toISOString();
    return { epoch: ++this.#epoch, launchId: 'host', evidence: 'host-message', assertedAt, patient } as const;
  }

  /** The host's word: whatever is on the screen must be gone when it returns. */
  #signal(name: string, vouched: Person | undefined, signal: ContextSignal): void {
    this.#done.push(name);
    this.#vouched = vouched;
    const started = performance.now();
    this.#tell(signal);
    this.#totals.blanks.push(performance.now() - started);
    this.#totals.machine = Math.max(this.#totals.machine, heldUpMs());
    const left = textOf(this.#root);
    const found = PEOPLE.find(({ key }) => left.includes(key));
    if (found) this.#wrong(`${found.key} in the same task`);
  }

  /** The document goes; a new launch comes in a new one, of whoever is open by then. */
  async #leave(name: string, event: Event): Promise<void> {
    this.#done.push(name);
    this.#vouched = undefined;
    this.#window.dispatchEvent(event);
    this.#look();
    await this.#launch(this.#anybody());
  }

  async #launch(person: Person): Promise<void> {
    this.#done.push(`launch ${person.key}`);
    this.#held?.close();
    this.#root.remove();
    this.#root = document.createElement('div');
    document.body.append(this.#root);
    this.#epoch = 1;
    this.#vouched = person;
    const port: HostPort = {
      ...SILENT_HOST,
      capabilities: new Set(['context-events', 'context-ack']),
      connect: () => {
        const assertedAt = new Date().toISOString();
        const { patient } = person.launch.context;
        return Promise.resolve({ epoch: 1, launchId: 'host', evidence: 'host-message', assertedAt, patient });
      },
      onContext: (listener) => {
        this.#tell = listener;
        return () => undefined;
      },
    };
    const context = { ...person.launch.context, host: { plugin: 'test', settings: {}, origins: [] } };
    this.#held = await holdContext({
      root: this.#root,
      launch: { ...person.launch, context },
      window: this.#window as Window,
      hosts: {
        test: () => Promise.resolve({ host: { id: 'test', contract: 1, detect: () => true, create: () => port } }),
      },
      fetch: () => Promise.reject(new TypeError('no network')),
      words: contextEnGB,
      redeem: async (ticket) => {
        await this.#later();
        const found = PEOPLE.find(({ key }) => key === ticket);
        if (!found) throw new Error('no such ticket');
        return found.launch;
      },
      endUnseen: () => undefined,
      show: ({ session, context: shown }, root, painted) =>
        openRecordWith(
          { bearer: session, context: shown, root, painted, fetch: this.#answer(session.replace('bearer of ', '')) },
          { merging: WHOLE },
        ),
    });
  }

  /** The launcher's stream for one bearer, in pieces that come when they come; it does not stop for being aborted. */
  #answer(key: string): typeof fetch {
    return (address) => {
      if (!(typeof address === 'string' && address.endsWith('/record'))) return Promise.resolve(new Response());
      const events = recordOf(key, this.#totals.entries);
      const body = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const event = events.shift();
          if (!event) return controller.close();
          await this.#later();
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
        },
      });
      return this.#later().then(() => new Response(body));
    };
  }

  async #later(): Promise<void> {
    const late = this.#random();
    if (late > 0.4) await new Promise((resolve) => setTimeout(resolve, late * 40));
  }

  #look(): void {
    this.#totals.frames++;
    const text = textOf(this.#root);
    const seen = PEOPLE.filter(({ key }) => text.includes(key) || text.includes(`${key}itis`));
    if (seen.length > 0) this.#totals.shown++;
    const stranger = seen.find((person) => person !== this.#vouched);
    if (stranger) this.#wrong(`${stranger.key} while the host vouches for ${this.#vouched?.key ?? 'nobody'}`);
  }

  #wrong(what: string): void {
    this.#totals.wrong.push(`seed ${String(this.#seed)}: ${what} after ${this.#done.join(', ')}`);
  }

  #anybody(): Person {
    const person = PEOPLE[Math.floor(this.#random() * PEOPLE.length)];
    if (!person) throw new Error('nobody');
    return person;
  }
}

/** Banner and data each name their person: the banner by the family name, the data by a condition called after it. */
function recordOf(key: string, entries: number): RecordEvent[] {
  const person = PEOPLE.find((one) => one.key === key);
  const nhsNumber = parseNhsNumber(person?.launch.context.patient.nhsNumber);
  const birthDate = readDate(person?.launch.context.patient.birthDate);
  if (!nhsNumber || !birthDate) throw new Error('nobody');
  const source = sample.sourceOf('surgery');
  const problems = Array.from({ length: entries }, (_unused, index) =>
    sample.problem(`p${String(index)}`, index === 0 ? `${key}itis` : `${key}itis ${String(index)}`),
  );
  const reading = readResources(problems, source.id);
  const at = '2026-11-20T09:00:00Z';
  const patient = { nhsNumber, birthDate, family: key, given: 'Test' };
  return [
    { type: 'opened', version: 1, viewId: 'v', at, patient, sources: [source] },
    { type: 'entries', source: source.id, ...reading },
    { type: 'settled', source: source.id, status: answered(reading.entries, at) },
    { type: 'closed', at },
  ];
}

/** How long work of a fifth of a millisecond takes that touches nothing of ours: what is more, the machine was elsewhere. */
function heldUpMs(): number {
  const started = performance.now();
  for (let count = 0; count < 200_000; count++) spun = (spun + count) | 0;
  return performance.now() - started;
}

/** Kept, or the work would be left out. */
let spun = 0;

/** Everything that can be read on the screen, through open shadow roots. */
function textOf(root: Node): string {
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const children =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return children.map(textOf).join(' ');
}

/** Mulberry32: the same seed, the same sequence. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
