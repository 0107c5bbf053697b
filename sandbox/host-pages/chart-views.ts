import type { SandboxUser } from '../community.ts';
import type { Epr } from '../eprs/epr.ts';
import type { SignedIn } from './chart-pages.ts';
import { doorFacts, doorParts, mainButton, nextPatient } from './door-views.ts';
import { hasTeams } from '../teams.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Look, Part } from './looks.ts';
import { dayOf } from './person.ts';
import type { Person } from './person.ts';
import { summarise } from './summary.ts';

/** `towards`: what the user goes on to; a system's own ids. */
export function signInPage(epr: Epr, look: Look, towards: { readonly [name: string]: string } = {}): Html {
  const users = epr.organisation.users.map(
    (user, index) => html`<option value="${index}">${user.name} — ${user.roleName}</option>`,
  );
  const form = html`<form class="sign-in" action="/open" method="get">
    <h1>${look.words.signIn}</h1>
    <label for="user">Who are you?</label>
    <select id="user" name="user">
      ${users}
    </select>
    ${Object.entries(towards).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button type="submit">Continue</button>
    <p class="small">A pretend system for trying Corridor. There are no real people here, and no passwords.</p>
  </form>`;
  const nobody = html`<p class="sign-in">Nobody can open a chart at ${epr.organisation.name}.</p>`;
  return page(epr, look, look.words.signIn, html`<main class="entrance">${users.length > 0 ? form : nobody}</main>`);
}

export function patientListPage(epr: Epr, look: Look, user: SignedIn, people: readonly Person[]): Html {
  const rows = people.map(
    (person) =>
      html`<tr>
        <td><a href="/u/${user.index}/patients/${encodeURIComponent(person.id)}">${person.name}</a></td>
        <td>${person.born}</td>
        <td>${person.gender}</td>
        <td class="number">${person.nhsNumber}</td>
        <td>${person.address}</td>
      </tr>`,
  );
  const table = html`<table class="list">
    <thead>
      <tr>
        <th>Name</th>
        <th>Born</th>
        <th>Gender</th>
        <th>NHS No.</th>
        <th>Address</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return page(
    epr,
    look,
    look.words.people,
    html`<main class="people">
      <h1>${look.words.people}</h1>
      ${hasTeams(epr.organisation) && html`<p><a href="/u/${user.index}/messages">Shared messages</a></p>`} ${table}
    </main>`,
    user.user,
  );
}

export function chartPage(
  epr: Epr,
  launcherUrl: string,
  look: Look,
  user: SignedIn,
  person: Person,
  linked?: string,
): Html {
  const parts = look.parts.map(([part, heading]) => partOf(epr, part, heading, person.id));
  const door = doorFacts(epr);
  const body = html` <div class="banner" role="region" aria-label="Open ${look.words.person}">
      <strong class="name">${person.name}</strong>
      <span><small>Born</small> ${person.born}</span>
      <span><small>Gender</small> ${person.gender}</span>
      <span><small>NHS No.</small> <b class="number">${person.nhsNumber}</b></span>
      <span class="address"><small>Address</small> ${person.address}</span>
      <a class="close-chart" href="/u/${user.index}/patients">Close</a>
    </div>
    <div class="toolbar" role="region" aria-label="Chart menu">
      <ul class="menu">
        ${look.menu.map((word) => html`<li>${word}</li>`)}
      </ul>
      ${nextPatient(epr, user, person)}
      <div class="shared" role="group" aria-label="Shared record">
        ${mainButton(epr)}
        <button id="shared-record-popup" type="button">open in pop-up</button>
        <button id="shared-record-tab" type="button">open in tab</button>
      </div>
    </div>
    <main
      class="chart"
      id="chart"
      data-chart="/u/${user.index}/patients/${encodeURIComponent(person.id)}"
      data-door="${door.script}"
      data-place="${door.place}"
      data-launcher="${launcherUrl}"
      data-ods="${epr.organisation.ods}"
    >
      <div class="summary" id="summary" role="region" aria-label="${look.words.chart}" tabindex="0">
        <h1>${look.words.chart}</h1>
        ${linked !== undefined && html`<p class="linked">Opened at: <strong>${linked}</strong></p>`} ${doorParts(epr)}
        ${parts}
      </div>
      <div
        class="splitter"
        id="splitter"
        role="separator"
        aria-orientation="vertical"
        aria-valuemin="30"
        aria-valuemax="85"
        aria-valuenow="64"
        aria-label="Width of the shared record"
        tabindex="0"
        hidden
      ></div>
      <section class="panel" id="panel" aria-label="Shared record" hidden>
        <header>
          <h2>Shared record</h2>
          <button id="panel-wide" type="button" aria-pressed="false">Whole width</button>
          <button id="panel-close" type="button">Close</button>
        </header>
        <div class="frame" id="frame"></div>
      </section>
    </main>
    <p id="trouble" class="trouble" role="alert" hidden></p>
    <script type="module" src="/assets/chart.js"></script>`;
  return page(epr, look, look.words.chart, body, user.user);
}

export function problemPage(epr: Epr, look: Look, message: string): Html {
  return page(
    epr,
    look,
    'Not found',
    html`<main class="entrance">
      <p>${message}</p>
      <p><a href="/">Start again</a></p>
    </main>`,
  );
}

function partOf(epr: Epr, part: Part, heading: string, patientId: string): Html {
  const { lines, total } = summarise(epr.store, part, patientId);
  const rows = lines.map(
    (line) =>
      html`<li>
        <span class="date">${dayOf(line.date)}</span
        ><span>${line.text}${line.detail !== undefined && html` <em>${line.detail}</em>`}</span>
      </li>`,
  );
  const more = total > lines.length && html`<p class="small">${total - lines.length} older not shown</p>`;
  return html`<section class="part">
    <h2>${heading}</h2>
    ${
      rows.length > 0
        ? html`<ul>
            ${rows}
          </ul>`
        : html`<p class="none">Nothing recorded here</p>`
    }${more}
  </section>`;
}

export function page(epr: Epr, look: Look, title: string, body: Html, user?: SandboxUser): Html {
  const who =
    user &&
    html`<span class="who">${user.name}<small>${user.roleName}</small></span
      ><a href="/">Change user</a>`;
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${epr.organisation.name} – ${look.product}</title>
        <link rel="stylesheet" href="/assets/epr.css" />
        <link rel="stylesheet" href="/assets/${look.layout}.css" />
        <link rel="icon" href="data:," />
      </head>
      <body class="${look.layout} kind-${epr.organisation.kind}">
        <header class="top">
          <span class="product">${look.product}</span><span class="organisation">${epr.organisation.name}</span>${who}
        </header>
        ${body}
      </body>
    </html>`;
}
