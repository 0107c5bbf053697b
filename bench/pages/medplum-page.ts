import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import { MantineProvider } from '@mantine/core';
import { MockClient } from '@medplum/mock';
import { CodeableConceptDisplay, MedplumProvider } from '@medplum/react';
import { createElement, useEffect, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * The peer of B2 as a team would build it from Medplum's own components: the whole record is fetched, then its first
 * statements are named, each by Medplum's own display of a concept (its table of a resource would first fetch every
 * profile). Unmodified packages; the time ends when a name stands.
 */
const SHOWN = 10;
const medplum = new MockClient();

function Page(): ReactElement {
  const [resources, setResources] = useState<readonly Resource[]>([]);
  useEffect(() => {
    void fetch('/record')
      .then((response) => response.json() as Promise<{ readonly sources: readonly (readonly Resource[])[] }>)
      .then(({ sources }) => setResources(firstStatements(sources.flat())));
  }, []);
  const rows = resources.map((resource) =>
    createElement('dd', { key: `${resource.resourceType}/${resource.id}` }, nameOf(resource)),
  );
  return createElement('main', {}, ...rows);
}

function nameOf(resource: Resource): ReactElement | string {
  const { code } = resource as { readonly code?: CodeableConcept };
  return code ? createElement(CodeableConceptDisplay, { value: code }) : resource.resourceType;
}

function firstStatements(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ resourceType }) => resourceType !== 'Patient').slice(0, SHOWN);
}

const started = performance.now();
const painted = new MessageChannel();
painted.port1.onmessage = () => Object.assign(globalThis, { benchPainted: performance.now() - started });
const look = (): void => {
  if (document.querySelector('dd')?.textContent) painted.port2.postMessage(0);
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);

createRoot(document.getElementById('root') ?? document.body).render(
  createElement(MantineProvider, null, createElement(MedplumProvider, { medplum, children: createElement(Page) })),
);
