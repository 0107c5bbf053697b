/*
 * In the tab of the shared record: the host's side of Corridor's envelope (docs/plugins.md of Corridor), with the launcher's
 * frame and origin and nobody else's. Blank means that the frame is taken away, in the same task.
 */
(function () {
  'use strict';
  const { launcher, webroot, moved, unasked, done } = document.body.dataset;
  const WORDS = { moved, unasked, done };
  /** OpenEMR's own pages of the chart that is open. */
  const CHART = { allergies: 'allergy', problems: 'medical_problem', medications: 'medication' };
  const frame = document.querySelector('iframe');
  const record = frame.contentWindow;
  const shell = window.top === window ? undefined : window.top.corridorSharedRecord;
  let launchId;
  let count = 0;

  function post(type, payload, re) {
    const message = { corridor: 1, id: `openemr-${++count}`, launchId, epoch: 0, type, payload, ...(re && { re }) };
    record.postMessage(message, launcher);
  }

  function blank(why) {
    if (!frame.isConnected) return;
    if (launchId) post('closing', {});
    frame.remove();
    const line = document.querySelector('[role=status]');
    line.textContent = WORDS[why];
    line.hidden = false;
    shell?.closed(blank);
  }

  const given = shell?.take(blank);
  if (!given) return blank('unasked');

  function openChart(section) {
    if (!Object.hasOwn(CHART, section) || typeof window.top.navigateTab !== 'function') return 'unsupported';
    window.top.restoreSession?.();
    window.top.navigateTab(
      `${webroot}/interface/patient_file/summary/stats_full.php?active=all&category=${CHART[section]}`,
      'pat',
    );
    window.top.activateTabByName('pat', true);
    return 'opened';
  }

  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== record || origin !== launcher || data?.corridor !== 1 || !frame.isConnected) return;
    if (data.type === 'hello' && !launchId) {
      launchId = data.launchId;
      const { family, born } = given;
      // Two facts make a comparison; one alone is many people's.
      const patient = family && born ? { family, birthDate: born } : undefined;
      post('context', { assertedAt: new Date().toISOString(), ...(patient && { patient }) }, data.id);
    }
    if (data.launchId !== launchId) return;
    if (data.type === 'open-chart') post('reply', { status: openChart(String(data.payload?.section)) }, data.id);
    if (data.type === 'close') {
      post('reply', { status: 'success' }, data.id);
      blank('done');
    }
  });
  window.addEventListener('pagehide', () => blank('done'));

  const form = document.querySelector('form');
  form.elements.proof.value = given.proof;
  form.submit();
  form.elements.proof.value = '';
})();
