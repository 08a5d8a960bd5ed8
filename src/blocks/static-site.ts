/**
 * A built page on a private bucket behind CloudFront: origin access control, a year of caching for hashed
 * assets and none for the rest, compression, security headers, invalidation on deploy, access logs.
 *
 * API paths can be served from the same origin (`addApi`), so that a page needs neither CORS nor configuration.
 * Unknown paths get index.html by a CloudFront Function on the page's own behaviour. Custom error responses would
 * do it for the whole distribution, and so turn the API's 404 into a page with status 200.
 */
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeDesign, acknowledgeForeignPolicy } from './acknowledge.ts';
import type { JsonRestApi } from './json-rest-api.ts';
import { accessLogBucket, privateBucket } from './private-bucket.ts';
import { securityHeaders } from './security-headers.ts';
import type { Stage } from './stage.ts';

export interface StaticSiteProps {
  readonly stage: Stage;
  /** Absolute path of the built page: `index.html`, and hashed files under `assets/`. */
  readonly folder: string;
  /** Own domain names; needs `certificate`. @default the distribution's own domain */
  readonly domainNames?: readonly string[];
  /** An ACM certificate in us-east-1, where CloudFront looks for it. */
  readonly certificate?: ICertificate;
  /** Origins besides its own that the page may fetch from, as CSP sources. @default none */
  readonly connectSources?: readonly string[];
  /** Answer paths without a file extension with index.html. @default true */
  readonly spaFallback?: boolean;
  /** @default a bucket of its own, reachable as `logs` */
  readonly logs?: IBucket;
}

const fallbackCode = `function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
`;

export class StaticSite extends Construct {
  readonly bucket: Bucket;
  readonly logs: IBucket;
  readonly distribution: Distribution;
  /** `https://` and the first own domain name, or the distribution's. No slash at the end: it is an origin. */
  readonly url: string;
  readonly #headers: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: StaticSiteProps) {
    super(scope, id);
    this.logs = props.logs ?? accessLogBucket(this, 'Logs', props.stage);
    this.bucket = privateBucket(this, 'Bucket', { stage: props.stage, accessLogs: this.logs });
    this.#headers = securityHeaders(this, 'SecurityHeaders', props.connectSources ?? []);
    const page = this.#pageBehaviour();
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName} ${id}`,
      defaultRootObject: 'index.html',
      defaultBehavior: { ...page, functionAssociations: this.#fallback(props.spaFallback ?? true) },
      additionalBehaviors: { 'assets/*': page },
      domainNames: props.domainNames ? [...props.domainNames] : undefined,
      certificate: props.certificate,
      // Has an effect with a certificate only; CloudFront's own fixes it.
      minimumProtocolVersion: props.certificate ? SecurityPolicyProtocol.TLS_V1_2_2021 : undefined,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: this.logs,
      logFilePrefix: 'cloudfront/',
    });
    this.url = `https://${props.domainNames?.[0] ?? this.distribution.distributionDomainName}`;
    this.#deploy(props.folder);
    this.#acknowledge(props.certificate !== undefined);
  }

  /** Serves `paths` (CloudFront patterns such as `/jobs` and `/jobs/*`) from an API: never cached, all methods. */
  addApi(paths: readonly string[], api: JsonRestApi): void {
    const { region, urlSuffix } = Stack.of(this);
    // Not RestApiOrigin: that refers to the deployed stage, whose CORS methods may refer back to this
    // distribution's domain. The API's id and the stage's name are known before either.
    const origin = new HttpOrigin(`${api.api.restApiId}.execute-api.${region}.${urlSuffix}`, {
      originPath: `/${api.stageName}`,
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(30),
    });
    for (const path of paths) {
      this.distribution.addBehavior(path, origin, {
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway answers only to its own host name.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: this.#headers,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        compress: true,
      });
    }
  }

  #pageBehaviour(): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      // Caches as long as the object's own Cache-Control says; see #deploy.
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#headers,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
  }

  #fallback(wanted: boolean): BehaviorOptions['functionAssociations'] {
    if (!wanted) return undefined;
    const code = new EdgeFunction(this, 'SpaFallback', {
      comment: 'Answers paths without a file extension with index.html',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(fallbackCode),
    });
    return [{ function: code, eventType: FunctionEventType.VIEWER_REQUEST }];
  }

  /** Assets first and without pruning, so that neither the old index.html nor the new one misses a file. */
  #deploy(folder: string): void {
    const assets = new BucketDeployment(this, 'DeployAssets', {
      sources: [Source.asset(folder)],
      destinationBucket: this.bucket,
      exclude: ['*'],
      include: ['assets/*'],
      prune: false,
      memoryLimit: 512,
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const rest = new BucketDeployment(this, 'DeployPage', {
      sources: [Source.asset(folder)],
      destinationBucket: this.bucket,
      exclude: ['assets/*'],
      memoryLimit: 512,
      cacheControl: [CacheControl.noCache()],
      distribution: this.distribution,
      distributionPaths: ['/*'],
    });
    rest.node.addDependency(assets);
    acknowledgeDeploymentFunction(rest);
  }

  #acknowledge(ownCertificate: boolean): void {
    acknowledgeDesign(this.bucket, {
      'bucket-versioning': 'Its files are built from the source and copied again with each deployment.',
    });
    acknowledgeDesign(this.distribution, {
      CFR1: 'The page is meant for every country.',
      CFR2: 'Static files and a throttled API; a web ACL costs a monthly fee and is added per account.',
    });
    if (!ownCertificate) {
      acknowledgeDesign(this.distribution, {
        CFR4: "CloudFront's own certificate fixes the minimum to TLSv1; with a certificate it is TLSv1.2.",
      });
    }
  }
}

function acknowledgeDeploymentFunction(deployment: BucketDeployment): void {
  const ours = "The CDK's own deployment function";
  const role = deployment.handlerRole;
  if (role instanceof Role) {
    acknowledgeForeignPolicy(role, `${ours} copies files whose names are known only when it runs.`);
  }
  const handler = role.node.scope;
  if (handler) {
    acknowledgeDesign(handler, {
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': `${ours} may write its log, by Lambda's basic policy.`,
      L1: `${ours}; its runtime is kept up by CDK releases.`,
    });
  }
}
