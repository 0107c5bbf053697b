import { indexStructureDefinitionBundle } from '@medplum/core';
import type { Resource as MedplumResource, StructureDefinition } from '@medplum/fhirtypes';
import { MantineProvider } from '@mantine/core';
import { MockClient } from '@medplum/mock';
import { MedplumProvider, ResourceTable } from '@medplum/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { answersFor, fetched, rowOf, timed } from './b5-rows.ts';

/** Medplum's own table of each resource, as its pages show one; unmodified. */
const given = await fetched();
answersFor(given.map(rowOf));
const resources = given as unknown as readonly MedplumResource[];
const medplum = new MockClient();
// The table asks what a type consists of before it draws one: it is told of the fields that every peer shows, and no more.
indexStructureDefinitionBundle([...new Set(resources.map(({ resourceType }) => resourceType))].map(definitionOf));
const tables = (): ReturnType<typeof createElement>[] =>
  resources.map((value, index) => createElement(ResourceTable, { key: index, value, ignoreMissingValues: true }));
const root = createRoot(document.body.appendChild(document.createElement('div')));
timed(
  () =>
    root.render(createElement(MantineProvider, null, createElement(MedplumProvider, { medplum, children: tables() }))),
  () => document.querySelectorAll('dl, table').length >= resources.length,
);

function definitionOf(type: string): StructureDefinition {
  const field = (name: string, code: string): object => ({
    id: `${type}.${name}`,
    path: `${type}.${name}`,
    min: 0,
    max: '1',
    type: [{ code }],
  });
  return {
    resourceType: 'StructureDefinition',
    url: `http://hl7.org/fhir/StructureDefinition/${type}`,
    name: type,
    type,
    status: 'active',
    kind: 'resource',
    abstract: false,
    snapshot: {
      element: [
        { id: type, path: type, min: 0, max: '*' },
        field('code', 'CodeableConcept'),
        field('medication[x]', 'CodeableConcept'),
        field('value[x]', 'Quantity'),
        field('effective[x]', 'dateTime'),
        field('authoredOn', 'dateTime'),
        field('recordedDate', 'dateTime'),
        field('date', 'dateTime'),
      ],
    },
  } as StructureDefinition;
}
