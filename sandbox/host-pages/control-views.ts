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
  const stories = sandbox.community.residents.map(
    (one) =>
      html`<tr>
        <td>${one.story}</td>
        <td>${one.name}</td>
        <td>${one.shows}</td>
        <td>${chartLinks(sandbox, one)}</td>
      </tr>`,
  );
  return page(
    'Sandbox control',
    html`<p>
        Launcher: <a href="${sandbox.launcherUrl}/health/ready">${sandbox.launcherUrl}</a>. A script sends
        <code>POST /modes {"ods": "…", "mode": "…", "slowMs": 3000}</code> and reads <code>GET /modes</code> and
        <code>GET /audit/…</code> as JSON.
      </p>
      ${table(['ODS', 'Organisation', 'Kind', 'Opens the record by', 'Behaves', 'Audit'], sandbox.eprs.map(eprRow))}
      <h2 id="happen">Let something happen</h2>
      <p>
        Files in the chosen EPR what its staff would file. Whoever is told of the resident hears of it: at once where
        the EPR tells by itself, a moment later where it is asked. A script sends
        <code>POST /happen {"ods": "XB101", "story": "hero", "what": "discharge"}</code>.
      </p>
      ${happenForm(sandbox)}
      <h2 id="inbox">Messages that come in</h2>
      <p>
        How an EPR takes them, and what it says of them. A script sends
        <code>POST /inbox {"ods": "XB001", "fault": "late", "lateMs": 5000}</code>.
      </p>
      ${inboxForm(sandbox)}
      <h2>Residents</h2>
      ${table(['Story', 'Name', 'Shows', 'Charts'], stories)}`,
  );
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
    <td>${ods}</td>
    <td><a href="${epr.origin}/">${name}</a></td>
    <td>${kind}</td>
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
      html`<a href="${sandbox.chartUrl(organisation.ods, story)}" title="${organisation.name}"
        >${organisation.ods}</a
      > `,
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
              14px/1.4 Arial,
              sans-serif;
            margin: 24px;
            color: #212b32;
          }
          table {
            border-collapse: collapse;
          }
          td,
          th {
            text-align: left;
            padding: 4px 10px;
            border-bottom: 1px solid #d8dde0;
            vertical-align: top;
            overflow-wrap: anywhere;
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
