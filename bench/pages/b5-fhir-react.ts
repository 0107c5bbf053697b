import { FhirResource, fhirVersions } from 'fhir-react-peer/node_modules/fhir-react';
import { createElement } from 'fhir-react-peer/node_modules/react';
import { createRoot } from 'fhir-react-peer/node_modules/react-dom/client';
import { answersFor, fetched, rowOf, timed } from './b5-rows.ts';

/** One of its cards for each resource, with the React 18 it asks for; unmodified. */
const resources = await fetched();
answersFor(resources.map(rowOf));
const cards = resources.map((fhirResource, key) =>
  createElement(FhirResource, { key, fhirResource, fhirVersion: fhirVersions.R4 }),
);
const root = createRoot(document.body.appendChild(document.createElement('div')));
timed(
  () => root.render(createElement('main', null, ...cards)),
  () => (document.querySelector('main')?.childElementCount ?? 0) >= resources.length,
);
