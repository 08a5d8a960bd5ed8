/**
 * A state machine of a template: its definition as an object, a text, or a file in S3, with substitutions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
import type { Readable } from 'node:stream';
import type { LogLevel, StateMachineType } from '@aws-sdk/client-sfn';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { type Invoke, ignoring, invalidProperties, resourceType } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import type { Definition } from '../language/definition.ts';
import { missingOperations } from '../machine-definition.ts';

interface Properties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: StateMachineType;
  readonly RoleArn: string;
  readonly Definition?: object;
  readonly DefinitionString?: string;
  readonly DefinitionS3Location?: {
    readonly Bucket: string;
    readonly Key: string;
    readonly Version?: string;
  };
  readonly DefinitionSubstitutions?: Readonly<Record<string, string | number | boolean>>;
  readonly LoggingConfiguration?: {
    readonly Level?: LogLevel;
    readonly IncludeExecutionData?: boolean;
    readonly Destinations?: readonly {
      readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: string };
    }[];
  };
  readonly TracingConfiguration?: { readonly Enabled?: boolean };
  readonly EncryptionConfiguration?: { readonly Type: string };
  readonly Tags?: readonly Tag[];
}

const tagsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

export const stateMachine = (context: StatesContext) =>
  resourceType<Properties>({
    type: 'AWS::StepFunctions::StateMachine',
    mode: 'live',
    honoured: [
      ...['StateMachineName', 'StateMachineType', 'RoleArn', 'Definition', 'DefinitionString'],
      ...[
        'DefinitionS3Location',
        'DefinitionSubstitutions',
        'LoggingConfiguration',
        'EncryptionConfiguration',
      ],
      'Tags',
    ],
    kept: { TracingConfiguration: 'kept and answered: the cloud records no X-Ray traces' },
    named: ['StateMachineName'],
    gone: ['StateMachineDoesNotExist'],
    async find({ properties: p, invoke, uniqueName, stackId }) {
      const name = p.StateMachineName ?? uniqueName(80);
      const arn = formatArn({ ...parseArn(stackId), service: 'states', resource: `stateMachine:${name}` });
      const found = await ignoring(
        invoke('states', 'DescribeStateMachine', { stateMachineArn: arn }),
        'StateMachineDoesNotExist',
      );
      return found && state(arn, name, found.revisionId);
    },
    async create(request) {
      const { properties: p, invoke, uniqueName, tags } = request;
      const name = p.StateMachineName ?? uniqueName(80);
      const { stateMachineArn } = await invoke('states', 'CreateStateMachine', {
        name,
        ...(await settings(p, invoke)),
        type: p.StateMachineType,
        tags: tagsOf(tags),
        ...encryption(p),
      });
      const arn = required(stateMachineArn, 'stateMachineArn');
      return state(arn, name, await revisionOf(invoke, arn));
    },
    async rehearse({ properties: p, invoke, uniqueName, tags }) {
      const name = p.StateMachineName ?? uniqueName(80);
      // A file of the app is uploaded when it is deployed, and judged then.
      if (p.DefinitionS3Location) return;
      const given = await settings(p, invoke);
      await invoke('states', 'CreateStateMachine', {
        name,
        ...given,
        type: p.StateMachineType,
        tags: tagsOf(tags),
        ...encryption(p),
      });
      const definition = read(given.definition);
      const [missing] = definition ? await missingOperations(context.engineContext, definition) : [];
      if (missing) throw missing;
    },
    async update({ properties: p, previous, physicalId, invoke, tags, previousTags, previousAttributes }) {
      await invoke('states', 'UpdateStateMachine', {
        stateMachineArn: physicalId,
        ...(await settings(p, invoke)),
        ...(previous.EncryptionConfiguration === p.EncryptionConfiguration ? {} : encryption(p)),
      });
      await retag(tags, previousTags, {
        remove: (tagKeys) => invoke('states', 'UntagResource', { resourceArn: physicalId, tagKeys }),
        set: (set) => invoke('states', 'TagResource', { resourceArn: physicalId, tags: tagsOf(set) }),
      });
      return state(physicalId, String(previousAttributes.Name), await revisionOf(invoke, physicalId));
    },
    async delete({ physicalId, invoke }) {
      await invoke('states', 'DeleteStateMachine', { stateMachineArn: physicalId });
    },
  });

function read(definition: string): Definition | undefined {
  try {
    return JSON.parse(definition) as Definition;
  } catch {
    return undefined;
  }
}

const revisionOf = async (invoke: Invoke, stateMachineArn: string): Promise<string | undefined> =>
  (await invoke('states', 'DescribeStateMachine', { stateMachineArn })).revisionId;

const state = (arn: string, name: string, revision: string | undefined) => ({
  physicalId: arn,
  attributes: { Arn: arn, Name: name, StateMachineRevisionId: revision ?? 'INITIAL' },
});

const encryption = ({ EncryptionConfiguration: given }: Properties) =>
  given ? { encryptionConfiguration: { type: given.Type as 'AWS_OWNED_KEY' } } : {};

async function settings(p: Properties, invoke: Invoke) {
  const { LoggingConfiguration: logging, TracingConfiguration: tracing } = p;
  return {
    definition: substituted(await definitionOf(p, invoke), p.DefinitionSubstitutions ?? {}),
    roleArn: p.RoleArn,
    loggingConfiguration: logging
      ? {
          level: logging.Level ?? 'OFF',
          includeExecutionData: logging.IncludeExecutionData ?? false,
          destinations: (logging.Destinations ?? []).map(({ CloudWatchLogsLogGroup: group }) => ({
            cloudWatchLogsLogGroup: { logGroupArn: group?.LogGroupArn },
          })),
        }
      : { level: 'OFF' as const, includeExecutionData: false },
    tracingConfiguration: { enabled: tracing?.Enabled ?? false },
  };
}

async function definitionOf(p: Properties, invoke: Invoke): Promise<string> {
  const given = [p.Definition, p.DefinitionString, p.DefinitionS3Location].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw invalidProperties(
      'Exactly one of Definition, DefinitionString and DefinitionS3Location must be specified.',
    );
  if (p.DefinitionString !== undefined) return p.DefinitionString;
  if (p.Definition !== undefined) return JSON.stringify(p.Definition);
  const { Bucket, Key, Version } = p.DefinitionS3Location ?? { Bucket: '', Key: '' };
  const { Body } = await invoke('s3', 'GetObject', { Bucket, Key, VersionId: Version });
  const parts: Uint8Array[] = [];
  if (Body instanceof Uint8Array) parts.push(Body);
  else for await (const part of Body as Readable) parts.push(part as Uint8Array);
  const text = Buffer.concat(parts).toString();
  if (!/\.ya?ml$/i.test(Key)) return text;
  const { parse } = await import('yaml');
  return JSON.stringify(parse(text));
}

/** `${Name}` in a definition; names that nothing is given for are left to the definition's own texts. */
const substituted = (
  definition: string,
  substitutions: Readonly<Record<string, string | number | boolean>>,
): string =>
  definition.replace(/\$\{([^}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(substitutions, name) ? escaped(substitutions[name] ?? '') : whole,
  );

/** As part of a JSON text. */
const escaped = (value: string | number | boolean): string =>
  typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : String(value);
