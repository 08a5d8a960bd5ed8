/** A policy or another JSON document of a template, as the text that an API takes: templates may give either. */
export const documentText = (document: object | string): string =>
  typeof document === 'string' ? document : JSON.stringify(document);
