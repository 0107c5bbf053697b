/*
 * In the window around OpenEMR's tabs, the one that knows whose chart is open (its title bar). It opens the tab of the
 * shared record for that patient and no other, and tells the tab in the same task when the title bar names somebody else.
 */
(function () {
  'use strict';
  const TAB = 'corridor';
  /** For releases whose title bar is not told of a change by its own model. */
  const LOOK_MS = 250;
  let asked;
  let open;

  function patientNow() {
    try {
      const pid = window.app_view_model.application_data.patient()?.pid();
      return pid ? String(pid) : undefined;
    } catch {
      // Not the window of the tabs, or not the model we know: nobody is open, and nothing is shown.
      return undefined;
    }
  }

  function look() {
    const now = patientNow();
    if (asked && asked.patient !== now) asked = undefined;
    if (!open || open.patient === now) return;
    const { blank } = open;
    open = undefined;
    blank('moved');
  }

  window.corridorSharedRecord = {
    /** From the button of the summary. False: this window does not show that patient, so nothing is opened. */
    open(given) {
      look();
      if (!given.proof || !given.patient || given.patient !== patientNow()) return false;
      if (open) open.blank('done');
      open = undefined;
      asked = given;
      window.restoreSession?.();
      window.navigateTab(given.address, TAB);
      window.activateTabByName(TAB, true);
      return true;
    },
    /** From the tab: what was asked for, once, and how the tab is told to show nobody any more. */
    take(blank) {
      look();
      const given = asked;
      asked = undefined;
      if (given) open = { patient: given.patient, blank };
      return given;
    },
    /** The tab shows nobody any more. */
    closed(blank) {
      if (open?.blank === blank) open = undefined;
    },
  };

  const patient = window.app_view_model?.application_data?.patient;
  if (typeof patient?.subscribe === 'function') patient.subscribe(look);
  setInterval(look, LOOK_MS);
})();
