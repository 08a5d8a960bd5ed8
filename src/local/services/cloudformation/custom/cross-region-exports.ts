/**
 * References between stacks of different regions: the CDK's writer puts what a stack exports into parameters of the
 * region that asks for it, and its reader marks there that they are in use.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
 */
import { isObject } from '../../../../core/is-object.ts';
import { ignoring } from '../../../service.ts';
import type { NativeCustomResource } from './native.ts';

interface Props {
  readonly region: string;
  readonly prefix: string;
  /** Values by the names of parameters. */
  readonly values: ReadonlyMap<string, string>;
}

const none: Props = { region: '', prefix: '', values: new Map() };

function read(props: unknown, member: 'exports' | 'imports'): Props {
  if (!isObject(props)) return none;
  const { region, prefix, [member]: values } = props;
  const entries = isObject(values) ? Object.entries(values) : [];
  return {
    region: String(region ?? ''),
    prefix: String(prefix ?? ''),
    values: new Map(entries.map(([name, value]) => [name, String(value)])),
  };
}

/** Names that only the first has. */
const added = ({ values }: Props, { values: before }: Props): string[] =>
  [...values.keys()].filter((name) => !before.has(name));

export const crossRegionExportWriter: NativeCustomResource = {
  type: 'Custom::CrossRegionExportWriter',
  mode: 'live',
  async createOrUpdate({ properties, previous, physicalId, newId, inRegion }) {
    const wanted = read(properties.WriterProps, 'exports');
    const before = read(previous?.WriterProps, 'exports');
    const invoke = inRegion(wanted.region);
    const gone = added(before, wanted);
    if (gone.length > 0) await invoke('ssm', 'DeleteParameters', { Names: gone });
    for (const Name of added(wanted, before)) {
      const Value = wanted.values.get(Name);
      await invoke('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
    }
    return { physicalId: physicalId ?? newId(), data: {} };
  },
  async delete({ properties, inRegion }) {
    const { region, values } = read(properties.WriterProps, 'exports');
    if (values.size > 0) await inRegion(region)('ssm', 'DeleteParameters', { Names: [...values.keys()] });
  },
};

export const crossRegionExportReader: NativeCustomResource = {
  type: 'Custom::CrossRegionExportReader',
  mode: 'live',
  async createOrUpdate({ properties, previous, physicalId, newId, inRegion }) {
    const wanted = read(properties.ReaderProps, 'imports');
    const before = read(previous?.ReaderProps, 'imports');
    await release(inRegion, { ...wanted, values: before.values }, added(before, wanted));
    for (const ResourceId of added(wanted, before))
      await inRegion(wanted.region)('ssm', 'AddTagsToResource', {
        ResourceId,
        ResourceType: 'Parameter',
        Tags: [{ Key: tagOf(wanted), Value: 'true' }],
      });
    return { physicalId: physicalId ?? newId(), data: Object.fromEntries(wanted.values) };
  },
  async delete({ properties, inRegion }) {
    const held = read(properties.ReaderProps, 'imports');
    await release(inRegion, held, [...held.values.keys()]);
  },
};

const tagOf = ({ prefix }: Props) => `aws-cdk:strong-ref:${prefix}`;

async function release(
  inRegion: Parameters<NativeCustomResource['delete']>[0]['inRegion'],
  props: Props,
  names: readonly string[],
): Promise<void> {
  for (const ResourceId of names)
    await ignoring(
      inRegion(props.region)('ssm', 'RemoveTagsFromResource', {
        ResourceId,
        ResourceType: 'Parameter',
        TagKeys: [tagOf(props)],
      }),
      'InvalidResourceId',
    );
}
