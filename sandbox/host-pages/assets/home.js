// The home page's own script: asks its EPR for a launch with nobody's chart open and shows the team's list in a frame.
const home = document.getElementById('home');
const trouble = document.getElementById('trouble');

async function open() {
  trouble.hidden = true;
  try {
    const answer = await fetch(home.dataset.launch, { method: 'POST' });
    if (!answer.ok) throw new Error(`The system did not help (${answer.status}).`);
    const { url } = await answer.json();
    const frame = document.createElement('iframe');
    frame.id = 'shared-messages-frame';
    frame.title = 'Shared messages';
    frame.referrerPolicy = 'no-referrer';
    frame.src = url;
    document.getElementById('frame').replaceChildren(frame);
  } catch (error) {
    trouble.textContent = `The shared messages could not be opened. ${error.message}`;
    trouble.hidden = false;
  }
}

document.getElementById('home-again').addEventListener('click', () => void open());
void open();
