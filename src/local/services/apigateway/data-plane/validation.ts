/**
 * Request validation: required parameters, and the body against the model of its content type (JSON schema
 * draft 4). A content type without a model is let through.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { lookup } from '../../../../core/lookup.ts';
import type { MethodRecord, Snapshot } from '../records.ts';
import { type SchemaCompiler, schemaCompiler } from '../schema-compiler.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { validationErrorString } from './validation-messages.ts';

type Validate = (method: MethodRecord, exchange: Exchange) => void;

export function createValidation(snapshot: Pick<Snapshot, 'models' | 'validators' | 'api'>): Validate {
  const validators = new Map(snapshot.validators.map((validator) => [validator.id, validator]));
  const compiled = new Map<string, ValidateFunction>();
  let ajv: SchemaCompiler | undefined;

  /** Models refer to one another by URL. */
  const modelUrl = (name: string) =>
    `https://apigateway.amazonaws.com/restapis/${snapshot.api.id}/models/${name}`;

  const bodyCheck = (name: string): ValidateFunction => {
    const known = compiled.get(name);
    if (known) return known;
    if (!ajv) {
      ajv = schemaCompiler();
      for (const model of snapshot.models)
        ajv.addSchema({ ...(JSON.parse(model.schema) as object), id: modelUrl(model.name) });
    }
    const check: ValidateFunction = ajv.getSchema(modelUrl(name)) ?? ajv.compile({});
    compiled.set(name, check);
    return check;
  };

  return (method, exchange) => {
    const validator = validators.get(method.requestValidatorId ?? '');
    if (validator?.validateRequestParameters) checkParameters(method, exchange);
    if (!validator?.validateRequestBody) return;
    const models = method.requestModels ?? {};
    const type = (exchange.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
    const model = lookup(models, type ?? '') ?? models.$default;
    if (model === undefined) return;
    const invalid = (validation: string) =>
      new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body', { validation });
    let body: unknown;
    try {
      body = JSON.parse(exchange.request.body.toString());
    } catch (error) {
      throw invalid(
        exchange.request.body.length === 0
          ? '[the body is empty]'
          : `[the body is not valid JSON: ${(error as Error).message}]`,
      );
    }
    const check = bodyCheck(model);
    if (!check(body)) throw invalid(validationErrorString((check.errors ?? []) as ErrorObject[]));
  };
}

function checkParameters(method: MethodRecord, exchange: Exchange): void {
  const missing: string[] = [];
  for (const [source, required] of Object.entries(method.requestParameters ?? {})) {
    if (!required) continue;
    const [, kind = '', name = ''] = /^method\.request\.(\w+)\.(.+)$/.exec(source) ?? [];
    const present = kind.endsWith('header')
      ? lookup(exchange.headers, name.toLowerCase())
      : kind === 'path'
        ? lookup(exchange.pathParameters, name)
        : exchange.query.get(name);
    if (!present) missing.push(name);
  }
  if (missing.length > 0)
    throw new GatewayFailure(
      'BAD_REQUEST_PARAMETERS',
      `Missing required request parameters: [${missing.join(', ')}]`,
    );
}
