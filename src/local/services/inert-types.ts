/** Builds CloudFormation types that keep their properties and answer realistic attributes, and nothing more. */
import { type ResourceRequest, type ResourceType, resourceType } from '../service.ts';

interface InertType {
  readonly type: string;
  /** Why nothing local depends on it. */
  readonly because: string;
  /** Every property that is kept; any other is refused by name. */
  readonly properties: readonly string[];
  /** Properties that may not change in place follow AWS's specification; the rest updates in place. */
  physicalId(request: ResourceRequest): string;
  /** @throws what AWS refuses of the properties by themselves, and of what they name */
  check?(request: ResourceRequest & { readonly physicalId?: string }): void;
  attributes?(
    physicalId: string,
    properties: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
}

export const inertType = (definition: InertType): ResourceType => {
  const state = (physicalId: string, properties: Readonly<Record<string, unknown>>) => ({
    physicalId,
    attributes: definition.attributes?.(physicalId, properties) ?? {},
  });
  return resourceType<Record<string, unknown>>({
    type: definition.type,
    mode: 'inert',
    because: definition.because,
    honoured: [],
    kept: Object.fromEntries(definition.properties.map((name) => [name, definition.because])),
    async create(request) {
      definition.check?.(request);
      return state(definition.physicalId(request), request.properties);
    },
    async update(request) {
      definition.check?.(request);
      return state(request.physicalId, request.properties);
    },
    delete: async () => {},
  });
};
