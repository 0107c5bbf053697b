// The record is drawn with it: it comes with the launch page, and is here already when the record is opened.
import 'lit';
import { launchEnGB as words } from '../words/launch-en-GB.ts';
import { runCallbackPage, type OpenedLaunch } from './launch/callback-page.ts';
import type { OpenedTeam } from './launch/opened-team.ts';
import { runOpenPage } from './launch/open-page.ts';
import { runLaunchPage } from './launch/launch-page.ts';
import { openLaunch } from './open-launch.ts';
import { readPageData } from './launch/page-data.ts';
import { stylePage } from './launch/page-style.ts';
import { showProblem } from './launch/problem-page.ts';

/** The one script of the launcher's pages; the document says which page it is. The bearer never leaves this closure. */
function start(root: HTMLElement): void {
  stylePage(document);
  const data = readPageData(document);
  // Back from the browser's memory: whoever was here then may not be here now (smart.md §5 row 94).
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) showProblem(root, words.relaunch);
  });
  if (document.body.dataset['page'] === 'launch') {
    runLaunchPage(root, data, window);
    return;
  }
  // The record's own code comes while the launcher finishes the launch, and not at all on the page before.
  const record = import('./first-sight.ts');
  const deps = {
    window,
    fetch: window.fetch.bind(window),
    open: async (launch: OpenedLaunch) => openLaunch(launch, root, (await record).showRecord),
    openTeam: async (team: OpenedTeam) => (await record).showTeam(team, root),
  };
  void (document.body.dataset['page'] === 'open' ? runOpenPage : runCallbackPage)(root, data, deps);
}

const root = document.getElementById('root');
if (root) start(root);
