/** The CloudFormation types of policies and origin access controls: alike but for names and lists. */
import { required } from '../../../invoke.ts';
import { type Invoke, type ResourceType, resourceType } from '../../../service.ts';

interface Made {
  readonly Id?: string;
  /** Policies answer Fn::GetAtt LastModifiedTime too. */
  readonly LastModifiedTime?: Date;
}

interface PolicyResource<Properties, Config> {
  readonly type: string;
  /** The property that holds the configuration; also the API's member. */
  readonly member: string;
  /** Error code of a policy that does not exist. */
  readonly missing: string;
  /** The configuration in the API's words. */
  config(properties: Properties): Config;
  create(invoke: Invoke, config: Config): Promise<Made | undefined>;
  update(invoke: Invoke, Id: string, IfMatch: string | undefined, config: Config): Promise<Made | undefined>;
  get(invoke: Invoke, Id: string): Promise<{ readonly ETag?: string }>;
  delete(invoke: Invoke, Id: string, IfMatch: string | undefined): Promise<unknown>;
}

export function policyResource<Properties, Config>(kind: PolicyResource<Properties, Config>): ResourceType {
  const state = (made: Made | undefined) => {
    const Id = required(made?.Id, 'Id');
    const time = made?.LastModifiedTime?.toISOString();
    return { physicalId: Id, attributes: { Id, ...(time ? { LastModifiedTime: time } : {}) } };
  };
  return resourceType<Properties>({
    type: kind.type,
    mode: 'live',
    honoured: [kind.member],
    create: async ({ properties, invoke }) => state(await kind.create(invoke, kind.config(properties))),
    async update({ properties, physicalId, invoke }) {
      const { ETag } = await kind.get(invoke, physicalId);
      return state(await kind.update(invoke, physicalId, ETag, kind.config(properties)));
    },
    gone: [kind.missing],
    async delete({ physicalId, invoke }) {
      const { ETag } = await kind.get(invoke, physicalId);
      await kind.delete(invoke, physicalId, ETag);
    },
  });
}

/** `['a']` as the API wants it: `{Quantity: 1, Items: ['a']}`. */
export const counted = <T>(items: T[] | undefined): { Quantity: number; Items?: T[] } | undefined =>
  items && (items.length === 0 ? { Quantity: 0 } : { Quantity: items.length, Items: items });
