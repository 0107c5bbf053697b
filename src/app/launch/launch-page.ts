import { launchEnGB as words } from '../../words/launch-en-GB.ts';
import { keepBinding } from './binding.ts';
import type { LaunchPageData } from './page-data.ts';
import { showProblem } from './problem-page.ts';

/** /launch: keeps this window's half of the binding, then goes to the EPR's sign-in. Without storage it goes nowhere. */
export function runLaunchPage(
  root: HTMLElement,
  data: LaunchPageData,
  window: Pick<Window, 'sessionStorage' | 'location'>,
): void {
  if (!/^https?:\/\//.test(data.address) || !keepBinding(() => window.sessionStorage, data.handle, data.binding)) {
    showProblem(root, words.noStorage);
    return;
  }
  // Replaced, not followed: going back must not start a launch with a used token.
  window.location.replace(data.address);
}
