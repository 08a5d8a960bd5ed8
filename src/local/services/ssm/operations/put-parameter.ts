import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import { keepEarlier, type SsmContext } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = (context: SsmContext) =>
  operation('ssm', 'PutParameter', {
    accepts: ['Name', 'Description', 'Value', 'Type', 'Overwrite', 'AllowedPattern', 'Tier', 'DataType'],
    access: ({ Name = '' }) => ({ action: 'ssm:PutParameter', resource: context.arn(Name) }),
    *problems(input) {
      const { Name: name = '', Value: value = '' } = input;
      if (input.Tier && input.Tier !== 'Standard')
        yield unsupported(`the Tier ${input.Tier} of ssm:PutParameter`);
      if (input.DataType && input.DataType !== 'text')
        yield unsupported(`the DataType ${input.DataType} of ssm:PutParameter`);
      if (input.Type === 'SecureString') yield unsupported('SecureString parameters (ssm:PutParameter)');
      if (!/^\/?[\w.\-/]+$/.test(name) || /^\/?(aws|ssm)/i.test(name))
        yield new AwsError(
          'ValidationException',
          `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive), and may hold letters, numbers and . - _ / only; got "${name}".`,
        );
      if (value.length > 4096)
        yield new AwsError(
          'ValidationException',
          `Standard tier parameters support a maximum parameter value of 4096 characters; got ${value.length}.`,
        );
      yield* thrownBy(() => checkPattern(input.AllowedPattern, value));
    },
    handle(input) {
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
      const version = (kept?.version ?? 0) + 1;
      if (kept) keepEarlier(context, kept);
      context.parameters.put(name, {
        name,
        type,
        value,
        version,
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.AllowedPattern === undefined ? {} : { allowedPattern: input.AllowedPattern }),
        modifiedAt: context.env.clock.now(),
      });
      return { Version: version, Tier: 'Standard' as const };
    },
  });

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
