import type { Resource } from '@medplum/fhirtypes';
import { MantineProvider } from '@mantine/core';
import { MockClient } from '@medplum/mock';
import { MedplumProvider, ResourceTable } from '@medplum/react';
import { createElement, useEffect, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * The peer of B2 as a team would build it from Medplum's own components: the whole record is fetched, then its first
 * statements are drawn, each as Medplum's table of one resource. Unmodified packages; the time ends when a table stands.
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
  const tables = resources.map((resource) =>
    createElement(ResourceTable, {
      key: `${resource.resourceType}/${resource.id}`,
      value: resource,
      forceUseInput: true,
    }),
  );
  return createElement('main', {}, ...tables);
}

function firstStatements(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ resourceType }) => resourceType !== 'Patient').slice(0, SHOWN);
}

const started = performance.now();
const painted = new MessageChannel();
painted.port1.onmessage = () => Object.assign(globalThis, { benchPainted: performance.now() - started });
const look = (): void => {
  if (document.querySelector('dd, td')?.textContent) painted.port2.postMessage(0);
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);

createRoot(document.getElementById('root') ?? document.body).render(
  createElement(MantineProvider, null, createElement(MedplumProvider, { medplum, children: createElement(Page) })),
);
