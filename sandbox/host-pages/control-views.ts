import type { Resident } from '../community.ts';
import type { AuditEvent } from '../eprs/audit-log.ts';
import { DOOR_WORDS } from '../eprs/doors/door.ts';
import type { Epr } from '../eprs/epr.ts';
import { MODES } from '../eprs/modes.ts';
import { INBOX_FAULTS } from '../eprs/inbox/faults.ts';
import { HAPPENINGS } from '../eprs/notices/happen.ts';
import type { Controlled } from './control-page.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

export function controlPage(sandbox: Controlled): Html {
  return page(
    'A pretend community',
    html`<p>
        Nobody here is real. Open somebody’s chart at one of their organisations, sign in as anyone, and click “Shared
        record”. <a href="#organisations">Make an organisation slow, down or wrong</a>,
        <a href="#happen">let something happen</a>, or <a href="#inbox">trouble its messages</a>, and see how the record
        says so. Launcher: <a href="${sandbox.launcherUrl}/health/ready">${sandbox.launcherUrl}</a>.
      </p>
      <h2>People</h2>
      ${table(
        ['Who', 'What to see', 'Charts'],
        sandbox.community.residents.map((one) => personRow(sandbox, one)),
      )}
      <h2 id="organisations">Organisations</h2>
      ${table(['Organisation', 'Opens the record by', 'Behaves', 'Audit'], sandbox.eprs.map(eprRow))}
      <h2 id="happen">Let something happen</h2>
      <p>
        Files in the chosen EPR what its staff would file. Whoever is told of the person hears of it: at once where the
        EPR tells by itself, a moment later where it is asked.
      </p>
      ${happenForm(sandbox)}
      <h2 id="inbox">Messages that come in</h2>
      <p>How an EPR takes them, and what it says of them.</p>
      ${inboxForm(sandbox)}
      <h2>By a script</h2>
      <ul>
        <li><code>POST /modes {"ods": "XB101", "mode": "slow", "slowMs": 3000}</code></li>
        <li><code>POST /happen {"ods": "XB101", "story": "hero", "what": "discharge"}</code></li>
        <li><code>POST /inbox {"ods": "XB001", "fault": "late", "lateMs": 5000}</code></li>
        <li><code>GET /modes</code> and <code>GET /audit/XB101</code>, as JSON</li>
      </ul>`,
  );
}

function personRow(sandbox: Controlled, resident: Resident): Html {
  return html`<tr>
    <td><strong>${resident.name}</strong><small>${resident.story}</small></td>
    <td>${resident.shows}</td>
    <td>${chartLinks(sandbox, resident)}</td>
  </tr>`;
}

export function auditPage(epr: Epr): Html {
  const latest = [...epr.audit.events()].reverse().slice(0, 500);
  return page(
    `What ${epr.organisation.name} was asked`,
    html`<p><a href="/">Back</a></p>
      ${table(['When', 'Who', 'On behalf of', 'What', 'Patient', 'Answer', 'Items', 'Request'], latest.map(auditRow))}`,
  );
}

function eprRow(epr: Epr): Html {
  const { ods, name, kind } = epr.organisation;
  const options = MODES.map((mode) => html`<option ${mode === epr.modes.mode ? 'selected' : ''}>${mode}</option>`);
  return html`<tr class="${epr.modes.mode}">
    <td><a href="${epr.origin}/">${name}</a><small>${kind}, ${ods}</small></td>
    <td><strong>${epr.door.id}</strong>: ${DOOR_WORDS[epr.door.id]}</td>
    <td>
      <form method="post" action="/modes">
        <input type="hidden" name="ods" value="${ods}" />
        <select name="mode" aria-label="How ${name} behaves">
          ${options}
        </select>
        <button>Set</button>
      </form>
    </td>
    <td><a href="/audit/${ods}">${epr.audit.events().length} questions asked</a></td>
  </tr>`;
}

function auditRow(event: AuditEvent): Html {
  return html`<tr>
    <td>${event.at}</td>
    <td>${event.clientId ?? 'nobody'} ${event.userId}</td>
    <td>${event.acting && JSON.stringify(event.acting)}</td>
    <td>${event.action} ${event.type}</td>
    <td>${event.patientId}</td>
    <td>${event.status}</td>
    <td>${event.returned}</td>
    <td>${event.requestId}</td>
  </tr>`;
}

function happenForm(sandbox: Controlled): Html {
  const places = sandbox.eprs.map(
    ({ organisation: { ods, name }, notices }) =>
      html`<option value="${ods}">${name}${notices ? ' (tells by itself)' : ''}</option>`,
  );
  const stories = sandbox.community.residents.map(
    ({ story, name }) => html`<option value="${story}">${name}: ${story}</option>`,
  );
  return html`<form method="post" action="/happen">
    <select name="story" aria-label="To whom">
      ${stories}
    </select>
    <select name="ods" aria-label="Where">
      ${places}
    </select>
    <select name="what" aria-label="What">
      ${HAPPENINGS.map((one) => html`<option>${one}</option>`)}
    </select>
    <button>Let it happen</button>
  </form>`;
}

function inboxForm(sandbox: Controlled): Html {
  const places = sandbox.eprs.map(
    ({ organisation: { ods, name }, inbox }) =>
      html`<option value="${ods}">${name}${inbox.fault === 'none' ? '' : ` (${inbox.fault})`}</option>`,
  );
  return html`<form method="post" action="/inbox">
    <select name="ods" aria-label="Whose inbox">
      ${places}
    </select>
    <select name="fault" aria-label="How it behaves">
      ${INBOX_FAULTS.map((one) => html`<option>${one}</option>`)}
    </select>
    <button>Set</button>
  </form>`;
}

/** Charts of a resident that somebody can open. */
function chartLinks(sandbox: Controlled, { story, patientIds }: Resident): readonly Html[] {
  const places = sandbox.eprs.filter(
    ({ organisation }) => organisation.ods in patientIds && organisation.users.length > 0,
  );
  return places.map(
    ({ organisation }) =>
      html`<a class="chart" href="${sandbox.chartUrl(organisation.ods, story)}">${organisation.name}</a>`,
  );
}

function table(heads: readonly string[], rows: readonly Html[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function page(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          body {
            font:
              15px/1.45 Arial,
              sans-serif;
            margin: 24px auto;
            max-width: 1200px;
            padding: 0 16px;
            color: #212b32;
          }
          a {
            color: #005eb8;
          }
          h2 {
            margin: 32px 0 8px;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          td,
          th {
            text-align: left;
            padding: 6px 12px 6px 0;
            border-bottom: 1px solid #d8dde0;
            vertical-align: top;
            overflow-wrap: anywhere;
          }
          td:first-child {
            min-width: 9em;
          }
          td small {
            color: #4c6272;
            display: block;
          }
          .chart {
            display: inline-block;
            margin-right: 14px;
          }
          select,
          button {
            font: inherit;
            max-width: 100%;
            padding: 2px 6px;
          }
          @media (max-width: 700px) {
            thead {
              display: none;
            }
            tr {
              border-bottom: 1px solid #d8dde0;
              display: block;
              padding: 8px 0;
            }
            td {
              border: 0;
              display: block;
              padding: 1px 0;
            }
            .chart {
              padding: 4px 0;
            }
          }
          form {
            margin: 0;
          }
          tr.down td,
          tr.slow td,
          tr.half-way td,
          tr.wrong-patient td,
          tr.garbage td {
            background: #fff4e5;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}
