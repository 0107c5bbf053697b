// A desktop of images: it tells the hub whom it shows, and the window of the shared record hears it from there.
const desktop = (sessionStorage.desktop ??= crypto.randomUUID());

export async function start({ ask, say }) {
  const tell = (event) => ask('context', { desktop, event });
  document.querySelector('.close-chart')?.addEventListener('click', () => void tell('Patient-close').catch(() => {}));
  await tell('Patient-open').catch(() =>
    say(new Error('Other windows do not hear of this patient: the hub is silent.')),
  );
}

export function launchBody() {
  return { desktop };
}
