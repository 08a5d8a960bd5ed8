import { runInNewContext } from 'node:vm';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { expect, test } from 'vitest';
import { JsonFunction, JsonRestApi, StaticSite, stageOf } from '../../src/blocks/index.ts';
import { findingsOf, fixture, newStack, resourcesOf, site, templateOf } from './synth.ts';

interface Behaviour {
  readonly PathPattern?: string;
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly AllowedMethods: readonly string[];
  readonly Compress: boolean;
  readonly FunctionAssociations?: unknown;
  readonly ViewerProtocolPolicy: string;
}
interface DistributionConfig {
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors: readonly Behaviour[];
  readonly CustomErrorResponses?: unknown;
  readonly Aliases?: readonly string[];
  readonly ViewerCertificate?: { readonly MinimumProtocolVersion: string };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const configOf = (template: ReturnType<typeof templateOf>): DistributionConfig => {
  const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
  return distribution?.Properties?.DistributionConfig as DistributionConfig;
};

function siteWithApi() {
  const built = newStack();
  const stage = stageOf('dev');
  const made = new StaticSite(built.stack, 'Site', { stage, folder: fixture('page') });
  const api = new JsonRestApi(built.stack, 'Api', { stage, name: 'things', allowOrigin: made.url });
  const handler = new JsonFunction(built.stack, 'Handler', {
    stage,
    entry: fixture('handler.ts'),
    environment: { ALLOWED_ORIGIN: made.url },
  });
  api.route('POST', '/jobs', handler.function);
  made.addApi(['/jobs', '/jobs/*'], api);
  return built;
}

test('never caches API paths, lets every method through and keeps the host header from the API', () => {
  const config = configOf(templateOf(siteWithApi()));
  const api = config.CacheBehaviors.filter((behaviour) => behaviour.PathPattern?.startsWith('/jobs'));
  expect(api.map((behaviour) => behaviour.PathPattern)).toEqual(['/jobs', '/jobs/*']);
  for (const behaviour of api) {
    expect(behaviour.CachePolicyId).toBe(cachingDisabled);
    expect(behaviour.OriginRequestPolicyId).toBe(allViewerExceptHostHeader);
    expect(behaviour.AllowedMethods).toContain('POST');
    expect(behaviour.FunctionAssociations).toBeUndefined();
  }
});

test('the site and the API may name each other: the app synthesizes without a circle and passes cdk-nag', () => {
  const built = siteWithApi();
  expect(findingsOf(built.app)).toEqual([]);
  const template = templateOf(built);
  const edges = new Map(
    Object.entries(template.Resources).map(([id, resource]) => [
      id,
      referencesOf(resource, template.Resources),
    ]),
  );
  const settled = new Set<string>();
  for (let before = -1; before !== settled.size; ) {
    before = settled.size;
    for (const [id, targets] of edges)
      if ([...targets].every((target) => settled.has(target))) settled.add(id);
  }
  expect([...edges.keys()].filter((id) => !settled.has(id))).toEqual([]);
});

function referencesOf(value: unknown, known: Readonly<Record<string, unknown>>): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown, key?: string): void => {
    if (typeof node === 'string') {
      if ((key === 'Ref' || key === 'DependsOn') && node in known) found.add(node);
    } else if (Array.isArray(node)) {
      if (key === 'Fn::GetAtt' && typeof node[0] === 'string') found.add(node[0]);
      for (const item of node) visit(item, key);
    } else if (typeof node === 'object' && node !== null) {
      for (const [name, item] of Object.entries(node)) visit(item, name);
    }
  };
  visit(value);
  return found;
}

test('unknown paths get index.html, files and the API keep their own answers', () => {
  const template = templateOf(site('prod'));
  expect(configOf(template).CustomErrorResponses).toBeUndefined();
  const [edge] = resourcesOf(template, 'AWS::CloudFront::Function');
  const uriAfter = (uri: string): unknown =>
    runInNewContext(
      `${String(edge?.Properties?.FunctionCode)}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`,
    );
  expect(uriAfter('/')).toBe('/index.html');
  expect(uriAfter('/plans/7')).toBe('/index.html');
  expect(uriAfter('/v1.2/plans')).toBe('/index.html');
  expect(uriAfter('/assets/index-1a2b3c.js')).toBe('/assets/index-1a2b3c.js');
  expect(uriAfter('/icon.svg')).toBe('/icon.svg');
});

test('the fallback can be left out', () => {
  expect(resourcesOf(templateOf(site('prod', { spaFallback: false })), 'AWS::CloudFront::Function')).toEqual(
    [],
  );
});

test('hashed assets are kept a year, the rest is asked for anew, and a deployment invalidates', () => {
  const deployments = resourcesOf(templateOf(site('prod')), 'Custom::CDKBucketDeployment');
  const by = (header: string) =>
    deployments.find((each) => JSON.stringify(each.Properties?.SystemMetadata).includes(header))?.Properties;
  const assets = by('public, max-age=31536000, immutable');
  expect(assets).toMatchObject({ Exclude: ['*'], Include: ['assets/*'], Prune: false });
  const page = by('no-cache');
  expect(page).toMatchObject({ Exclude: ['assets/*'], Prune: true, DistributionPaths: ['/*'] });
});

test('allows the page to connect to its own origin and the named sources only', () => {
  const template = templateOf(site('prod', { connectSources: ['https://api.example.org'] }));
  const policy = JSON.stringify(resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy'));
  expect(policy).toContain("connect-src 'self' https://api.example.org;");
  expect(policy).toContain("default-src 'self'");
});

test('serves its own domain with TLS 1.2 and needs no acknowledgement for it', () => {
  const built = newStack();
  const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  const made = new StaticSite(built.stack, 'Site', {
    stage: stageOf('prod'),
    folder: fixture('page'),
    domainNames: ['plans.example.org'],
    certificate: Certificate.fromCertificateArn(built.stack, 'Certificate', arn),
  });
  expect(made.url).toBe('https://plans.example.org');
  expect(findingsOf(built.app)).toEqual([]);
  const config = configOf(templateOf(built));
  expect(config.Aliases).toEqual(['plans.example.org']);
  expect(config.ViewerCertificate?.MinimumProtocolVersion).toBe('TLSv1.2_2021');
});
