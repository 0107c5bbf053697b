import { confirmCy } from '../../words/confirm-cy.ts';
import { confirmEnGB, type ConfirmWords } from '../../words/confirm-en-GB.ts';
import { stylePage } from './page-style.ts';
import type { ComparedPerson, TraceQuestion } from './trace-question.ts';
export { readQuestion } from './trace-question.ts';

const STYLE = `
.confirm { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 1.5rem; border-left: 6px solid #005eb8; box-sizing: border-box; }
.confirm h1 { margin: 0 0 0.5rem; font-size: 1.25rem; line-height: 1.3; }
.confirm h1:focus { outline: none; }
.candidate { margin: 1rem 0; padding: 1rem; border: 1px solid #768692; }
.candidate table { border-collapse: collapse; width: 100%; margin-bottom: 1rem; }
.candidate th, .candidate td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #d8dde0; overflow-wrap: anywhere; }
.candidate .differs td { font-weight: 700; }
.confirm button { font: inherit; font-weight: 700; min-height: 44px; padding: 0.5rem 1rem; border: 2px solid #005eb8; color: #fff; background: #005eb8; }
.confirm button.none { color: #005eb8; background: #fff; }
.confirm button:focus-visible { outline: 4px solid #ffeb3b; outline-offset: 0; box-shadow: 0 0 0 6px #212b32; }
`;

export type Choice = number | 'none';

type Row = { readonly label: string; readonly of: (person: ComparedPerson) => string | undefined };

const rowsIn = (words: ConfirmWords): readonly Row[] => [
  { label: words.family, of: (person) => person.family },
  { label: words.given, of: (person) => person.given },
  { label: words.born, of: (person) => dayText(person.birthDate, words) },
  {
    label: words.gender,
    of: ({ gender }) => (gender !== undefined && Object.hasOwn(words.genders, gender) ? words.genders[gender] : gender),
  },
  { label: words.postcode, of: (person) => (person.restricted ? words.restricted : person.postcode) },
  { label: words.number, of: (person) => person.nhsNumber?.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3') },
  {
    label: words.died,
    of: ({ deceased }) =>
      deceased === true ? words.yes : deceased === undefined ? undefined : dayText(deceased, words),
  },
];

/** In Welsh for a browser that asks for Welsh before English; the first that we speak counts. */
export function wordsFor(languages: readonly string[]): ConfirmWords {
  const spoken = languages.find((language) => /^(?:cy|en)\b/i.test(language));
  return spoken !== undefined && /^cy\b/i.test(spoken) ? confirmCy : confirmEnGB;
}

/**
 * Sets the person whose chart is open beside those who may be them, and waits for a click. Nothing is chosen beforehand,
 * not even one who fits in everything; differences are said in words (safety H05).
 */
export function askWhoItIs(
  root: HTMLElement,
  { home, candidates }: TraceQuestion,
  words: ConfirmWords,
): Promise<Choice> {
  return new Promise((resolve) => {
    stylePage(root.ownerDocument, STYLE);
    const main = make('main', 'confirm');
    main.lang = words.language;
    const heading = make('h1', '', words.heading);
    heading.tabIndex = -1;
    const none = make('button', 'none', words.none);
    none.type = 'button';
    none.addEventListener('click', () => answer('none'));
    main.append(heading, make('p', '', words.explanation));
    candidates.forEach((candidate, index) => main.append(card(home, candidate, words, () => answer(index))));
    main.append(none);
    root.replaceChildren(main);
    heading.focus();

    function answer(choice: Choice): void {
      // One click is one answer.
      for (const button of main.querySelectorAll('button')) button.disabled = true;
      const waiting = make('p', '', words.opening);
      waiting.setAttribute('role', 'status');
      waiting.lang = words.language;
      root.replaceChildren(waiting);
      resolve(choice);
    }
  });
}

function card(home: ComparedPerson, candidate: ComparedPerson, words: ConfirmWords, confirm: () => void): HTMLElement {
  const section = make('section', 'candidate');
  const table = document.createElement('table');
  const head = document.createElement('tr');
  head.append(make('td', ''), header('col', words.yours), header('col', words.found), make('td', ''));
  table.append(head);
  for (const { label, of } of rowsIn(words)) {
    const [ours, theirs] = [of(home), of(candidate)];
    if (ours === undefined && theirs === undefined) continue;
    const differs = ours !== undefined && theirs !== undefined && fold(ours) !== fold(theirs);
    const row = document.createElement('tr');
    row.className = differs ? 'differs' : '';
    row.append(
      header('row', label),
      make('td', '', ours ?? words.notHeld),
      make('td', '', theirs ?? words.notHeld),
      make('td', '', differs ? words.differs : ''),
    );
    table.append(row);
  }
  const button = make('button', '', words.confirm(`${candidate.given} ${candidate.family}`));
  button.type = 'button';
  button.addEventListener('click', confirm);
  section.append(table, button);
  return section;
}

function header(scope: 'col' | 'row', text: string): HTMLElement {
  const cell = make('th', '', text);
  cell.setAttribute('scope', scope);
  return cell;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s'’-]/g, '');
}

/** `1941-08-09` as NHS screens write it. */
function dayText(date: string, words: ConfirmWords): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  const name = words.months[Number(month) - 1];
  return day !== undefined && name !== undefined ? `${day}-${name}-${year ?? ''}` : date;
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
