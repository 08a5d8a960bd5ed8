/**
 * The six operations that cache, origin request and response headers policies and origin access controls share:
 * create, get, get config, update, delete and list. They differ in names alone, so each kind is one description
 * in policies/ and no operation of it has a file of its own.
 */
import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { type AnyOperation, AwsError, operationByName, thrownBy } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import type { CloudFrontContext, ConfigRecord } from './context.ts';
import { checkIfMatch, invalidArgument } from './errors.ts';
import { page } from './page.ts';

export interface PolicyKind<C extends { Name: string | undefined }> {
  /** As in the names of its operations: `CachePolicy`. */
  readonly noun: string;
  readonly plural: string;
  /** As in its ARN: `cache-policy`. */
  readonly arn: string;
  readonly managed: Readonly<Record<string, C>>;
  records(context: CloudFrontContext): Collection<ConfigRecord<C>>;
  /** Refuses what cannot be honoured; @returns the configuration as it is kept */
  check(config: C): C;
  isUsedBy(distribution: DistributionConfig, id: string): boolean;
  /** An entry of the list; policies show themselves whole, with their type. */
  summary?(record: ConfigRecord<C>): object;
}

interface KindInput {
  readonly Id?: string;
  readonly IfMatch?: string;
  readonly Type?: string;
  readonly Marker?: string;
  readonly MaxItems?: number | string;
}

/** A policy by its id, AWS's own included. */
export function findConfig<C extends { Name: string | undefined }>(
  context: CloudFrontContext,
  kind: PolicyKind<C>,
  id: string | undefined,
): ConfigRecord<C> | undefined {
  if (id === undefined || id === '') return undefined;
  const config = kind.managed[id];
  // AWS's policies do not change; any fixed ETag and date will do.
  return config ? { id, etag: 'E23ZP02F085DFQ', config, modifiedAt: 0 } : kind.records(context).get(id);
}

export function policyOperations<C extends { Name: string | undefined }>(
  context: CloudFrontContext,
  kind: PolicyKind<C>,
): readonly AnyOperation[] {
  const { noun } = kind;
  const records = kind.records(context);
  const configMember = `${noun}Config`;
  const readConfig = (input: object): C => {
    // The member's name is computed, so the compiler cannot tie it to the SDK's type; the schema has read it.
    const config = (input as Record<string, C | undefined>)[configMember];
    if (!config?.Name) throw invalidArgument(`${configMember} needs a Name.`);
    return kind.check(config);
  };
  const find = (id: string | undefined): ConfigRecord<C> => {
    const record = findConfig(context, kind, id);
    if (record) return record;
    throw new AwsError(`NoSuch${noun}`, `The ${noun} ${id ?? ''} does not exist.`, 404);
  };
  const own = (id: string | undefined, verb: 'Update' | 'Delete'): ConfigRecord<C> => {
    const record = find(id);
    if (kind.managed[record.id])
      throw new AwsError(
        `Illegal${verb}`,
        `${record.config.Name} belongs to AWS and cannot be changed.`,
        400,
      );
    return record;
  };
  const checkName = (config: C, id?: string) => {
    for (const other of records.values())
      if (other.config.Name === config.Name && other.id !== id)
        throw new AwsError(
          `${noun}AlreadyExists`,
          `A ${noun} with the name ${config.Name ?? ''} already exists (${other.id}).`,
          409,
        );
  };
  const shown = (record: ConfigRecord<C>) => ({
    Id: record.id,
    LastModifiedTime: new Date(record.modifiedAt),
    [configMember]: record.config,
  });
  const access = (name: string) => (input: KindInput) => ({
    action: `cloudfront:${name}`,
    resource: context.arn(kind.arn, input.Id ?? '*'),
  });
  const define = (
    name: string,
    accepts: readonly string[],
    handle: (input: KindInput) => object,
  ): AnyOperation =>
    operationByName({
      name,
      accepts,
      access: access(name),
      ...(accepts.includes(configMember) ? { problems: (input) => thrownBy(() => readConfig(input)) } : {}),
      handle,
    });

  return [
    define(`Create${noun}`, [configMember], (input) => {
      const config = readConfig(input);
      checkName(config);
      // Policies have UUIDs as ids, everything else `E…`.
      const id = kind.summary ? context.newId() : context.env.uuid();
      const record = { id, etag: context.newId(), config, modifiedAt: context.env.clock.now() };
      records.put(id, record);
      return { [noun]: shown(record), ETag: record.etag, Location: `${location}/${kind.arn}/${id}` };
    }),
    define(`Get${noun}`, ['Id'], ({ Id }) => {
      const record = find(Id);
      return { [noun]: shown(record), ETag: record.etag };
    }),
    define(`Get${noun}Config`, ['Id'], ({ Id }) => {
      const record = find(Id);
      return { [configMember]: record.config, ETag: record.etag };
    }),
    define(`Update${noun}`, ['Id', 'IfMatch', configMember], (input) => {
      const kept = own(input.Id, 'Update');
      checkIfMatch(input.IfMatch, kept.etag);
      const config = readConfig(input);
      checkName(config, kept.id);
      const record = { ...kept, etag: context.newId(), config, modifiedAt: context.env.clock.now() };
      records.put(kept.id, record);
      return { [noun]: shown(record), ETag: record.etag };
    }),
    define(`Delete${noun}`, ['Id', 'IfMatch'], (input) => {
      const kept = own(input.Id, 'Delete');
      checkIfMatch(input.IfMatch, kept.etag);
      for (const { id, config } of context.distributions.values())
        if (kind.isUsedBy(config, kept.id))
          throw new AwsError(
            `${noun}InUse`,
            `Cannot delete the ${noun} ${kept.id} because the distribution ${id} uses it.`,
            409,
          );
      records.delete(kept.id);
      return {};
    }),
    define(
      `List${kind.plural}`,
      kind.summary ? ['Marker', 'MaxItems'] : ['Type', 'Marker', 'MaxItems'],
      (input) => {
        const managed = Object.keys(kind.managed).map(find);
        const custom = [...records.values()];
        const all =
          input.Type === 'managed' ? managed : input.Type === 'custom' ? custom : [...managed, ...custom];
        const { summary } = kind;
        const paged = page(all, input, (record) =>
          summary
            ? summary(record)
            : { Type: kind.managed[record.id] ? 'managed' : 'custom', [noun]: shown(record) },
        );
        return { [`${noun}List`]: paged };
      },
    ),
  ];
}

const location = 'https://cloudfront.amazonaws.com/2020-05-31';
