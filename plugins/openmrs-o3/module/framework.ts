import type { Json } from '../../../src/record/resource.ts';

/** As much of `@openmrs/esm-framework` 10 as is used. The shell holds the one copy; a module never brings its own. */
export type Framework = {
  defineConfigSchema(moduleName: string, schema: object): void;
  getConfig(moduleName: string): Promise<Json>;
  /** The FHIR Patient the chart shows, as the user may read it. */
  fetchCurrentPatient(patientUuid: string, init: { readonly signal: AbortSignal }): Promise<unknown>;
  getSessionStore(): {
    getState(): SessionState;
    subscribe(listener: (state: SessionState) => void): () => void;
  };
  interpolateUrl(template: string): string;
  navigate(to: { readonly to: string }): void;
};

export type SessionState = { readonly session?: { readonly authenticated?: boolean; readonly user?: Json } | null };

/** Module federation's share scope: versions of a package, each with a way to fetch it. */
export type ShareScope = {
  readonly [name: string]: { readonly [version: string]: { get(): Promise<() => unknown> } } | undefined;
};

const NAME = '@openmrs/esm-framework';

/** There is one version in a running shell; were there several, the shell itself is the first. */
export async function takeFramework(scope: ShareScope | undefined): Promise<Framework> {
  const [held] = Object.values(scope?.[NAME] ?? {});
  if (!held) throw new Error(`${NAME} is not in this shell`);
  return (await held.get())() as Framework;
}
