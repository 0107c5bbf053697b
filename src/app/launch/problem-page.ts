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
  useStyle();
  heading.focus();
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

const STYLE = `
.problem { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; background: #fff; max-width: 40rem; margin: 2rem auto; padding: 1.5rem; border-left: 6px solid #005eb8; }
.problem h1 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.3; }
.problem h1:focus { outline: none; }
.problem dl { margin: 1.5rem 0 0; font-size: 0.875rem; color: #4c6272; display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; }
.problem dt { font-weight: 700; }
.problem dd { margin: 0; overflow-wrap: anywhere; }
@media (forced-colors: active) { .problem { border: 1px solid; } }
`;

let style: CSSStyleSheet | undefined;

/** A constructed sheet: `style-src` allows no inline style. */
function useStyle(): void {
  if (style) return;
  style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
}
