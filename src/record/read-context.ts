import type { Json, Resource } from './resource.ts';
import type { SourceId } from './source.ts';

/** What a reader may know besides the resource: whose it is, and the other resources that came with it. */
export type ReadContext = {
  readonly source: SourceId;
  /** Finds a contained, included or earlier resource by a Reference; never fetches. */
  resolve(reference: Json | undefined, within: Resource): Resource | undefined;
};
