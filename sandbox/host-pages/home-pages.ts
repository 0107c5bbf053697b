import express from 'express';
import type { Router } from 'express';
import type { Epr } from '../eprs/epr.ts';
import { hasTeams } from '../teams.ts';
import { page, problemPage } from './chart-views.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { lookOf } from './looks.ts';
import type { Look } from './looks.ts';

/** Where one EPR shows the list of a user's teams, with nobody's chart open. */
export function homePath(userIndex: number): string {
  return `/u/${userIndex}/messages`;
}

/** The home page of one EPR: what its user's teams have to do, in a frame of the launcher's, beside what was filed here. */
export function homePages(epr: Epr): Router {
  const router = express.Router();
  const look = lookOf(epr.organisation.kind);
  router.get('/u/:user/messages', (request, response) => {
    const index = Number(request.params.user);
    const user = epr.organisation.users[index];
    if (user && hasTeams(epr.organisation)) response.type('html').send(homePage(epr, look, index).html);
    else
      response
        .status(404)
        .type('html')
        .send(problemPage(epr, look, 'There is no such list here.').html);
  });
  router.post('/u/:user/messages/launch', (request, response) => {
    const user = epr.organisation.users[Number(request.params.user)];
    if (user && hasTeams(epr.organisation)) response.json({ url: epr.launchUrl({ user }) });
    else response.sendStatus(404);
  });
  return router;
}

function homePage(epr: Epr, look: Look, index: number): Html {
  const received = epr.inbox.received();
  const rows = received.map(
    (one) =>
      html`<li>
        <span class="date">${one.at.slice(11, 16)}</span
        ><span
          ><a href="/u/${index}/patients/${encodeURIComponent(one.patientId)}">${one.title}</a>
          <em>${one.kind === 'document' ? 'filed as a document' : 'message'}, from ${one.from}</em></span
        >
      </li>`,
  );
  const body = html`<main class="home" id="home" data-launch="${homePath(index)}/launch">
      <nav aria-label="Home">
        <a href="/u/${index}/patients">${look.words.people}</a>
      </nav>
      <section class="part">
        <h2>Came in here</h2>
        ${
          rows.length > 0
            ? html`<ul>
                ${rows}
              </ul>`
            : html`<p class="none">Nothing yet</p>`
        }
      </section>
      <section class="panel" aria-label="Shared messages">
        <header>
          <h2>Shared messages</h2>
          <button id="home-again" type="button">Open again</button>
        </header>
        <div class="frame" id="frame"></div>
      </section>
    </main>
    <p id="trouble" class="trouble" role="alert" hidden></p>
    <script type="module" src="/assets/home.js"></script>`;
  return page(epr, look, 'Shared messages', body, epr.organisation.users[index]);
}
