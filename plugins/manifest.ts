import { z } from 'zod';
import type { SettingProblem } from './plugin.ts';

/** What a plugin says of itself: enough to list it, configure it and know how far it is proven. */
export type PluginManifest = {
  /** Folder under `plugins/` and name in the community file. */
  readonly id: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  readonly contract: 1;
  readonly name: string;
  /** One sentence: what it does for whom. */
  readonly summary: string;
  /** EPR products it fits, by name. */
  readonly hosts: readonly string[];
  /** An organisation's settings for it, `organisations[].plugins.<id>` of the community file; `settings({})` must be of use or say why not. */
  readonly settings: z.ZodType<object>;
  /** Settings an organisation might write: for the documents, and what `corridor plugin check` runs with. Left out: none are needed. */
  readonly example?: object;
  /** Origins beyond `launch.frameAncestors` that its settings let frame our pages. */
  readonly frameAncestors?: (settings: unknown) => readonly string[];
  /**
   * True: no list of ancestors is sent for launches whose `host` is this plugin. Only for a plugin whose page shows nothing
   * before its parent window has proven its origin, and for sites whose frame stands in something without an http origin,
   * which no list can name.
   */
  readonly uncheckedAncestors?: (settings: unknown) => boolean;
  /** What it has really been run against. */
  readonly testedWith: readonly Tested[];
  /** What it is built for and was never run against; said in its README in these words. */
  readonly notTestedWith: readonly string[];
};

export type Tested = { readonly what: string; readonly version: string; readonly how: string };

/** The settings as JSON Schema, for documents, editors and vendors. */
export function settingsSchema({ settings, id }: PluginManifest): object {
  return { ...z.toJSONSchema(settings, { io: 'input' }), title: `Settings of ${id}` };
}

/** An organisation's settings, read; or what is wrong with them, field by field. */
export function readPluginSettings(
  { settings }: PluginManifest,
  given: unknown,
): { readonly settings: object } | { readonly problems: readonly SettingProblem[] } {
  const read = settings.safeParse(given);
  if (read.success) return { settings: read.data };
  return {
    problems: read.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message })),
  };
}
