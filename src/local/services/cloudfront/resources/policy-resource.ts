/** The CloudFormation types of policies and origin access controls: alike but for names and lists. */
import { type ResourceType, resourceType } from '../../../service.ts';
import { ignoreGone } from './gone.ts';

type Fields = Readonly<Record<string, unknown>>;

interface PolicyResource {
  /** `CachePolicy`; also the property's stem and the operations'. */
  readonly noun: string;
  /** The configuration in the API's words. */
  readonly apiConfig: (config: Fields) => Fields;
  /** Policies answer Fn::GetAtt LastModifiedTime too. */
  readonly timed: boolean;
}

interface Answer {
  readonly [noun: string]: { readonly Id: string; readonly LastModifiedTime?: Date } | undefined;
}

export function policyResource({ noun, apiConfig, timed }: PolicyResource): ResourceType {
  const member = `${noun}Config`;
  const config = (properties: Fields) => apiConfig((properties[member] ?? {}) as Fields);
  const state = (answer: Answer) => {
    const made = answer[noun];
    if (!made) throw new Error(`the answer to a ${noun} request lacks it`);
    const time =
      timed && made.LastModifiedTime ? { LastModifiedTime: made.LastModifiedTime.toISOString() } : {};
    return { physicalId: made.Id, attributes: { Id: made.Id, ...time } };
  };
  return resourceType<Fields>({
    type: `AWS::CloudFront::${noun}`,
    mode: 'live',
    honoured: [member],
    create: async ({ properties, invoke }) =>
      state(await invoke<Answer>('cloudfront', `Create${noun}`, { [member]: config(properties) })),
    async update({ properties, physicalId: Id, invoke }) {
      const { ETag } = await invoke<{ ETag: string }>('cloudfront', `Get${noun}`, { Id });
      return state(
        await invoke<Answer>('cloudfront', `Update${noun}`, {
          Id,
          IfMatch: ETag,
          [member]: config(properties),
        }),
      );
    },
    delete: ({ physicalId: Id, invoke }) =>
      ignoreGone(`NoSuch${noun}`, async () => {
        const { ETag } = await invoke<{ ETag: string }>('cloudfront', `Get${noun}`, { Id });
        await invoke('cloudfront', `Delete${noun}`, { Id, IfMatch: ETag });
      }),
  });
}

/** `['a']` as the API wants it: `{Quantity: 1, Items: ['a']}`. */
export function counted(value: unknown): { Quantity: number; Items?: unknown[] } | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.length === 0 ? { Quantity: 0 } : { Quantity: value.length, Items: value };
}

/** `{CookieBehavior, Cookies: ['a']}` and its like. */
export const choice = (value: unknown, listed: string): Fields => {
  const { [listed]: names, ...rest } = (value ?? {}) as Fields;
  const list = counted(names);
  return list ? { ...rest, [listed]: list } : rest;
};
