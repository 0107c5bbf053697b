import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PatientRecord, SectionView } from '../record/patient-record.ts';
import { gapsOf } from '../components/absence.ts';
import type { Emptiness, MeanwhileView } from './empty-headings.ts';

type Host = ReactiveControllerHost & { readonly renderRoot: ParentNode };
type Answers = SectionView['answers'];
type Answer = Answers[number]['answer'];

/** What of a heading may be one row less when other words stand in it. */
const ROWS = 'header, .missing, .absence';

/**
 * Arrivals wait while somebody reads, and who has answered must be true all the same (safety H06): the lines stay those
 * that are drawn, and the words for what is missing are those of now. Where they stand keeps its height meanwhile, so
 * that nothing moves under the reader's hand (safety H35).
 */
export class Meanwhile implements ReactiveController {
  readonly #host: Host;
  readonly #kept: HTMLElement[] = [];
  readonly #release = (): void => {
    for (const row of this.#kept.splice(0)) row.style.minBlockSize = '';
  };
  #drawn: PatientRecord | undefined;
  #latest: PatientRecord | undefined;
  #now: PatientRecord | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('resize', this.#release);
  }

  hostDisconnected(): void {
    window.removeEventListener('resize', this.#release);
  }

  forget(): void {
    this.#release();
    this.#drawn = this.#latest = this.#now = undefined;
  }

  of(drawn: PatientRecord, latest: PatientRecord): PatientRecord {
    if (this.#now && drawn === this.#drawn && latest === this.#latest) return this.#now;
    if (drawn !== this.#drawn) this.#release();
    this.#drawn = drawn;
    this.#latest = latest;
    if (drawn !== latest && this.#kept.length === 0) this.#keep();
    return (this.#now = drawn === latest ? drawn : withAnswersOf(latest, drawn));
  }

  /** All are measured before any is changed: the page is laid out once for it. */
  #keep(): void {
    const rows = [...this.#host.renderRoot.querySelectorAll('main .drawn *')].flatMap((section) => {
      const frame = section.shadowRoot?.querySelector('corridor-section') ?? section;
      return [...(frame.shadowRoot?.querySelectorAll<HTMLElement>(ROWS) ?? [])];
    });
    const heights = rows.map((row) => getComputedStyle(row).blockSize);
    rows.forEach((row, at) => (row.style.minBlockSize = heights[at] ?? ''));
    this.#kept.push(...rows);
  }
}

/** The lines of one record with the answers of another: who it is, what is shown and what disagrees stay as drawn. */
function withAnswersOf(latest: PatientRecord, drawn: PatientRecord): PatientRecord {
  const views = new Map(latest.sections.map((view) => [view.id, view]));
  const { sources, completeness, unread } = latest;
  const sections = drawn.sections.map((view) => {
    const now = views.get(view.id);
    return now ? meanwhile(view, now) : view;
  });
  return { ...drawn, sources, completeness, unread, sections };
}

function meanwhile(was: SectionView, now: SectionView): MeanwhileView {
  const { notOffered: _, ...rest } = was;
  const { answers, absence, notOffered, facts } = now;
  const arrived = was.facts.length === 0 ? facts.reduce((sum, { entries }) => sum + entries.length, 0) : 0;
  return {
    ...rest,
    answers,
    absence,
    ...(notOffered !== undefined && { notOffered }),
    ...(arrived > 0 && { arrived }),
    was,
    retell,
  };
}

function retell(group: Emptiness, say: (view: SectionView) => string): Emptiness {
  const now = together(group.views);
  const { silent, unread } = gapsOf(now);
  return { ...group, said: say(now), gap: silent + unread > 0 };
}

/**
 * Headings that stand under one word because the same was said of each when they were drawn. Of each source the answer
 * that leaves most open is taken; it has answered if it has for all of them. Nothing is said that is not true of each.
 */
function together(views: readonly SectionView[]): SectionView {
  const [first, ...others] = views as readonly [SectionView, ...SectionView[]];
  const bySource = new Map<Answers[number]['source'], Answer[]>();
  for (const { answers } of views)
    for (const { source, answer } of answers) bySource.set(source, [...(bySource.get(source) ?? []), answer]);
  const answers = [...bySource].flatMap(([source, said]) => {
    const [most] = said.toSorted((a, b) => openness(b) - openness(a));
    return most && (said.length === views.length || openness(most) > 0) ? [{ source, answer: most }] : [];
  });
  const most = (count: (view: SectionView) => number): number => Math.max(...views.map(count));
  const unread = most(({ absence }) => (absence.kind === 'incomplete' ? (absence.unread ?? 0) : 0));
  const arrived = views.reduce((sum, view) => sum + (view.arrived ?? 0), 0);
  const notOffered = most((view) => view.notOffered ?? 0);
  return others.length === 0
    ? first
    : {
        ...first,
        answers,
        absence: { kind: 'incomplete', answered: 0, waiting: 0, silent: 0, withheld: 0, unread },
        ...(notOffered > 0 && { notOffered }),
        ...(arrived > 0 && { arrived }),
      };
}

/** How much an answer leaves open; nought where it leaves nothing. */
function openness({ state }: Answer): number {
  if (state === 'answered' || state === 'nothing-held') return 0;
  if (state === 'waiting') return 2;
  return state === 'withheld' || state === 'not-agreed' ? 1 : 3;
}
