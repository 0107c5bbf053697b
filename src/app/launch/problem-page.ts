import { launchEnGB as words } from '../../words/launch-en-GB.ts';

/** An error as a person is told it: what happened, what to do, and two numbers for whoever helps. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly nextStep: string;
  readonly supportId?: string;
};

/** Replaces whatever is on screen. Text nodes only; nothing that came in by an address is repeated. */
export function showProblem(root: HTMLElement, problem: Problem): void {
  const main = document.createElement('main');
  main.className = 'problem';
  const heading = element('h1', problem.message);
  heading.tabIndex = -1;
  const list = document.createElement('dl');
  list.append(element('dt', words.code), element('dd', problem.code));
  if (problem.supportId !== undefined) list.append(element('dt', words.support), element('dd', problem.supportId));
  main.append(heading, element('p', problem.nextStep), list);
  root.replaceChildren(main);
  heading.focus();
  // The reader has been told already: a host that can't be is one that goes without.
  import('./tell-refusal.ts').then(({ tellRefusal }) => tellRefusal(problem)).catch(String);
}

/** What the launcher answered, if it is one of its errors. */
export function parseProblem(value: unknown): Problem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { error, message, nextStep, supportId } = value as Record<string, unknown>;
  if (typeof error !== 'string' || typeof message !== 'string' || typeof nextStep !== 'string') return undefined;
  return { code: error, message, nextStep, ...(typeof supportId === 'string' && { supportId }) };
}

function element(name: 'h1' | 'p' | 'dt' | 'dd', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
