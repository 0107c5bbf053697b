import { asObjects, asString, type Json } from '../resource.ts';

/** The extensions of this element whose URL ends in one of these names, whatever base and version stand before it. */
export function extensionsNamed(element: Json | undefined, ...names: readonly string[]): readonly Json[] {
  return asObjects(element?.['extension']).filter((extension) => {
    const url = asString(extension['url']);
    return (
      url !== undefined &&
      names.some((name) => url === name || url.endsWith(`/${name}`) || url.endsWith(`/Extension-${name}`))
    );
  });
}

/** Why a value is not there, where an extension stands in its place. */
export function readAbsenceExtension(element: Json | undefined): string | undefined {
  return asString(extensionsNamed(element, 'data-absent-reason')[0]?.['valueCode']);
}

/** The nested extension values under a complex extension, by their local name. */
export function extensionPart(extension: Json | undefined, name: string): Json | undefined {
  return asObjects(extension?.['extension']).find((part) => part['url'] === name);
}
