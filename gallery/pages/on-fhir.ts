import { connectFhirClient, define, readFhirSource, RecordStore } from '../../src/index.ts';
import { patientOf, sourceOf, type GalleryData } from './states.ts';

/** One organisation's record from a plain FHIR server, through fhirclient and with no launcher. */
define();
const { residents, today } = (await (await fetch('/data.json')).json()) as GalleryData;
const [hero] = residents;
const [own] = hero?.organisations ?? [];
if (hero && own) {
  const client = await connectFhirClient(`${location.origin}/fhir`);
  const store = new RecordStore();
  const record = document.createElement('corridor-record');
  record.today = today;
  record.store = store;
  document.body.append(record);
  const ask = {
    client,
    patientId: own.patientId,
    patient: patientOf(hero),
    source: sourceOf(own, 0),
    signal: AbortSignal.timeout(30_000),
  };
  for await (const event of readFhirSource(ask)) store.take(event);
}
