import { define, readResources } from '../../src/index.ts';
import type { SourceId } from '../../src/record/source.ts';
import { patientOf, sourceOf, type GalleryData } from './states.ts';

/** One section alone, on entries that the page has already. */
define();
const { residents, today } = (await (await fetch('/data.json')).json()) as GalleryData;
const [hero] = residents;
if (hero) {
  const record = document.createElement('corridor-record');
  record.today = today;
  record.patient = patientOf(hero);
  record.sources = hero.organisations.map(sourceOf);
  const readings = hero.organisations.map(({ resources, ods }) => readResources(resources, ods as SourceId));
  record.entries = readings.flatMap(({ entries }) => entries);
  record.unread = readings.flatMap(({ unread }) => unread);
  document.body.append(record);
}
