/**
 * A REST API whose bodies are validated by the gateway: a bad one never reaches a function, and the answer says
 * which field is wrong. CORS for exactly one origin, JSON access logs, throttling, optional API key.
 *
 * Refuses a body schema on a method without a body, and more than one origin: echoing the caller's origin takes
 * a template that is easy to get wrong, and gateway errors cannot do it at all.
 *
 * The gateway validates only the content types it has a model for, application/json; a body of another type is
 * passed on, so the function has to answer 415 itself. See
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
import {
  AccessLogFormat,
  ApiKeySourceType,
  EndpointType,
  type JsonSchema,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  Model,
  Period,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SlipwayError } from '../core/errors.ts';
import { acknowledgeDesign } from './acknowledge.ts';
import { accessLogFields, addGatewayResponses } from './json-rest-api-responses.ts';
import type { Stage } from './stage.ts';

/** What one holder of an API key may do. */
export interface UsageLimits {
  /** Steady requests a second. */
  readonly rateLimit: number;
  /** Requests at once. */
  readonly burstLimit: number;
  /** Requests a day. @default unlimited */
  readonly quotaPerDay?: number;
}

export interface JsonRestApiProps {
  readonly stage: Stage;
  /** Name of the API in the console. */
  readonly name: string;
  readonly description?: string;
  /** The page's origin, `https://host`, without a path. @default no CORS: same-origin and server callers only */
  readonly allowOrigin?: string;
  /** Ask for an API key (`x-api-key`) on every method and limit its holder. @default no key */
  readonly apiKey?: UsageLimits;
  /** Steady requests a second over all callers. @default 100 */
  readonly rateLimit?: number;
  /** Requests at once over all callers. @default 200 */
  readonly burstLimit?: number;
  /**
   * Set the account's role by which API Gateway writes to CloudWatch Logs. It is one setting per account and
   * region, without which no stage can log; leave it on unless another stack owns it. @default true
   */
  readonly accountLogRole?: boolean;
}

export interface RouteOptions {
  /** JSON schema (draft 4) of the request body. */
  readonly body?: JsonSchema;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const methodsWithBody: readonly HttpMethod[] = ['POST', 'PUT', 'PATCH'];

export class JsonRestApi extends Construct {
  readonly api: RestApi;
  readonly stageName: string;
  readonly accessLogs: LogGroup;
  readonly #validator: RequestValidator;
  readonly #keyRequired: boolean;

  constructor(scope: Construct, id: string, props: JsonRestApiProps) {
    super(scope, id);
    refuseBadOrigin(props.allowOrigin);
    this.stageName = props.stage.name;
    this.#keyRequired = props.apiKey !== undefined;
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: props.stage.logRetention,
      removalPolicy: props.stage.removalPolicy,
    });
    const accountLogRole = props.accountLogRole ?? true;
    this.api = new RestApi(this, 'Api', {
      restApiName: props.name,
      description: props.description,
      endpointTypes: [EndpointType.REGIONAL],
      apiKeySourceType: ApiKeySourceType.HEADER,
      cloudWatchRole: accountLogRole,
      cloudWatchRoleRemovalPolicy: accountLogRole ? props.stage.removalPolicy : undefined,
      deployOptions: {
        stageName: props.stage.name,
        accessLogDestination: new LogGroupLogDestination(this.accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: props.rateLimit ?? 100,
        throttlingBurstLimit: props.burstLimit ?? 200,
      },
      defaultCorsPreflightOptions: props.allowOrigin
        ? {
            allowOrigins: [props.allowOrigin],
            allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
            allowHeaders: ['Content-Type', 'X-Api-Key'],
            maxAge: Duration.hours(1),
          }
        : undefined,
    });
    // An output nobody asked for; the app names its own.
    this.api.node.tryRemoveChild('Endpoint');
    this.#validator = new RequestValidator(this, 'Validator', {
      restApi: this.api,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    addGatewayResponses(this.api, props.allowOrigin);
    if (props.apiKey) this.#addKey(props.apiKey);
    this.#acknowledge(accountLogRole);
  }

  /** Sends `method path` to `handler`. Path parameters are written `{name}`. */
  route(method: HttpMethod, path: string, handler: IFunction, options: RouteOptions = {}): Method {
    if (options.body && !methodsWithBody.includes(method)) {
      throw new SlipwayError(
        'blocks.invalid',
        `${method} ${path} has a body schema, but ${method} has no body.`,
        {
          fix: `Drop the schema, or use one of ${methodsWithBody.join(', ')}.`,
        },
      );
    }
    const parameters = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map((match) => match[1]);
    const resource = this.api.root.resourceForPath(path);
    return resource.addMethod(method, new LambdaIntegration(handler, { allowTestInvoke: false }), {
      apiKeyRequired: this.#keyRequired,
      requestValidator: this.#validator,
      requestParameters: Object.fromEntries(parameters.map((name) => [`method.request.path.${name}`, true])),
      requestModels: options.body && {
        'application/json': new Model(resource, `${method}Body`, {
          restApi: this.api,
          contentType: 'application/json',
          schema: options.body,
        }),
      },
    });
  }

  #addKey(limits: UsageLimits): void {
    const plan = this.api.addUsagePlan('UsagePlan', {
      description: `Callers of ${this.api.restApiName}`,
      throttle: { rateLimit: limits.rateLimit, burstLimit: limits.burstLimit },
      quota: limits.quotaPerDay ? { limit: limits.quotaPerDay, period: Period.DAY } : undefined,
    });
    plan.addApiKey(this.api.addApiKey('ApiKey'));
    plan.addApiStage({ stage: this.api.deploymentStage });
  }

  #acknowledge(accountLogRole: boolean): void {
    const open = this.#keyRequired
      ? 'Callers are identified and limited by an API key; there are no user accounts to sign in with.'
      : 'A public API without user accounts: throttled, validated, and an API key is one property away.';
    acknowledgeDesign(this.api, {
      APIG3:
        'A web ACL costs a monthly fee per API and is attached per account; throttling is on by default.',
      APIG4: open,
      COG4: open,
    });
    if (accountLogRole) {
      acknowledgeDesign(this.api, {
        'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
          'The policy AWS made for exactly this role; API Gateway names its own log groups.',
      });
    }
  }
}

function refuseBadOrigin(origin: string | undefined): void {
  if (origin === undefined) return;
  // A CloudFront domain is a token here and cannot be looked into; what it resolves to has no path.
  const bad = origin.includes(',') || origin === '*' || origin.replace(/^https?:\/\//, '').includes('/');
  if (bad) {
    throw new SlipwayError('blocks.invalid', `allowOrigin takes one origin, got ${JSON.stringify(origin)}.`, {
      fix: 'Write it as https://host, without a path; serve further pages through the same distribution.',
    });
  }
}
