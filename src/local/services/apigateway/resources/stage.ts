import type { Tag } from '../../../resource-tags.ts';
import { ignoring, resourceType } from '../../../service.ts';
import { escapePointer, type Patch, patch, patchEntries, retag } from './support.ts';

interface MethodSettingProperties {
  readonly ResourcePath?: string;
  readonly HttpMethod?: string;
  readonly DataTraceEnabled?: boolean;
  readonly LoggingLevel?: string;
  readonly MetricsEnabled?: boolean;
  readonly ThrottlingBurstLimit?: number;
  readonly ThrottlingRateLimit?: number;
  readonly CachingEnabled?: boolean;
  readonly CacheDataEncrypted?: boolean;
  readonly CacheTtlInSeconds?: number;
}

interface StageProperties {
  readonly RestApiId: string;
  readonly DeploymentId: string;
  readonly StageName?: string;
  readonly Description?: string;
  readonly DocumentationVersion?: string;
  readonly TracingEnabled?: boolean;
  readonly Variables?: Readonly<Record<string, string>>;
  readonly MethodSettings?: readonly MethodSettingProperties[];
  readonly AccessLogSetting?: { readonly DestinationArn?: string; readonly Format?: string };
  readonly CacheClusterEnabled?: boolean;
  readonly CacheClusterSize?: string;
  readonly Tags?: readonly Tag[];
}

/** Template names of method settings and the patch paths that set them. */
const settingPaths = {
  DataTraceEnabled: 'logging/dataTrace',
  LoggingLevel: 'logging/loglevel',
  MetricsEnabled: 'metrics/enabled',
  ThrottlingBurstLimit: 'throttling/burstLimit',
  ThrottlingRateLimit: 'throttling/rateLimit',
  CachingEnabled: 'caching/enabled',
} as const;

const prefix = ({ ResourcePath = '/*', HttpMethod = '*' }: MethodSettingProperties) =>
  `/${ResourcePath === '/*' ? '*' : escapePointer(ResourcePath)}/${HttpMethod}`;

function settingPatches(p: StageProperties, previous: Pick<StageProperties, 'MethodSettings'>): Patch[] {
  const wanted = p.MethodSettings ?? [];
  const kept = new Set(wanted.map(prefix));
  const out: Patch[] = (previous.MethodSettings ?? [])
    .map(prefix)
    .filter((path) => !kept.has(path))
    .map((path) => ({ op: 'remove', path }));
  for (const setting of wanted)
    for (const [name, path] of Object.entries(settingPaths)) {
      const value = setting[name as keyof typeof settingPaths];
      if (value !== undefined)
        out.push({ op: 'replace', path: `${prefix(setting)}/${path}`, value: String(value) });
    }
  return out;
}

const patches = (p: StageProperties, previous: Partial<StageProperties>): Patch[] => [
  ...settingPatches(p, previous),
  ...patch('/accessLogSettings/destinationArn', p.AccessLogSetting?.DestinationArn, undefined),
  ...patch('/accessLogSettings/format', p.AccessLogSetting?.Format, undefined),
  ...(previous.AccessLogSetting && !p.AccessLogSetting
    ? [{ op: 'remove' as const, path: '/accessLogSettings' }]
    : []),
];

/** Caches, canaries and client certificates are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html */
export const stage = resourceType<StageProperties>({
  type: 'AWS::ApiGateway::Stage',
  mode: 'live',
  honoured: [
    ...['RestApiId', 'DeploymentId', 'StageName', 'Description', 'Variables', 'MethodSettings'],
    ...['AccessLogSetting', 'CacheClusterEnabled', 'Tags'],
  ],
  kept: {
    TracingEnabled: 'kept: nothing local collects traces',
    DocumentationVersion: 'kept: documentation is not served',
    CacheClusterSize: 'kept: without a cache it has no effect on AWS either',
  },
  async find({ properties: p, invoke }) {
    const stageName = p.StageName ?? 'default';
    const found = invoke('apigateway', 'GetStage', { restApiId: p.RestApiId, stageName });
    return (await ignoring(found, 'NotFoundException')) && { physicalId: stageName, attributes: {} };
  },
  async create({ properties: p, invoke, tags }) {
    const stage = { restApiId: p.RestApiId, stageName: p.StageName ?? 'default' };
    await invoke('apigateway', 'CreateStage', {
      ...stage,
      deploymentId: p.DeploymentId,
      description: p.Description,
      variables: p.Variables,
      documentationVersion: p.DocumentationVersion,
      tracingEnabled: p.TracingEnabled,
      cacheClusterEnabled: p.CacheClusterEnabled,
      tags,
    });
    const patchOperations = patches(p, {});
    if (patchOperations.length > 0)
      try {
        await invoke('apigateway', 'UpdateStage', { ...stage, patchOperations });
      } catch (error) {
        await ignoring(invoke('apigateway', 'DeleteStage', stage), 'NotFoundException');
        throw error;
      }
    return { physicalId: stage.stageName, attributes: {} };
  },
  async update({ properties: p, previous, physicalId, invoke, tags, previousTags }) {
    await invoke('apigateway', 'UpdateStage', {
      restApiId: p.RestApiId,
      stageName: physicalId,
      patchOperations: [
        ...patch('/deploymentId', p.DeploymentId, previous.DeploymentId),
        ...patch('/description', p.Description ?? '', previous.Description ?? ''),
        ...patch('/tracingEnabled', p.TracingEnabled ?? false, previous.TracingEnabled ?? false),
        ...patch('/cacheClusterEnabled', p.CacheClusterEnabled ?? false, false),
        ...patchEntries('/variables', p.Variables, previous.Variables),
        ...patches(p, previous),
      ],
    });
    await retag(`/restapis/${p.RestApiId}/stages/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: {} };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigateway', 'DeleteStage', { restApiId: properties.RestApiId, stageName: physicalId });
  },
});
