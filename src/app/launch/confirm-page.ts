import { launchEnGB as words } from '../../words/launch-en-GB.ts';

/** A person as they are set beside another one for comparing. */
export type ComparedPerson = {
  readonly family: string;
  readonly given: string;
  readonly prefix?: string;
  readonly birthDate: string;
  readonly gender?: string;
  readonly postcode?: string;
  readonly nhsNumber?: string;
  readonly deceased?: string | true;
  readonly restricted?: true;
};

export type TraceQuestion = {
  readonly ticket: string;
  readonly home: ComparedPerson;
  readonly candidates: readonly ComparedPerson[];
};

export type Choice = number | 'none';

type Row = { readonly label: string; readonly of: (person: ComparedPerson) => string | undefined };

const ROWS: readonly Row[] = [
  { label: words.trace.family, of: (person) => person.family },
  { label: words.trace.given, of: (person) => person.given },
  { label: words.trace.born, of: (person) => dayText(person.birthDate) },
  { label: words.trace.gender, of: (person) => person.gender },
  { label: words.trace.postcode, of: (person) => (person.restricted ? words.trace.restricted : person.postcode) },
  { label: words.trace.number, of: (person) => person.nhsNumber?.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3') },
  { label: words.trace.died, of: (person) => (person.deceased === true ? words.trace.yes : person.deceased) },
];

/**
 * Sets the person whose chart is open beside those who may be them, and waits for a click. Nothing is chosen beforehand,
 * not even one who fits in everything; differences are said in words (safety H05).
 */
export function askWhoItIs(root: HTMLElement, { home, candidates }: TraceQuestion): Promise<Choice> {
  return new Promise((resolve) => {
    const main = make('main', 'confirm');
    const heading = make('h1', '', words.trace.heading);
    heading.tabIndex = -1;
    const none = make('button', 'none', words.trace.none);
    none.type = 'button';
    none.addEventListener('click', () => answer('none'));
    main.append(heading, make('p', '', words.trace.explanation));
    candidates.forEach((candidate, index) => main.append(card(home, candidate, () => answer(index))));
    main.append(none);
    root.replaceChildren(main);
    heading.focus();

    function answer(choice: Choice): void {
      // One click is one answer.
      for (const button of main.querySelectorAll('button')) button.disabled = true;
      resolve(choice);
    }
  });
}

function card(home: ComparedPerson, candidate: ComparedPerson, confirm: () => void): HTMLElement {
  const section = make('section', 'candidate');
  const table = document.createElement('table');
  const head = document.createElement('tr');
  head.append(make('td', ''), header('col', words.trace.yours), header('col', words.trace.found), make('td', ''));
  table.append(head);
  for (const { label, of } of ROWS) {
    const [ours, theirs] = [of(home), of(candidate)];
    if (ours === undefined && theirs === undefined) continue;
    const differs = ours !== undefined && theirs !== undefined && fold(ours) !== fold(theirs);
    const row = document.createElement('tr');
    row.className = differs ? 'differs' : '';
    row.append(
      header('row', label),
      make('td', '', ours ?? words.trace.notHeld),
      make('td', '', theirs ?? words.trace.notHeld),
      make('td', '', differs ? words.trace.differs : ''),
    );
    table.append(row);
  }
  const button = make('button', '', words.trace.confirm(`${candidate.given} ${candidate.family}`));
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
function dayText(date: string): string {
  const [year, month, day] = date.split('-');
  const name = words.trace.months[Number(month) - 1];
  return day !== undefined && name !== undefined ? `${day}-${name}-${year ?? ''}` : date;
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** What the launcher answered, if it asks who it is. */
export function parseQuestion(value: unknown): TraceQuestion | undefined {
  const trace = (value as { readonly trace?: Partial<TraceQuestion> } | null)?.trace;
  const complete = typeof trace?.ticket === 'string' && isPerson(trace.home) && Array.isArray(trace.candidates);
  return complete && trace.candidates?.every(isPerson) ? (trace as TraceQuestion) : undefined;
}

function isPerson(value: unknown): value is ComparedPerson {
  const person = value as Partial<ComparedPerson> | null | undefined;
  return [person?.family, person?.given, person?.birthDate].every((text) => typeof text === 'string');
}
