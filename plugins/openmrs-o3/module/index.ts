import { configSchema, MODULE_NAME, readConfig } from './config-schema.ts';
import { bannerTag } from './banner-tag.ts';
import { dashboardLink } from './dashboard-link.ts';
import { takeFramework, type Framework, type ShareScope } from './framework.ts';
import { lifecycle, type Lifecycle } from './lifecycle.ts';
import { recordView } from './record-view.ts';
import { tile } from './tile.ts';

/**
 * The container that the shell of OpenMRS O3 loads by its import map (module federation): one global, named after the
 * package, whose `get('./start')` gives what `routes.json` names.
 */
type Container = {
  init(scope: ShareScope): void;
  get(share: string): Promise<() => object>;
};

let scope: ShareScope | undefined;
let framework: Framework | undefined;

const container: Container = {
  init: (given) => {
    scope = given;
  },
  get: async () => {
    const held = (framework ??= await takeFramework(scope));
    const config = (): ReturnType<typeof readConfig> => readConfig(held);
    const module = {
      startupApp: () => held.defineConfigSchema(MODULE_NAME, configSchema),
      // The words come with the script; the shell asks for a file of them all the same.
      importTranslation: () => Promise.resolve({}),
      recordDashboardLink: each(() => lifecycle((props) => dashboardLink(props, held))),
      recordDashboard: each(() => lifecycle((props) => recordView(props, held, config))),
      recordBannerTag: each(() => lifecycle((props) => bannerTag(props, held))),
      recordTile: each(() => lifecycle((props) => tile(props, held))),
    };
    return () => module;
  },
};

/** A parcel of its own for every place: two charts' extensions share nothing. */
function each(make: () => Lifecycle): () => Promise<Lifecycle> {
  return () => Promise.resolve(make());
}

(globalThis as unknown as Record<string, Container>)[MODULE_NAME.replace(/[/\-@]/g, '_')] = container;
