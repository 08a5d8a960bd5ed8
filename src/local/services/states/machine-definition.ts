/** Definitions as they are given to the API: held to AWS's rules, and to what runs here. */
import { isJsonObject } from '../../../core/json.ts';
import { AwsError, unsupported } from '../../service.ts';
import type { EngineContext } from './engine/context.ts';
import { serviceIdOf } from './integrations/calls.ts';
import { readResource, refusedResource, resourceProblem } from './integrations/resource.ts';
import { type Definition, everyState, isDistributed, type MapState } from './language/definition.ts';
import { invalidDefinition } from './language/diagnostics.ts';
import { type Validated, validate } from './language/validate.ts';
import type { MachineType } from './records.ts';

export const validated = (text: string, type: MachineType): Validated =>
  validate(text, { express: type === 'EXPRESS', resourceProblem });

/** What is wrong with a definition by itself. */
export function* definitionProblems(text: string, type: MachineType): Generator<AwsError> {
  const { diagnostics, definition } = validated(text, type);
  if (!definition) {
    yield new AwsError('InvalidDefinition', invalidDefinition(diagnostics));
    return;
  }
  for (const [name, state] of everyState(definition)) {
    if (state.Type === 'Map' && isDistributed(state)) yield* distributedProblems(name, state);
    if (state.Type !== 'Task') continue;
    const refused = refusedResource(state.Resource) ?? missingService(state.Resource);
    if (refused) yield unsupported(`${refused} of the state ${name}`);
  }
}

/** Files that only AWS's readers know. */
function* distributedProblems(name: string, { ItemReader: reader, ResultWriter: writer }: MapState) {
  const config = isJsonObject(reader?.ReaderConfig) ? reader.ReaderConfig : {};
  const { InputType: type = 'JSON', Transformation: transformation = 'NONE' } = config;
  if (!['CSV', 'JSON', 'JSONL'].includes(String(type)))
    yield unsupported(`the InputType ${String(type)} of the Map state ${name}`);
  if (transformation !== 'NONE')
    yield unsupported(`the Transformation ${String(transformation)} of the Map state ${name}`);
  if (reader && !/:states:::s3:(?:getObject|listObjectsV2)$/.test(String(reader.Resource)))
    yield unsupported(`the ItemReader ${String(reader.Resource)} of the Map state ${name}`);
  if (writer?.Resource !== undefined && !String(writer.Resource).endsWith(':states:::s3:putObject'))
    yield unsupported(`the ResultWriter ${String(writer.Resource)} of the Map state ${name}`);
}

function missingService(text: string): string | undefined {
  const resource = readResource(text);
  return resource?.kind === 'service' && serviceIdOf(resource) === undefined
    ? `the AWS SDK integration ${resource.service}:${resource.action}`
    : undefined;
}

/** Calls of services that are here, but whose operation is not. */
export async function missingOperations(
  context: Pick<EngineContext, 'findOperation'>,
  definition: Definition,
): Promise<readonly AwsError[]> {
  const missing: AwsError[] = [];
  for (const [name, state] of everyState(definition)) {
    const resource = state.Type === 'Task' ? readResource(state.Resource) : undefined;
    if (resource?.kind !== 'service' || !resource.sdk) continue;
    const id = serviceIdOf(resource);
    const operation = resource.action.charAt(0).toUpperCase() + resource.action.slice(1);
    if (id && !(await context.findOperation(id, operation)))
      missing.push(
        unsupported(`the AWS SDK integration ${resource.service}:${resource.action} of the state ${name}`),
      );
  }
  return missing;
}
