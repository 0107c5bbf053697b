/* In the patient summary: hands what the button carries to the window around the tabs. Nothing of it goes into an address. */
(function () {
  'use strict';
  for (const button of document.querySelectorAll('[data-corridor-open]')) {
    if (button.corridorIsHeard) continue;
    button.corridorIsHeard = true;
    button.addEventListener('click', () => {
      const { proof, patient, family, born, address } = button.dataset;
      const opened = window.top.corridorSharedRecord?.open({ proof, patient, family, born, address }) === true;
      const unwatched = button.parentElement.querySelector('[data-corridor-unwatched]');
      if (unwatched) unwatched.hidden = opened;
    });
  }
})();
