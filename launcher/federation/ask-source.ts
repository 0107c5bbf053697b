import type { Reading } from '../../src/record/entry.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { SourceTrouble, type SourcePage } from '../../plugins/plugin.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import { answerSections, settle, typesOf, type Finish } from './answers.ts';
import { startDeadline, untilAborted, type Deadline } from './deadline.ts';
import type { FederationDeps, OpenSource } from './deps.ts';
import { findPerson } from './find-person.ts';
import type { SourceClocks } from './reader-room.ts';
import { Progress } from './progress.ts';
import { SourceReading, type Person } from './source-reading.ts';
import { createTurns, type Turns } from './turns.ts';

/** One source of one request: what may be asked of it and the way to it. */
export type Asked = {
  readonly source: SourceId;
  readonly sections: readonly SectionId[];
  readonly connection: OpenSource;
  readonly request: LocatedRequest;
  /** They stand still while its pages wait for the reader. */
  readonly clocks?: SourceClocks;
};

export type SourceOutcome = {
  readonly status: FinalSourceStatus;
  readonly finish: Finish;
  readonly progress: Progress;
};

/** Hands a reading on to the reader; resolves when there is room for more. */
export type Emit = (reading: Reading) => Promise<void>;

/** Asks one source everything it may be asked. Never throws: whatever happens becomes the one final status. */
export async function askSource(
  asked: Asked,
  deps: FederationDeps,
  idleMs: number,
  emit: Emit,
  signal: AbortSignal,
): Promise<SourceOutcome> {
  const startedAt = deps.now();
  const progress = new Progress();
  const deadlineMs = deps.deadlineMs(asked.source);
  const finish = await guarded(asked, deps, progress, async () => {
    const deadline = startDeadline({ totalMs: deadlineMs, idleMs }, signal);
    if (asked.clocks) asked.clocks.deadline = deadline;
    try {
      await converse(asked, deps, progress, { deadline, deadlineMs }, emit);
      return { kind: 'done' };
    } catch (error) {
      return finishOf(error, deadline, deadlineMs, signal);
    } finally {
      deadline.end();
    }
  });
  const sections = answerSections(asked.sections, progress, finish);
  const at = new Date(deps.now()).toISOString();
  const final = settle(progress, typesOf(asked.sections), finish, deadlineMs);
  return { status: { ...final, at, tookMs: Math.round(deps.now() - startedAt), sections }, finish, progress };
}

async function guarded(
  asked: Asked,
  deps: FederationDeps,
  progress: Progress,
  work: () => Promise<Finish>,
): Promise<Finish> {
  if (!deps.breaker) return work();
  const finish = await deps.breaker.run(asked.source, work, (ended) => isSilence(ended, progress));
  return finish === 'open' ? { kind: 'trouble', code: 'source.breaker_open' } : finish;
}

/**
 * Only silence opens the breaker. A refusal, a strange answer or half an answer is an answer, and one reader's refused
 * sign-in must not close a source to the others.
 */
function isSilence(finish: Finish, { arrived }: Progress): boolean {
  if ([...arrived].some((type) => type !== 'Patient')) return false;
  const silent =
    finish.kind === 'trouble' && (finish.code === 'source.unavailable' || finish.code === 'source.timeout');
  return silent || finish.kind === 'late';
}

class UnknownPerson extends Error {}

function finishOf(error: unknown, deadline: Deadline, deadlineMs: number, signal: AbortSignal): Finish {
  if (signal.aborted) return { kind: 'abandoned' };
  if (deadline.passed) return { kind: 'late', deadlineMs };
  if (error instanceof UnknownPerson) return { kind: 'unknown-person' };
  return { kind: 'trouble', code: error instanceof SourceTrouble ? error.code : 'source.invalid_answer' };
}

/** Who, then what: nothing is asked about a person the source may not mean (safety H05). */
async function converse(
  asked: Asked,
  deps: FederationDeps,
  progress: Progress,
  { deadline, deadlineMs }: { readonly deadline: Deadline; readonly deadlineMs: number },
  emit: Emit,
): Promise<void> {
  const person = await findWhom(asked, deps, deadline);
  const reading = new SourceReading(asked, deps, progress, person);
  const types = typesOf(asked.sections);
  if (types.includes('Patient')) {
    await pass(
      reading.take({ type: 'Patient', resources: [person.resource], end: { state: 'complete', received: 1 } }),
      deadline,
      emit,
    );
  }
  const rest = types.filter((type) => type !== 'Patient');
  if (rest.length === 0) return;
  const turns = createTurns();
  const ask = { patientId: person.id, types: reading.typesToAsk(rest) };
  const pages = asked.connection.fetch(ask, deadline.signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const read = await nextReading(pages, reading, turns, deadline, deadlineMs);
      if (!read) break;
      await pass(read, deadline, emit);
    }
    await pass(await reading.takeHeld(deadline.signal), deadline, emit);
  } catch (error) {
    reading.breakOff();
    throw error;
  } finally {
    // Not awaited: a plugin that hangs in its own clean-up holds up nobody.
    void Promise.resolve(pages.return?.()).catch(() => undefined);
  }
}

/**
 * The next page as it is read; `undefined` after the last. A function of its own, so that its page is let go of before the
 * reading waits for its reader: a function that waits holds all that it has looked at.
 */
async function nextReading(
  pages: AsyncIterator<SourcePage>,
  reading: SourceReading,
  turns: Turns,
  deadline: Deadline,
  deadlineMs: number,
): Promise<Reading | undefined> {
  const step = await untilAborted(pages.next(), deadline.signal);
  if (step.done) return undefined;
  deadline.touch();
  if (step.value.resources.length > 0) {
    // Waiting for the others to be read is not the source's silence, but no wait is without an end.
    deadline.pause(deadlineMs);
    await turns.next(deadline.signal, 'in-hand');
    deadline.resume();
  }
  deadline.signal.throwIfAborted();
  return reading.take(step.value);
}

async function pass(reading: Reading, deadline: Deadline, emit: Emit): Promise<void> {
  if (reading.entries.length === 0 && reading.unread.length === 0) return;
  deadline.pause();
  await emit(reading);
  deadline.resume();
}

async function findWhom(asked: Asked, deps: FederationDeps, deadline: Deadline): Promise<Person> {
  const { source, request, connection } = asked;
  const person = await untilAborted(findPerson(source, request, connection, deps, deadline.signal), deadline.signal);
  deadline.touch();
  if (person.found === 'none') throw new UnknownPerson();
  if (person.found === 'ambiguous') throw new SourceTrouble('source.ambiguous', 'more than one person matches');
  if (person.found === 'differs')
    throw new SourceTrouble('source.details_differ', 'the number is held with other details');
  if (person.found === 'mismatch')
    throw new SourceTrouble('source.wrong_patient', 'the person found is not the one asked about');
  return { id: person.patientId, resource: person.resource };
}
