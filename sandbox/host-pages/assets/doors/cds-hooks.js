// A chart with a place for the cards of CDS services: the shared record is opened from its card.
let appContext;

export async function start({ ask }) {
  const place = document.getElementById('cards');
  try {
    const { cards } = await ask('cards');
    place.replaceChildren(...cards.map(cardOf));
    if (cards.length === 0) place.append(words('p', 'No service has anything to say about this patient.'));
  } catch {
    place.replaceChildren(words('p', 'The service for the shared record did not answer.'), opener('Shared record'));
  }
}

export function launchBody() {
  return appContext === undefined ? {} : { appContext };
}

function cardOf({ summary, source, label, appContext: given }) {
  appContext = given;
  const card = document.createElement('article');
  card.className = 'card';
  card.append(words('p', summary), words('small', `From ${source}`), opener(label));
  return card;
}

function opener(label) {
  const button = words('button', label);
  button.id = 'shared-record';
  button.type = 'button';
  button.className = 'main';
  return button;
}

function words(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
