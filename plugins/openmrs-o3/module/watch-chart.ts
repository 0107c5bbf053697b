import type { Framework } from './framework.ts';
import { patientInAddress } from './dashboards.ts';

/** Every sign that the chart may have gone to somebody else, in the order in which a browser gives them. */
const SIGNS = ['popstate', 'hashchange', 'single-spa:before-routing-event', 'single-spa:routing-event'] as const;

/**
 * Tells in the same task when the address, or the session, is no longer that of the patient and user it began with.
 * O3 changes the address first and takes the old dashboard down later, after it has drawn; nobody may wait for that.
 */
export function watchChart(
  patientUuid: string,
  framework: Framework,
  tell: (what: 'here' | 'elsewhere' | 'signed-out') => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const isCharted = patientInAddress(location.pathname) !== undefined;
  const look = (): void => {
    const named = patientInAddress(location.pathname);
    // Where it began with no patient in the address, one that comes to be named is the first to disagree.
    tell(named === patientUuid || (named === undefined && !isCharted) ? 'here' : 'elsewhere');
  };
  const { navigation } = globalThis as { navigation?: EventTarget };
  // It comes within `pushState` itself; browsers without it hear of it by single-spa's event, a microtask later.
  navigation?.addEventListener('currententrychange', look, { signal });
  for (const sign of SIGNS) addEventListener(sign, look, { signal });
  const sessions = framework.getSessionStore();
  const user = userOf(sessions.getState());
  const leave = sessions.subscribe((state) => {
    const now = userOf(state);
    if (user !== undefined && now !== user) tell('signed-out');
  });
  signal.addEventListener('abort', leave, { once: true });
  look();
  return () => stop.abort();
}

function userOf({ session }: ReturnType<ReturnType<Framework['getSessionStore']>['getState']>): unknown {
  return session?.authenticated === true ? session.user?.['uuid'] : undefined;
}
