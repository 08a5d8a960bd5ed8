/**
 * The models of a document. A schema that a body has of its own becomes a model with a name of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
import { createHash } from 'node:crypto';
import { type Fields, fieldsOf, follow, textOf, textsOf } from '../../../api-gateway/open-api-document.ts';

const shared = /^#\/(?:definitions|components\/schemas)\/(.+)$/;

/** Names are letters and digits; what else a document has in them is left out. */
const nameOf = (key: string) => key.replaceAll(/[^A-Za-z0-9]/g, '');

/** Stands for the URL of the API's own models, which have its id in them. */
export const modelPlaceholder = 'slipway-model:';

export class Models {
  readonly #document: Fields;
  readonly #own = new Map<string, string>();

  constructor(document: Fields) {
    this.#document = document;
  }

  all(): {
    readonly name: string;
    readonly description: string | undefined;
    readonly contentType: string;
    readonly schema: string;
  }[] {
    const document = this.#document;
    const schemas = { ...fieldsOf(document.definitions), ...fieldsOf(fieldsOf(document.components).schemas) };
    const named = Object.entries(schemas).map(([key, schema]) => ({
      name: nameOf(key),
      description: textOf(fieldsOf(schema).description),
      contentType: 'application/json',
      schema: JSON.stringify(translated(schema)),
    }));
    const own = [...this.#own].map(([name, schema]) => ({
      name,
      description: undefined,
      contentType: 'application/json',
      schema,
    }));
    return [...named, ...own];
  }

  #modelOf(schema: unknown): string {
    const ref = shared.exec(textOf(fieldsOf(schema).$ref) ?? '')?.[1];
    if (ref !== undefined) {
      follow(this.#document, schema);
      return nameOf(ref);
    }
    const text = JSON.stringify(translated(schema));
    const name = `MODEL${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
    this.#own.set(name, text);
    return name;
  }

  ofRequest(operation: Fields, parameters: readonly Fields[]): Record<string, string> | undefined {
    const body = parameters.find((one) => one.in === 'body');
    if (body?.schema !== undefined)
      return this.#forTypes(textsOf(operation.consumes ?? this.#document.consumes), body.schema);
    return this.#ofContent(follow(this.#document, operation.requestBody));
  }

  ofResponse(operation: Fields, response: Fields): Record<string, string> | undefined {
    if (response.schema !== undefined)
      return this.#forTypes(textsOf(operation.produces ?? this.#document.produces), response.schema);
    return this.#ofContent(response);
  }

  #forTypes(types: readonly string[], schema: unknown): Record<string, string> {
    const model = this.#modelOf(schema);
    return Object.fromEntries((types.length > 0 ? types : ['application/json']).map((type) => [type, model]));
  }

  #ofContent({ content }: Fields): Record<string, string> | undefined {
    const entries = Object.entries(fieldsOf(content)).flatMap(([type, media]): [string, string][] => {
      const { schema } = fieldsOf(media);
      return schema === undefined ? [] : [[type, this.#modelOf(schema)]];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
}

/** References among schemas become those of models; the rest is JSON schema as it is. */
function translated(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(translated);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      const ref = key === '$ref' && typeof value === 'string' ? shared.exec(value)?.[1] : undefined;
      return [key, ref === undefined ? translated(value) : `${modelPlaceholder}${nameOf(ref)}`];
    }),
  );
}
