/** What goes on paper: who, what and when at the top of every page, then the document. */
export type Printed = {
  readonly language: string;
  readonly patient: string;
  readonly title: string;
  readonly from: string;
  readonly printed: string;
  readonly body: DocumentFragment;
};

/** Everything else of the page stays off the paper while a document is printed. */
const AROUND = `
@media screen { .corridor-printed { display: none; } }
@media print { body > :not(.corridor-printed) { display: none !important; } }
`;

const SHEET = `
:host { color: #000000; display: block; font: 11pt/1.4 Arial, 'Liberation Sans', sans-serif; }
.paper { border-collapse: collapse; inline-size: 100%; }
.paper > thead { display: table-header-group; }
.paper > thead td { border-block-end: 1pt solid #000000; padding: 0 0 4pt; }
.paper > tbody > tr > td { padding: 8pt 0 0; }
.who { font-size: 12pt; font-weight: 700; }
.small { font-size: 9pt; }
h3, h4 { break-after: avoid; margin: 10pt 0 3pt; }
p, ul, ol, pre { margin: 0 0 6pt; }
pre { font: inherit; white-space: pre-wrap; }
tr, li { break-inside: avoid; }
.wide table { border-collapse: collapse; }
.wide td, .wide th { border: 0.5pt solid #666666; padding: 2pt 4pt; text-align: start; vertical-align: top; }
dl { display: grid; gap: 0 8pt; grid-template-columns: max-content 1fr; margin: 0 0 8pt; }
dt { font-weight: 700; }
dd { margin: 0; }
img { display: block; max-inline-size: 100%; }
.sheet { break-after: page; inline-size: 100%; }
.sheet:last-child { break-after: auto; }
`;

/** A print dialog that never reports back must not keep the record off the paper for ever. */
const FORGOTTEN_MS = 10 * 60_000;

/** Resolves once the browser is done with it; the page is then as it was. */
export async function printDocument(printed: Printed): Promise<void> {
  const holder = document.createElement('div');
  holder.className = 'corridor-printed';
  holder.lang = printed.language;
  const root = holder.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetOf(SHEET)];
  root.append(paper(printed));
  const around = sheetOf(AROUND);
  document.body.append(holder);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, around];
  try {
    await Promise.allSettled([...root.querySelectorAll('img')].map((image) => image.decode()));
    const over = new Promise<void>((resolve) => {
      window.addEventListener('afterprint', () => resolve(), { once: true });
      window.setTimeout(resolve, FORGOTTEN_MS);
    });
    window.print();
    await over;
  } finally {
    holder.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== around);
  }
}

/** A table, because a browser repeats only a table's head on every page. */
function paper({ patient, title, from, printed, body }: Printed): HTMLTableElement {
  const table = document.createElement('table');
  table.className = 'paper';
  const head = table.createTHead().insertRow().insertCell();
  head.append(line('who', patient), line('', `${title}. ${from}`), line('small', printed));
  table.createTBody().insertRow().insertCell().append(body);
  return table;
}

function line(name: string, text: string): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  made.textContent = text;
  return made;
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
