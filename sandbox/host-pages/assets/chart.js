// The chart's own script: asks its EPR for a launch and shows the shared record in the panel, a pop-up or a tab.
const byId = (id) => document.getElementById(id);
const chart = byId('chart');
const panel = byId('panel');
const splitter = byId('splitter');
const wide = byId('panel-wide');
const trouble = byId('trouble');

async function launchUrl(place) {
  const answer = await fetch(chart.dataset.launch, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ place }),
  });
  if (!answer.ok) throw new Error(`The launch was refused (${answer.status}).`);
  return (await answer.json()).url;
}

function say(error) {
  trouble.textContent = `The shared record could not be opened. ${error.message}`;
  trouble.hidden = false;
}

async function openPanel() {
  trouble.hidden = true;
  const url = await launchUrl('frame');
  const frame = document.createElement('iframe');
  frame.id = 'shared-record-frame';
  frame.title = 'Shared record';
  frame.referrerPolicy = 'no-referrer';
  frame.src = url;
  byId('frame').replaceChildren(frame);
  panel.hidden = splitter.hidden = false;
}

function closePanel() {
  byId('frame').replaceChildren();
  panel.hidden = splitter.hidden = true;
  chart.classList.remove('wide');
}

// The window has to be opened in the click itself; where it goes is known a moment later.
async function openWindow(place, features) {
  trouble.hidden = true;
  const opened = window.open('about:blank', '_blank', features);
  if (!opened) throw new Error('The browser did not allow a new window.');
  try {
    opened.location.replace(await launchUrl(place));
  } catch (error) {
    opened.close();
    throw error;
  }
}

function resize(share) {
  const width = Math.min(85, Math.max(30, share));
  chart.style.setProperty('--panel', `${width}%`);
  splitter.setAttribute('aria-valuenow', String(Math.round(width)));
}

splitter.addEventListener('pointerdown', (event) => {
  splitter.setPointerCapture(event.pointerId);
  chart.classList.add('resizing');
});
splitter.addEventListener('pointermove', (event) => {
  if (!splitter.hasPointerCapture(event.pointerId)) return;
  const { right, width } = chart.getBoundingClientRect();
  resize(((right - event.clientX) / width) * 100);
});
splitter.addEventListener('lostpointercapture', () => chart.classList.remove('resizing'));
splitter.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: 5, ArrowRight: -5 }[event.key];
  if (step) resize((panel.getBoundingClientRect().width / chart.getBoundingClientRect().width) * 100 + step);
});
wide.addEventListener('click', () => wide.setAttribute('aria-pressed', String(chart.classList.toggle('wide'))));
byId('panel-close').addEventListener('click', closePanel);
byId('shared-record').addEventListener('click', () => void openPanel().catch(say));
byId('shared-record-popup').addEventListener(
  'click',
  () => void openWindow('popup', 'popup,width=1100,height=850').catch(say),
);
byId('shared-record-tab').addEventListener('click', () => void openWindow('tab').catch(say));
