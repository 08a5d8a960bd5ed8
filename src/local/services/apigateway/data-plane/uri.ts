/** What the URI of an integration is filled in with. */
import { lookup } from '../../../../core/lookup.ts';
import type { Exchange } from './exchange.ts';

/** `{name}` in a path takes the value of the parameter; slashes in it stay. */
export const placed = (path: string, values: ReadonlyMap<string, string>): string =>
  path.replaceAll(/\{([^{}+]+)\+?\}/g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : value.split('/').map(encodeURIComponent).join('/');
  });

export const withStageVariables = (text: string, { stageVariables }: Exchange): string =>
  text.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => lookup(stageVariables, name) ?? '');
