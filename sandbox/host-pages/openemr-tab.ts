import express from 'express';
import type { RequestHandler, Router } from 'express';
import { fileURLToPath } from 'node:url';
import type { Epr } from '../eprs/epr.ts';
import { html } from './html.ts';

/** The module's own scripts and style, as OpenEMR would serve them. */
const ASSETS = new URL('../../plugins/openemr/module/oe-module-shared-record/public/assets/', import.meta.url);

export function openemrAssets(): RequestHandler {
  return express.static(fileURLToPath(ASSETS));
}

/** The page that PHP would draw for the module's tab (`src/Frame.php`), and where its form goes (`src/Launch.php`). */
export function openemrTab(epr: Epr, launcherUrl: string): Router {
  const router = express.Router();
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `frame-src 'self' ${launcherUrl}`,
    `form-action 'self' ${launcherUrl}`,
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; ');
  router.get('/u/:user/patients/:id/shared-record-tab', (request, response) => {
    const { user, id } = request.params;
    const address = `/u/${encodeURIComponent(user)}/patients/${encodeURIComponent(id)}/shared-record-launch`;
    response.set({ 'content-security-policy': policy }).type('html').send(tabPage(address, launcherUrl));
  });
  router.post(
    '/u/:user/patients/:id/shared-record-launch',
    express.urlencoded({ extended: false, limit: '1kb' }),
    async (request, response) => {
      const user = epr.organisation.users[Number(request.params.user)];
      const patient = epr.store.read('Patient', request.params.id);
      if (!user || !patient) return void response.sendStatus(404);
      const chart = { user, patientId: request.params.id, needPatientBanner: true };
      const body = request.body as Record<string, unknown>;
      const proven = await epr.door.answer?.('proven', chart, { patient, place: 'frame', body });
      if (proven) response.redirect(303, epr.launchUrl(chart));
      else response.sendStatus(403);
    },
  );
  return router;
}

function tabPage(address: string, launcherUrl: string): string {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>Shared record</title>
        <link rel="stylesheet" href="/vendor/openemr/frame.css" />
      </head>
      <body
        data-launcher="${launcherUrl}"
        data-webroot=""
        data-moved="The chart has moved on, so the shared record was closed. Open it from the summary of the patient who is open now."
        data-unasked="The shared record is opened from the patient summary."
        data-done="The shared record was closed."
      >
        <p role="status" hidden></p>
        <form method="post" action="${address}" target="corridor-record"><input type="hidden" name="proof" /></form>
        <iframe
          name="corridor-record"
          title="Shared record"
          referrerpolicy="no-referrer"
          allow=""
          sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads allow-modals"
        ></iframe>
        <script src="/vendor/openemr/frame.js"></script>
      </body>
    </html>`.html;
}
