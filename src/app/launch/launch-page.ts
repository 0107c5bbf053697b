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
  if (data.post) {
    formOf(data.address, root.ownerDocument).submit();
    return;
  }
  // Replaced, not followed: going back must not start a launch with a used token.
  window.location.replace(data.address);
}

/** SMART 2.2 `authorize-post`: the same values, none of them in an address. Going back finds a used launch, which is refused. */
function formOf(address: string, page: Document): HTMLFormElement {
  const { origin, pathname, searchParams } = new URL(address);
  const form = page.createElement('form');
  form.method = 'post';
  form.action = `${origin}${pathname}`;
  form.hidden = true;
  for (const [name, value] of searchParams) {
    const field = page.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  page.body.append(form);
  return form;
}
