import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import { checkName, keepVersion, type SsmContext, versionsOf } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = (context: SsmContext) =>
  operation('ssm', 'PutParameter', {
    accepts: [
      'Name',
      'Description',
      'Value',
      'Type',
      'Overwrite',
      'AllowedPattern',
      'Tier',
      'DataType',
      'Tags',
    ],
    access: ({ Name = '' }) => ({ action: 'ssm:PutParameter', resource: context.arn(Name) }),
    *problems(input) {
      const { Name: name = '', Value: value = '' } = input;
      if (input.Tier && input.Tier !== 'Standard')
        yield unsupported(`the Tier ${input.Tier} of ssm:PutParameter`);
      if (input.DataType && input.DataType !== 'text')
        yield unsupported(`the DataType ${input.DataType} of ssm:PutParameter`);
      if (input.Type === 'SecureString') yield unsupported('SecureString parameters (ssm:PutParameter)');
      yield* thrownBy(() => checkName(name));
      if (value.length > 4096)
        yield new AwsError(
          'ValidationException',
          `Standard tier parameters support a maximum parameter value of 4096 characters; got ${value.length}.`,
        );
      yield* thrownBy(() => checkPattern(input.AllowedPattern, value));
    },
    handle(input, call) {
      const { Name: name = '', Value: value = '' } = input;
      const kept = context.parameters.get(name);
      const type = input.Type ?? kept?.type;
      if (type !== 'String' && type !== 'StringList')
        throw new AwsError(
          'ValidationException',
          'A parameter type is required when you create a parameter.',
        );
      if (kept && !input.Overwrite)
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      const tags = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      if (kept && input.Tags?.length)
        throw new AwsError(
          'ValidationException',
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        );
      const version = (kept?.version ?? 0) + 1;
      dropOldest(context, name);
      if (input.Tags?.length) context.tags.put(name, tags);
      keepVersion(context, {
        name,
        type,
        value,
        version,
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.AllowedPattern === undefined ? {} : { allowedPattern: input.AllowedPattern }),
        modifiedAt: context.env.clock.now(),
        modifiedBy: call.caller.arn,
      });
      return { Version: version, Tier: 'Standard' as const };
    },
  });

const maxVersions = 100;

/** Makes room for a new version. One with a label is never dropped. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
function dropOldest(context: SsmContext, name: string): void {
  const versions = versionsOf(context, name);
  const [oldest] = versions;
  if (!oldest || versions.length < maxVersions) return;
  if (oldest.labels?.length)
    throw new AwsError(
      'ParameterMaxVersionLimitExceeded',
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
    );
  context.versions.delete([name, oldest.version]);
}

function checkPattern(allowed: string | undefined, value: string): void {
  if (!allowed) return;
  const pattern = compileJavaPattern(allowed);
  if (!pattern.ok)
    throw new AwsError('InvalidAllowedPatternException', `The AllowedPattern ${allowed} ${pattern.reason}.`);
  const match = pattern.finds(value);
  if (match === 'yes') return;
  const why = match === 'too slow' ? ' Matching was given up, because it took too long.' : '';
  throw new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value doesn't match the pattern ${allowed}.${why}`,
  );
}
