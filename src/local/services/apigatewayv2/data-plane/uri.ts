/** What the URI of an integration is filled in with. */
import { lookup } from '../../../../core/lookup.ts';
import type { Exchange } from './exchange.ts';

export const withStageVariables = (text: string, { stage }: Exchange): string =>
  text.replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_, name: string) => lookup(stage.StageVariables, name) ?? '',
  );

/** `{name}` takes the value of the path parameter; slashes in it stay. */
export const withPathParameters = (text: string, { pathParameters }: Exchange): string =>
  text.replaceAll(/\{([^{}+]+)\+?\}/g, (whole, name: string) => {
    const value = lookup(pathParameters, name);
    return value === undefined ? whole : value.split('/').map(encodeURIComponent).join('/');
  });
