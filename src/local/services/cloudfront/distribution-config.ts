/**
 * A distribution's configuration: defaults filled in as AWS answers them, references checked, and what has no
 * local counterpart refused by name: Lambda@Edge, signed URLs, field-level encryption, geo restrictions,
 * continuous deployment, tenants, mutual TLS, VPC origins, real-time logs, Smooth Streaming, gRPC.
 */
import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
} from '@aws-sdk/client-cloudfront';
import { AwsError, unsupported } from '../../service.ts';
import { behaviours, type CloudFrontContext } from './context.ts';
import { invalidArgument } from './errors.ts';
import { cachePolicies } from './policies/cache-policies.ts';
import { originAccessControls } from './policies/origin-access-controls.ts';
import { originRequestPolicies } from './policies/origin-request-policies.ts';
import { responseHeadersPolicies } from './policies/response-headers-policies.ts';
import { findConfig } from './policy-kind.ts';

const none = { Quantity: 0 };
const noSigners = { Enabled: false, Quantity: 0 };

function behaviourWithDefaults<B extends DefaultCacheBehavior | CacheBehavior>(behaviour: B): B {
  const { AllowedMethods: allowed } = behaviour;
  return {
    TrustedSigners: noSigners,
    TrustedKeyGroups: noSigners,
    SmoothStreaming: false,
    Compress: false,
    LambdaFunctionAssociations: none,
    FunctionAssociations: none,
    FieldLevelEncryptionId: '',
    GrpcConfig: { Enabled: false },
    ...behaviour,
    AllowedMethods: {
      Quantity: 2,
      Items: ['HEAD', 'GET'],
      ...allowed,
      CachedMethods: allowed?.CachedMethods ?? { Quantity: 2, Items: ['HEAD', 'GET'] },
    },
  };
}

const originWithDefaults = (origin: Origin): Origin => ({
  OriginPath: '',
  CustomHeaders: none,
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
  OriginShield: { Enabled: false },
  OriginAccessControlId: '',
  ...origin,
});

export function withDefaults(config: DistributionConfig): DistributionConfig {
  const list = config.CacheBehaviors?.Items ?? [];
  const origins = config.Origins?.Items ?? [];
  return {
    Aliases: none,
    DefaultRootObject: '',
    OriginGroups: none,
    CustomErrorResponses: none,
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
    PriceClass: 'PriceClass_All',
    ViewerCertificate: {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: 'vip',
      MinimumProtocolVersion: 'TLSv1',
      CertificateSource: 'cloudfront',
    },
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: '',
    HttpVersion: 'http2',
    IsIPV6Enabled: true,
    ContinuousDeploymentPolicyId: '',
    Staging: false,
    ...config,
    Comment: config.Comment ?? '',
    Origins: { Quantity: origins.length, Items: origins.map(originWithDefaults) },
    DefaultCacheBehavior: config.DefaultCacheBehavior && behaviourWithDefaults(config.DefaultCacheBehavior),
    CacheBehaviors:
      list.length === 0 ? none : { Quantity: list.length, Items: list.map(behaviourWithDefaults) },
  };
}

/** @throws AwsError on what AWS refuses and on what Slipway does not do */
export function checkDistribution(context: CloudFrontContext, config: DistributionConfig, id?: string): void {
  const origins = new Set<string>();
  for (const origin of config.Origins?.Items ?? []) {
    checkOrigin(context, origin);
    if (origins.has(origin.Id ?? ''))
      throw invalidArgument(`The origin Id ${origin.Id ?? ''} appears twice.`);
    origins.add(origin.Id ?? '');
  }
  if (origins.size === 0) throw invalidArgument('A distribution needs at least one origin.');
  for (const group of config.OriginGroups?.Items ?? []) {
    for (const member of group.Members?.Items ?? [])
      if (!origins.has(member.OriginId ?? ''))
        throw new AwsError(
          'NoSuchOrigin',
          `The origin group ${group.Id ?? ''} names ${member.OriginId ?? ''}, which is no origin.`,
          404,
        );
  }
  const targets = new Set([...origins, ...(config.OriginGroups?.Items ?? []).map((g) => g.Id ?? '')]);
  if (!config.DefaultCacheBehavior) throw invalidArgument('DefaultCacheBehavior is missing.');
  for (const behaviour of behaviours(config)) checkBehaviour(context, behaviour, targets);
  const { DefaultRootObject: root = '' } = config;
  if (root.startsWith('/'))
    throw new AwsError(
      'InvalidDefaultRootObject',
      'The default root object must not begin with a slash.',
      400,
    );
  checkAliases(context, config, id);
}

function checkAliases(context: CloudFrontContext, config: DistributionConfig, id: string | undefined): void {
  const aliases = config.Aliases?.Items ?? [];
  if (aliases.length === 0) return;
  const { ViewerCertificate: certificate } = config;
  if (!certificate || certificate.CloudFrontDefaultCertificate)
    throw new AwsError(
      'InvalidViewerCertificate',
      'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.',
      400,
    );
  for (const other of context.distributions.values()) {
    if (other.id === id) continue;
    const taken = aliases.find((alias) => other.config.Aliases?.Items?.includes(alias));
    if (taken)
      throw new AwsError(
        'CNAMEAlreadyExists',
        `One or more of the CNAMEs you provided are already associated with a different resource: ${taken}.`,
        409,
      );
  }
}

/** What Slipway does not do of a distribution. */
export function* distributionProblems(config: DistributionConfig | undefined): Generator<AwsError> {
  if (!config) return;

  const restriction = config.Restrictions?.GeoRestriction?.RestrictionType;
  if (restriction !== undefined && restriction !== 'none')
    yield unsupported(
      `the geo restriction ${restriction} of a distribution (a loopback viewer has no country)`,
    );
  const refused: Readonly<Record<string, boolean>> = {
    'continuous deployment (ContinuousDeploymentPolicyId)': Boolean(config.ContinuousDeploymentPolicyId),
    'continuous deployment (Staging)': config.Staging === true,
    'static IP addresses (AnycastIpListId)': Boolean(config.AnycastIpListId),
    'multi-tenant distributions (TenantConfig)': config.TenantConfig !== undefined,
    [`the ConnectionMode ${config.ConnectionMode ?? ''}`]:
      config.ConnectionMode !== undefined && config.ConnectionMode !== 'direct',
    'mutual TLS with viewers (ViewerMtlsConfig)': config.ViewerMtlsConfig !== undefined,
    'connection functions (ConnectionFunctionAssociation)':
      config.ConnectionFunctionAssociation !== undefined,
    'cache tags (CacheTagConfig)': config.CacheTagConfig !== undefined,
  };
  for (const [what, given] of Object.entries(refused))
    if (given) yield unsupported(`${what} of a distribution`);
  for (const group of config.OriginGroups?.Items ?? [])
    if (group.SelectionCriteria !== undefined && group.SelectionCriteria !== 'default')
      yield unsupported(`the SelectionCriteria ${group.SelectionCriteria} of an origin group`);
  for (const origin of config.Origins?.Items ?? []) yield* originProblems(origin);
  const { DefaultCacheBehavior: first, CacheBehaviors: others } = config;
  for (const behaviour of [...(first ? [first] : []), ...(others?.Items ?? [])])
    yield* behaviourProblems(behaviour);
}

function* originProblems(origin: Origin): Generator<AwsError> {
  if (origin.VpcOriginConfig) yield unsupported('VPC origins (VpcOriginConfig) of a distribution');
  if (origin.CustomOriginConfig?.OriginMtlsConfig)
    yield unsupported('mutual TLS with an origin (OriginMtlsConfig)');
  if (origin.S3OriginConfig?.OriginAccessIdentity)
    yield unsupported('origin access identities (OriginAccessIdentity); use an origin access control');
}

function checkOrigin(context: CloudFrontContext, origin: Origin): void {
  if (!origin.Id || !origin.DomainName) throw invalidArgument('An origin needs an Id and a DomainName.');
  if ((origin.S3OriginConfig === undefined) === (origin.CustomOriginConfig === undefined))
    throw invalidArgument(`The origin ${origin.Id} needs either S3OriginConfig or CustomOriginConfig.`);
  const { OriginPath: path = '' } = origin;
  if (path !== '' && (!path.startsWith('/') || path.endsWith('/')))
    throw invalidArgument(`The OriginPath ${path} must begin with a slash and not end with one.`);
  if (
    origin.OriginAccessControlId &&
    !findConfig(context, originAccessControls, origin.OriginAccessControlId)
  )
    throw new AwsError(
      'NoSuchOriginAccessControl',
      `The origin access control ${origin.OriginAccessControlId} does not exist.`,
      404,
    );
}

function* behaviourProblems(behaviour: DefaultCacheBehavior | CacheBehavior): Generator<AwsError> {
  const refused: Readonly<Record<string, boolean>> = {
    'Lambda@Edge (LambdaFunctionAssociations)': (behaviour.LambdaFunctionAssociations?.Quantity ?? 0) > 0,
    'field-level encryption (FieldLevelEncryptionId)': Boolean(behaviour.FieldLevelEncryptionId),
    'signed URLs (TrustedKeyGroups)': behaviour.TrustedKeyGroups?.Enabled === true,
    'signed URLs (TrustedSigners)': behaviour.TrustedSigners?.Enabled === true,
    SmoothStreaming: behaviour.SmoothStreaming === true,
    'gRPC (GrpcConfig)': behaviour.GrpcConfig?.Enabled === true,
    'real-time logs (RealtimeLogConfigArn)': Boolean(behaviour.RealtimeLogConfigArn),
  };
  for (const [what, given] of Object.entries(refused))
    if (given) yield unsupported(`${what} in a cache behavior`);
}

function checkBehaviour(
  context: CloudFrontContext,
  behaviour: DefaultCacheBehavior | CacheBehavior,
  targets: ReadonlySet<string>,
): void {
  if (!targets.has(behaviour.TargetOriginId ?? ''))
    throw new AwsError(
      'NoSuchOrigin',
      `No origin exists with the specified Origin Id ${behaviour.TargetOriginId ?? ''}.`,
      404,
    );
  if (Boolean(behaviour.CachePolicyId) === (behaviour.ForwardedValues !== undefined))
    throw invalidArgument('A cache behavior needs either CachePolicyId or ForwardedValues.');
  const kinds = [
    [cachePolicies, behaviour.CachePolicyId],
    [originRequestPolicies, behaviour.OriginRequestPolicyId],
    [responseHeadersPolicies, behaviour.ResponseHeadersPolicyId],
  ] as const;
  for (const [kind, policyId] of kinds) {
    const exists = kind.managed[policyId ?? ''] !== undefined || kind.records(context).has(policyId ?? '');
    if (policyId && !exists)
      throw new AwsError(`NoSuch${kind.noun}`, `The ${kind.noun} ${policyId} does not exist.`, 404);
  }
  for (const { EventType: event, FunctionARN: arn = '' } of behaviour.FunctionAssociations?.Items ?? []) {
    if (event !== 'viewer-request' && event !== 'viewer-response')
      throw new AwsError(
        'InvalidFunctionAssociation',
        `CloudFront Functions run on viewer-request and viewer-response, not on ${event ?? ''}.`,
        400,
      );
    if (!context.functions.get(arn.slice(arn.lastIndexOf('/') + 1))?.live)
      throw new AwsError(
        'InvalidFunctionAssociation',
        `The function ${arn} does not exist or is not published.`,
        400,
      );
  }
}
