import express from 'express';
import { createServer } from 'node:http';
import { asObject, asString } from '../../src/record/resource.ts';
import { closeServer, listen } from '../eprs/epr.ts';
import type { Epr } from '../eprs/epr.ts';
import { MODES, parseMode } from '../eprs/modes.ts';
import type { Sandbox } from '../open-sandbox.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** The page that makes EPRs misbehave and shows what each was asked. GET and POST /modes do the same for a script. */
export async function openControlPage(sandbox: Sandbox, port: number): Promise<{ close(): Promise<void> }> {
  const app = express().disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
    next();
  });
  app.use(express.json({ limit: '4kb' }), express.urlencoded({ extended: false, limit: '4kb' }));
  app.get('/', (_request, response) => void response.type('html').send(controlPage(sandbox).html));
  app.get('/modes', (_request, response) => void response.json(sandbox.eprs.map(modeOf)));
  app.post('/modes', (request, response) => {
    const body = asObject(request.body);
    const mode = parseMode(body?.['mode']);
    const slowMs = Number(body?.['slowMs'] ?? Number.NaN);
    const known = sandbox.eprs.some((epr) => epr.organisation.ods === body?.['ods']);
    if (!known || !mode)
      return void response.status(400).json({ error: `send {"ods", "mode"}; mode is one of ${MODES.join(', ')}` });
    sandbox.setMode(asString(body?.['ods']) ?? '', mode, Number.isInteger(slowMs) && slowMs > 0 ? slowMs : undefined);
    if (request.is('application/json')) response.json(sandbox.eprs.map(modeOf));
    else response.redirect(303, '/');
  });
  app.get('/audit/:ods', (request, response) => {
    const epr = sandbox.eprs.find((one) => one.organisation.ods === request.params.ods);
    if (!epr) return void response.sendStatus(404);
    if (request.accepts(['html', 'json']) === 'json') response.json(epr.audit.events());
    else response.type('html').send(auditPage(epr).html);
  });
  const server = createServer(app);
  await listen(server, port);
  return { close: () => closeServer(server) };
}

function modeOf(epr: Epr) {
  return { ods: epr.organisation.ods, name: epr.organisation.name, mode: epr.modes.mode, slowMs: epr.modes.slowMs };
}

function controlPage(sandbox: Sandbox): Html {
  const rows = sandbox.eprs.map((epr) => {
    const { ods, name, kind } = epr.organisation;
    const options = MODES.map((mode) => html`<option ${mode === epr.modes.mode ? 'selected' : ''}>${mode}</option>`);
    return html`<tr class="${epr.modes.mode}">
      <td>${ods}</td>
      <td><a href="${epr.origin}/">${name}</a></td>
      <td>${kind}</td>
      <td>
        <form method="post" action="/modes">
          <input type="hidden" name="ods" value="${ods}" /><select name="mode" aria-label="How ${name} behaves">
            ${options}
          </select>
          <button>Set</button>
        </form>
      </td>
      <td><a href="/audit/${ods}">${epr.audit.events().length} questions asked</a></td>
    </tr>`;
  });
  const stories = sandbox.community.residents.map(
    (resident) =>
      html`<li>
        <b>${resident.name}</b> (${resident.story}): ${resident.shows}
        ${chartLinks(sandbox, resident.patientIds, resident.story)}
      </li>`,
  );
  return page(
    'Sandbox control',
    html`<p>Launcher: <a href="${sandbox.launcherUrl}/health/ready">${sandbox.launcherUrl}</a></p>
      <table>
        <thead>
          <tr>
            <th>ODS</th>
            <th>Organisation</th>
            <th>Kind</th>
            <th>Behaves</th>
            <th>Audit</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      <h2>Residents</h2>
      <ul>
        ${stories}
      </ul>`,
  );
}

function chartLinks(sandbox: Sandbox, patientIds: Readonly<Record<string, string>>, story: string): readonly Html[] {
  const places = Object.keys(patientIds).filter((ods) =>
    sandbox.eprs.some((epr) => epr.organisation.ods === ods && epr.organisation.users.length > 0),
  );
  return places.map((ods) => html`<a href="${sandbox.chartUrl(ods, story)}">${ods}</a> `);
}

function auditPage(epr: Epr): Html {
  const rows = [...epr.audit.events()]
    .reverse()
    .slice(0, 500)
    .map(
      (event) =>
        html`<tr>
          <td>${event.at}</td>
          <td>${event.clientId ?? 'nobody'} ${event.userId}</td>
          <td>${event.acting && JSON.stringify(event.acting)}</td>
          <td>${event.action} ${event.type}</td>
          <td>${event.patientId}</td>
          <td>${event.status}</td>
          <td>${event.returned}</td>
          <td>${event.requestId}</td>
        </tr>`,
    );
  return page(
    `What ${epr.organisation.name} was asked`,
    html`<p><a href="/">Back</a></p>
      <table>
        <thead>
          <tr>
            <th>When</th>
            <th>Who</th>
            <th>On behalf of</th>
            <th>What</th>
            <th>Patient</th>
            <th>Answer</th>
            <th>Items</th>
            <th>Request</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
  );
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
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;
}
