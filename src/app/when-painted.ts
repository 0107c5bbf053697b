import type { Patient } from '../record/patient.ts';
import type { PatientRecord } from '../record/patient-record.ts';

type Watched = { readonly record: PatientRecord | undefined; subscribe(listener: () => void): () => void };

/** Once the record's banner is on the screen: drawn, and two frames later painted (plugins.md §5 rule 9). */
export function whenPainted(
  element: { readonly updateComplete: Promise<boolean> },
  store: Watched,
  signal: AbortSignal,
  painted: (patient: Patient) => void,
): void {
  const look = (): void => {
    const patient = store.record?.patient;
    if (!patient) return;
    stop();
    void element.updateComplete.then(() =>
      twoFramesLater(() => {
        if (!signal.aborted) painted(patient);
      }),
    );
  };
  const stop = store.subscribe(look);
  signal.addEventListener('abort', stop, { once: true });
  look();
}

/** A hidden page draws no frames; what waits for one there would wait for ever. */
function twoFramesLater(task: () => void): void {
  if (document.visibilityState === 'hidden') setTimeout(task, 32);
  else requestAnimationFrame(() => requestAnimationFrame(task));
}
