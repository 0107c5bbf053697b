import { afterEach } from 'vitest';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { federate } from '../../launcher/federation/federate.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { collect, entriesOf, locatedOf, NHS_NUMBER, openBench, settledOf, type RequestParts } from './federation.ts';
import { allergy, openFhirServer, person, type FhirServer } from './fhir-server.ts';

/** One view of one hostile source and one that is well, as the launcher makes it. */
export type SourceView = {
  readonly events: readonly RecordEvent[];
  readonly audit: readonly AuditEvent[];
  readonly status: FinalSourceStatus;
  /** `answered`, or `failed source.wrong_patient`. */
  readonly ended: string;
  /** Ids of the hostile source's resources that were shown. */
  readonly shown: readonly string[];
};

export type SourceViews = {
  /** A source that holds the person and what is given; closed after the test. */
  serve(resources?: readonly Resource[]): Promise<FhirServer>;
  view(server: { readonly base: string }, more?: ViewOptions): Promise<SourceView>;
};

export type ViewOptions = Parameters<typeof openBench>[1] & { readonly parts?: Partial<RequestParts> };

export function useSourceViews(): SourceViews {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  const serve: SourceViews['serve'] = async (resources = []) => {
    const server = await openFhirServer([person('p1', NHS_NUMBER), ...resources]);
    open.push(server);
    return server;
  };
  return {
    serve,
    view: async (server, { parts, ...more } = {}) => {
      const well = await serve([allergy('well', 'p1')]);
      const { deps, events: audit, agents } = openBench({ hostile: server.base, well: well.base }, more);
      open.push(agents);
      const events = await collect(
        federate(locatedOf({ sources: ['hostile', 'well'], ...parts }), deps, new AbortController().signal),
      );
      // Whatever one source does, the other's answer is whole.
      if (settledOf(events, 'well').status.state !== 'answered' || entriesOf(events, 'well').length !== 1)
        throw new Error('the other source was held up or changed');
      if (audit.filter(({ type }) => type === 'source.settled').length !== 2) throw new Error('the audit has a gap');
      const { status } = settledOf(events, 'hostile');
      const shown = entriesOf(events, 'hostile').map((id) => id.split('/').at(-1) ?? '');
      return {
        events,
        audit,
        status,
        ended: 'code' in status ? `${status.state} ${status.code}` : status.state,
        shown,
      };
    },
  };
}
